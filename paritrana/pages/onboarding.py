"""The first three steps of each role, on the home page until done or hidden. May import from every app."""

from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.models import Role, Selection
from awards.models.appointments import appointments_of
from paritrana.accounts.models import AuditEvent, User
from paritrana.todo import Task
from regions.models import Posting
from regions.models.places import postings_of


class Step(NamedTuple):
    """One step and its page; ``of`` says what the address needs: nothing, the person's selection, or a help topic."""

    title: str | Promise
    hint: str | Promise
    url_name: str
    of: str = ""


_SECURE = Step(_("Secure your account"), _("A second factor protects what you enter."), "mfa_index")

STEPS: dict[str, tuple[Step, Step, Step]] = {
    "admin": (
        _SECURE,
        Step(_("Give accounts"), _("Whoever has an account still sees nothing without a posting or role."), "people"),
        Step(_("Open the selections"), _("Editions and selections carry everything else."), "selections"),
    ),
    Role.NATIONAL_COMMITTEE: (
        _SECURE,
        Step(_("Look through the edition"), _("Categories, rubrics, titles and zones are set there."), "editions"),
        Step(_("Look at the selections"), _("You see where each province stands."), "selections"),
    ),
    Role.PROVINCIAL_COMMITTEE: (
        Step(_("Open your selection"), _("Set its calendar first: all deadlines follow."), "selection", "selection"),
        Step(_("Appoint the panel"), _("Members, what they score, the decree."), "panel", "selection"),
        Step(_("Look at the nominations"), _("You verify them and invite."), "nominations", "selection"),
    ),
    Role.CHAIR: (
        Step(_("Declare conflicts of interest"), _("Before you score, candidate by candidate."), "sheets"),
        Step(_("Get to know your panel"), _("Who sits there and who scores whom."), "panel", "selection"),
        Step(_("Read what a chair does"), _("Watching, reminding and closing the panel."), "help-topic", "ruang-ketua"),
    ),
    Role.SECRETARY: (
        Step(_("Declare conflicts of interest"), _("Before you score, candidate by candidate."), "sheets"),
        Step(_("Look at the interviews"), _("You record who came to each."), "interviews", "selection"),
        Step(_("Get to know your panel"), _("Who sits there and who scores whom."), "panel", "selection"),
    ),
    Role.JUROR: (
        Step(_("Read about score sheets"), _("Two minutes, before the first candidate."), "help-topic", "lembar-nilai"),
        Step(_("Declare conflicts of interest"), _("Before you score, candidate by candidate."), "sheets"),
        Step(_("Look when the interviews are"), _("Order, times and rooms."), "interviews", "selection"),
    ),
    Role.AUDITOR: (
        _SECURE,
        Step(_("Look at the selections"), _("You read everything and change nothing."), "selections"),
        Step(_("Read the audit trail"), _("Who did what and when, in a chain."), "trail"),
    ),
    Posting.Place.BRANCH: (
        Step(_("Look at your working area"), _("The regions you enter figures for."), "coverage"),
        Step(_("Read how coverage is entered"), _("On the grid, by paste or by workbook."), "help-topic", "cakupan"),
        Step(_("Nominate candidates"), _("In the selections that accept nominations now."), "selections"),
    ),
    Posting.Place.REGIONAL: (
        Step(_("Look at your provinces"), _("What your branches have entered so far."), "coverage"),
        Step(_("Verify what was sent"), _("Figures count once they are verified."), "coverage-queue"),
        Step(_("Look at the targets"), _("What each branch aims at, and how far it is."), "targets"),
    ),
    Posting.Place.HEAD: (
        Step(_("Look at the map"), _("Coverage of the whole country, by year."), "atlas"),
        Step(_("Verify what was sent"), _("Figures count once they are verified."), "coverage-queue"),
        Step(_("Look at the targets"), _("What each branch aims at, and how far it is."), "targets"),
    ),
}  # fmt: skip
"""By role; for a person with several roles the first one here counts."""

_SECURED: dict[str, tuple[str, ...]] = {"mfa_index": ("account.add-factor",)}
_VERIFIED: dict[str, tuple[str, ...]] = {"coverage-queue": ("coverage.verify", "coverage.return")}
_DECLARED: dict[str, tuple[str, ...]] = {"sheets": ("conflict.",)}
PROOFS: dict[str, dict[str, tuple[str, ...]]] = {
    "admin": _SECURED | {"people": ("posting.grant", "appointment.grant"), "selections": ("selection.create",)},
    Role.NATIONAL_COMMITTEE: _SECURED,
    Role.PROVINCIAL_COMMITTEE: {
        "selection": ("calendar.",),
        "panel": ("seat.", "invitation.send"),
        "nominations": ("nomination.verify", "nomination.return"),
    },
    Role.CHAIR: _DECLARED,
    Role.SECRETARY: _DECLARED,
    Role.JUROR: _DECLARED,
    Role.AUDITOR: _SECURED,
    Posting.Place.BRANCH: {"coverage": ("coverage.enter",), "selections": ("nomination.create",)},
    Posting.Place.REGIONAL: _VERIFIED,
    Posting.Place.HEAD: _VERIFIED,
}
"""Role -> page of a step -> how verbs in the trail begin that show this person has taken it.

What is only read leaves no trace: such a step goes with the others.
"""


def of(user: User) -> dict[str, Any] | None:
    """``{role, tasks}`` for the component ``tasks``; None when hidden, when all is done, or without a role."""
    if user.first_steps_taken_at:
        return None
    appointed = {one.role: one.selection_id for one in sorted(appointments_of(user))}
    places = {one.place for one in postings_of(user)}
    held = {*appointed, *places, *(["admin"] if user.is_superuser else [])}
    role = next((role for role in STEPS if role in held), None)
    if role is None:
        return None
    taken = _taken(user, PROOFS[role])
    if all(taken.values()):
        return None
    selection = Selection.objects.filter(pk=appointed.get(role) or 0).first() if role in _LEADS_INTO_ONE else None
    steps = [_task(step, selection, taken.get(step.url_name, False)) for step in STEPS[role]]
    return {"role": str(role), "tasks": steps}


_LEADS_INTO_ONE = frozenset(role for role, steps in STEPS.items() if any(step.of == "selection" for step in steps))


def _taken(user: User, proofs: dict[str, tuple[str, ...]]) -> dict[str, bool]:
    """Page of a step -> whether the trail shows it; one query."""
    own = AuditEvent.objects.filter(actor=user.pk).order_by()
    began = [reduce(or_, (Q(verb__startswith=start) for start in proof)) for proof in proofs.values()]
    shown = [Exists(own.filter(one)) for one in began]
    found = User.objects.filter(pk=user.pk).values_list(*shown).get() if proofs else ()
    return dict(zip(proofs, map(bool, found), strict=True))


def _task(step: Step, selection: Selection | None, done: bool) -> Task:
    argument = selection.slug if selection and step.of == "selection" else step.of
    return Task(step.title, reverse(step.url_name, args=[argument] if argument else []), step.hint, done=done)
