"""Actions of chair and secretary besides scoring: reminders, notes, practice candidates."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from awards.models import Category, Criterion, Letter, Nomination, Selection
from awards.models.rubrics import WHOLE
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.display import formats
from paritrana.display.links import absolute
from scoring.assignments import criteria, progress
from scoring.assignments.criteria import criteria_in_force
from scoring.edit_conflicts import EditConflict
from scoring.models import Calibration, Conflict, Note, Panel, PracticeSheet, ScoreSheet, Seat
from scoring.permissions import hold
from scoring.plenary.late import reminder_key

LONGEST_NOTE = 10_000


@transaction.atomic
def nudge(selection: Selection, seats: list[Seat], *, by: User) -> list[Seat]:
    """Write a reminder to each of these jurors with sheets due who got none today; returns the recipients.

    "Today" is in the selection's time zone. ValidationError ``closed`` when scoring has ended.
    """
    selection = _hold_scoring(selection, by)
    counting = [seat for seat in seats if not seat.is_observer]
    counts = progress.counted(selection, counting)
    today = timezone.now().astimezone(formats.ZONES[selection.zone_label]).date()
    written = []
    for seat in counting:
        left = counts[seat.pk].owed
        letter = _letter(selection, seat, left)
        key = reminder_key(seat, today.isoformat())
        if left and Letter.objects.get_or_create(key=key, defaults=letter)[1]:
            trail.record(by, "panel.nudge", seat, left=left)
            written.append(seat)
    return written


@transaction.atomic
def share_nudge(seat: Seat, *, by: User) -> str:
    """The reminder of this juror as text, for the sender to pass on by any other channel, as often as needed.

    ValidationError ``closed`` when scoring has ended, ``nothing-due``.
    """
    selection = _hold_scoring(seat.panel.selection, by)
    left = progress.counted(selection, [seat])[seat.pk].owed
    if seat.is_observer or not left:
        raise ValidationError(_("%(name)s owes no sheet."), code="nothing-due", params={"name": seat.user})
    trail.record(by, "panel.share-nudge", seat, left=left)
    return str(_letter(selection, seat, left)["body"])


def _hold_scoring(selection: Selection, by: User) -> Selection:
    selection = hold(selection, Permission.GUIDE_PANEL, by)
    if not criteria.is_scoring(selection) or Panel.objects.filter(selection=selection).exclude(closed_at=None).exists():
        raise ValidationError(_("The panel does not score now."), code="closed")
    return selection


def _letter(selection: Selection, seat: Seat, left: int) -> dict[str, object]:
    with translation.override(seat.user.language):
        address = absolute(reverse("sheets"))
        context = {"person": seat.user, "selection": selection, "left": left, "address": address}
        subject = _("%(selection)s: score sheets still waiting for you") % {"selection": selection}
        body = render_to_string("scoring/plenary/nudge.txt", context)
    return {"to": seat.user, "selection": selection, "subject": subject[:200], "body": body}


@transaction.atomic
def write_note(nomination: Nomination, *, text: str, version: int, by: User, said_by: Seat | None = None) -> Note:
    """Save the next version of the note on a candidate; the earlier ones stay. Raises EditConflict.

    With ``said_by`` it records the discussion. ValidationError ``conflict`` for a person with a conflict of interest,
    also for who is named, ``too-long``, ``no-decision``.
    """
    hold(nomination.selection, Permission.GUIDE_PANEL, by)
    if Conflict.objects.filter(nomination=nomination, seat__in=Seat.objects.of(by)).exists():
        raise ValidationError(_("You keep out of this candidate."), code="conflict")
    if said_by and not text.strip():
        raise ValidationError(_("Write what was decided."), code="no-decision")
    if said_by and Conflict.objects.filter(nomination=nomination, seat=said_by).exists():
        raise ValidationError(
            _("%(name)s keeps out of this candidate."), code="conflict", params={"name": said_by.user}
        )
    if len(text) > LONGEST_NOTE:
        too_long = _("A note has at most %(most)d characters.")
        raise ValidationError(too_long, code="too-long", params={"most": LONGEST_NOTE})
    current = Note.objects.filter(nomination=nomination).first()
    if current and current.version != version:
        raise EditConflict(current)
    following = current.version + 1 if current else 1
    note = Note.objects.create(nomination=nomination, version=following, text=text, written_by=by, said_by=said_by)
    trail.record(by, "note.write", nomination, version=note.version, said_by=said_by and said_by.pk)
    return note


@transaction.atomic
def set_calibration(selection: Selection, category: Category, *, text: str, by: User) -> Calibration:
    """Describe the practice candidate of a category, before its first real sheet.

    ValidationError ``not-marked``, ``already-scoring``, ``already-given`` once a juror has given practice marks.
    """
    selection = hold(selection, Permission.GUIDE_PANEL, by)
    if category.pk not in criteria_in_force(selection, Criterion.Kind.MARK):
        raise ValidationError(_("Jurors give no mark in this category."), code="not-marked")
    if ScoreSheet.objects.filter(nomination__selection=selection, nomination__category=category).exists():
        raise ValidationError(_("Practice comes before the first real sheet."), code="already-scoring")
    panel = Panel.objects.get_or_create(selection=selection)[0]
    if PracticeSheet.objects.filter(calibration__panel=panel, calibration__category=category).exists():
        raise ValidationError(_("Practice marks were given already; the description stays."), code="already-given")
    case, _is_new = Calibration.objects.update_or_create(
        panel=panel, category=category, defaults={"text": text, "set_by": by}
    )
    trail.record(by, "calibration.set", case)
    return case


@transaction.atomic
def give_practice(case: Calibration, seat: Seat, marks: dict[str, int], *, by: User) -> PracticeSheet:
    """Save a juror's practice marks (criterion slug -> hundredths), once; they are never counted.

    ValidationError ``not-your-seat``, ``incomplete``, ``out-of-range``, ``given``.
    """
    selection = hold(case.panel.selection, Permission.SCORE, by)
    if not Seat.objects.of(by).filter(pk=seat.pk, panel=case.panel).exists():
        raise ValidationError(_("This seat is not yours."), code="not-your-seat")
    asked = criteria_in_force(selection, Criterion.Kind.MARK).get(case.category_id, [])
    if marks.keys() != {criterion.slug for criterion in asked}:
        raise ValidationError(_("Every criterion needs a mark."), code="incomplete")
    if not all(0 <= mark <= WHOLE for mark in marks.values()):
        raise ValidationError(_("A mark lies between 0 and 100."), code="out-of-range")
    given, is_new = PracticeSheet.objects.get_or_create(calibration=case, seat=seat, defaults={"marks": marks})
    if not is_new:
        raise ValidationError(_("You have given your practice marks."), code="given")
    trail.record(by, "calibration.give", case, seat=seat.pk)
    return given


@dataclass(frozen=True)
class Case:
    """``lines`` are (seat, mark per criterion in hundredths), empty until every juror has given marks."""

    calibration: Calibration
    criteria: list[Criterion]
    given: frozenset[int]
    asked: int
    lines: list[tuple[Seat, list[int | None]]]

    @property
    def is_open_to_all(self) -> bool:
        return bool(self.lines)


def cases(panel: Panel) -> list[Case]:
    """Every practice candidate of the panel; four queries. Former members are left out."""
    seats = list(Seat.objects.sitting().with_people().filter(panel=panel))
    criteria = criteria_in_force(panel.selection, Criterion.Kind.MARK)
    found = []
    for one in panel.calibrations.select_related("category").prefetch_related("sheets"):
        asked = criteria.get(one.category_id, [])
        marks = {sheet.seat_id: sheet.marks for sheet in one.sheets.all()}
        whole = bool(seats) and all(seat.pk in marks for seat in seats)
        lines = [(seat, [marks[seat.pk].get(each.slug) for each in asked]) for seat in seats] if whole else []
        found.append(Case(one, asked, frozenset(marks), len(seats), lines))
    return found
