"""A member of the panel reports a problem with a sheet; secretary or chair, never the same person, closes it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from awards.models import Letter, Role
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.display.links import absolute
from scoring.assignments.assignment import Assignment
from scoring.models import Conflict, Seat, SheetProblem
from scoring.permissions import hold

REPORTED = gettext_noop("%(selection)s: a problem with a score sheet waits for a reply")
ANSWERED = gettext_noop("%(selection)s: your problem with a score sheet has been answered")


@transaction.atomic
def report(seat: Seat, nomination: int, *, text: str, by: User) -> SheetProblem:
    """A letter to the secretary (to the chair where no secretary may read it), without the text.

    ValidationError ``not-your-seat``, ``not-judged``, ``still-open``.
    """
    selection = hold(seat.panel.selection, Permission.REPORT_PROBLEM, by)
    if not Seat.objects.of(by).filter(pk=seat.pk).exists():
        raise ValidationError(_("This seat is not yours."), code="not-your-seat")
    found = Assignment.of(seat, selection).nomination(nomination, by)
    if found is None or found.keeps_out or not found.is_declared:
        raise ValidationError(_("The panel does not judge this candidate."), code="not-judged")
    if SheetProblem.objects.open().filter(seat=seat, nomination=found).exists():
        raise ValidationError(_("Your last message about this sheet still waits for a reply."), code="still-open")
    made = SheetProblem.objects.create(seat=seat, nomination=found, text=text.strip(), reported_by=by)
    for person in _readers(seat, nomination):
        _write(made, person, REPORTED, "reported", reverse("sheet-problem-answer", args=[selection.slug, made.pk]))
    trail.record(by, "problem.report", made, nomination=nomination)
    return made


def _readers(seat: Seat, nomination: int) -> list[User]:
    kept_out = Conflict.objects.filter(nomination=nomination).order_by().values("seat")
    others = Seat.objects.sitting().filter(panel=seat.panel).exclude(pk=seat.pk).exclude(pk__in=kept_out)
    people: dict[str, list[User]] = {Role.SECRETARY: [], Role.CHAIR: []}
    for each in others.with_people().filter(appointment__role__in=people):
        people[each.appointment.role].append(each.user)
    return people[Role.SECRETARY] or people[Role.CHAIR]


@transaction.atomic
def answer(problem: SheetProblem, *, reply: str, by: User) -> None:
    """Close it with a reply the juror reads. ValidationError ``own``, ``conflict``, ``answered``."""
    selection = hold(problem.seat.panel.selection, Permission.ANSWER_PROBLEM, by)
    if problem.reported_by_id == by.pk:
        raise ValidationError(_("Somebody else answers what you reported."), code="own")
    if Conflict.objects.filter(nomination=problem.nomination_id, seat__in=Seat.objects.of(by)).exists():
        raise ValidationError(_("You keep out of this candidate."), code="conflict")
    moved = SheetProblem.objects.open().filter(pk=problem.pk)
    if not moved.update(reply=reply.strip(), answered_at=timezone.now(), answered_by=by):
        raise ValidationError(_("Somebody else has just answered this."), code="answered")
    url = reverse("sheet-problem", args=[selection.slug, problem.nomination_id])
    _write(problem, problem.reported_by, ANSWERED, "answered", url)
    trail.record(by, "problem.answer", problem, nomination=problem.nomination_id)


def _write(problem: SheetProblem, to: User, subject: str, about: str, url: str) -> None:
    """The letter says neither the candidate nor what was written: letters are read on many screens."""
    selection = problem.seat.panel.selection
    with translation.override(to.language):
        context = {"person": to, "selection": selection, "about": about, "address": absolute(url)}
        body = render_to_string("scoring/sheets/problem.txt", context)
        letter = {"selection": selection, "to": to, "body": body}
        letter["subject"] = (translation.gettext(subject) % {"selection": selection})[:200]
    Letter.objects.get_or_create(key=f"problem-{about}-{problem.pk}-{to.pk}", defaults=letter)


def about(seat: Seat, nomination: int) -> QuerySet[SheetProblem]:
    """What was reported on one sheet, the newest first."""
    rows: QuerySet[SheetProblem] = SheetProblem.objects.filter(seat=seat, nomination=nomination)
    return rows.select_related("answered_by").order_by("-pk")
