"""A juror's sheet: marks and remarks saved as often as one likes, then handed in by the juror."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.actions import lock_rubric
from awards.models import Criterion, Nomination, Selection
from awards.models.rubrics import WHOLE
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring import absence, assisting, boxes
from scoring.actions.versions import Overtaken
from scoring.judging import criteria_in_force, marked_nominations, nobody_came
from scoring.models import Conflict, Declaration, ScoreSheet, Seat
from scoring.permissions import closed_words, hold

Marks = Mapping[Criterion, int | None]
Remarks = Mapping[Criterion | None, str]


@transaction.atomic
def save_marks(
    seat: Seat, nomination: Nomination, marks: Marks, *, version: int, by: User, remarks: Remarks | None = None
) -> ScoreSheet | None:
    """Save a draft: criterion -> hundredths, or None for a mark left or made empty. The first mark begins the sheet.

    ``remarks`` are words on a criterion, or on the whole (None). ``version`` is the sheet's version all this was typed
    over, 0 for a sheet not begun. What another device changed meanwhile is merged box by box; Overtaken when both
    changed the same one, and nothing is written. ValidationError codes: see ``require_open``, ``check``,
    ``handed-in``. None while there is nothing to keep.
    """
    criteria = require_open(seat, nomination, by).criteria
    mine: boxes.Values = {boxes.mark_box(criterion.pk): value for criterion, value in marks.items()}
    mine |= {boxes.remark_box(criterion and criterion.pk): text for criterion, text in (remarks or {}).items()}
    check(mine, criteria)
    sheet = open_sheet(seat, nomination)
    now = boxes.held(sheet)
    then = now if sheet is None or version == sheet.version else boxes.held_at(sheet, version)
    changed, clashes = boxes.compare(mine, then, now)
    if clashes and sheet:
        raise Overtaken(sheet, {box: (value, now.get(box, boxes.empty(box))) for box, value in clashes.items()})
    return keep(seat, nomination, sheet, changed, criteria, by) if changed else sheet


def check(mine: boxes.Values, criteria: list[Criterion]) -> None:
    """Raises ValidationError ``not-marked``, ``out-of-range`` or ``too-long``."""
    if not mine.keys() <= boxes.boxes_of(criteria).keys():
        raise ValidationError(_("Jurors give no mark for this criterion."), code="not-marked")
    for box, value in mine.items():
        if boxes.is_mark(box) and value is not None and not 0 <= int(value) <= WHOLE:
            raise ValidationError(_("A mark lies between 0 and 100."), code="out-of-range")
        if not boxes.is_mark(box) and len(str(value)) > boxes.LONGEST_REMARK:
            raise ValidationError(
                _("A comment has at most %(most)d characters."), code="too-long", params={"most": boxes.LONGEST_REMARK}
            )


def open_sheet(seat: Seat, nomination: Nomination) -> ScoreSheet | None:
    """The seat's sheet for this nomination, if it is begun; ``handed-in`` when it is closed."""
    sheet = ScoreSheet.objects.filter(seat=seat, nomination=nomination).order_by().first()
    if sheet is None:
        return None
    if sheet.submitted_at is not None:
        raise ValidationError(_("This sheet has been handed in and is closed."), code="handed-in")
    sheet.seat, sheet.nomination = seat, nomination
    return sheet


def keep(
    seat: Seat,
    nomination: Nomination,
    sheet: ScoreSheet | None,
    changed: boxes.Values,
    criteria: list[Criterion],
    by: User,
) -> ScoreSheet:
    """Write what was compared and checked as the sheet's next version; inside the caller's transaction."""
    sheet = _next_version(sheet or ScoreSheet(seat=seat, nomination=nomination, version=0))
    boxes.write(sheet, changed, by)
    if sheet.version == 1:  # begun just now
        lock_rubric(criteria[0].aspect.rubric, nomination.selection, by=by)
    told = boxes.boxes_of(criteria)
    marked = [told[box].slug for box in changed if boxes.is_mark(box)]
    remarked = [told[box].slug if told[box] else "" for box in changed if not boxes.is_mark(box)]
    trail.record(by, "sheet.save", sheet, version=sheet.version, criteria=marked, remarks=remarked)
    return sheet


@transaction.atomic
def hand_in(sheet: ScoreSheet, *, version: int, by: User) -> None:
    """Close the sheet; from now on its marks count, also those an assistant typed. By the juror alone.

    ``version`` is the one that was looked at before. ValidationError codes: see ``require_open``, ``not-the-juror``,
    ``incomplete``, ``without-words``, ``handed-in``, ``changed``.
    """
    opened = require_open(sheet.seat, sheet.nomination, by)
    if sheet.seat.user != by:
        raise ValidationError(_("Only the juror hands in; an assistant types."), code="not-the-juror")
    _require_complete(sheet, opened.criteria)
    open_one = ScoreSheet.objects.filter(pk=sheet.pk, submitted_at=None)
    if not open_one.filter(version=version).update(submitted_at=timezone.now(), submitted_by=by):
        if open_one.exists():
            raise ValidationError(_("The marks changed since you looked at them. Please look again."), code="changed")
        raise ValidationError(_("This sheet has been handed in and is closed."), code="handed-in")
    trail.record(by, "sheet.hand-in", sheet, version=version)


def left_open(sheet: ScoreSheet, criteria: list[Criterion]) -> tuple[list[Criterion], list[Criterion]]:
    """Of the sheet's criteria those still without a mark, and those whose mark needs a comment that is not there."""
    values, panel = boxes.held(sheet), sheet.seat.panel
    without_mark, without_words = [], []
    for criterion in criteria:
        mark = values.get(boxes.mark_box(criterion.pk))
        if mark is None:
            without_mark.append(criterion)
        elif panel.asks_for_words(mark) and not str(values.get(boxes.remark_box(criterion.pk), "")).strip():
            without_words.append(criterion)
    return without_mark, without_words


def _require_complete(sheet: ScoreSheet, asked: list[Criterion]) -> None:
    without_mark, without_words = left_open(sheet, asked)
    for code, message, criteria in [
        ("incomplete", _("Without a mark: %(criteria)s."), without_mark),
        ("without-words", _("Say why in a comment: %(criteria)s."), without_words),
    ]:
        if criteria:
            names = ", ".join(criterion.name for criterion in criteria)
            raise ValidationError(message, code=code, params={"criteria": names})


@dataclass(frozen=True)
class Opened:
    """What stays true until the transaction ends: the selection as it is now, and what the sheet asks for."""

    selection: Selection
    criteria: list[Criterion]


def require_open(seat: Seat, nomination: Nomination, by: User) -> Opened:
    """The seat may mark this nomination now, and this person types for it; raises PermissionDenied, or ValidationError
    with ``not-your-seat``, ``not-judged``, ``conflict``, ``undeclared`` or ``candidate-absent``."""
    selection = hold(seat.panel.selection, Permission.SCORE, seat.user)
    mine = list(Seat.objects.typed_by(by).filter(pk=seat.pk).values_list("panel__closed_at", flat=True))
    if not mine:
        raise ValidationError(_("This seat is not yours."), code="not-your-seat")
    if mine != [None]:
        raise PermissionDenied(closed_words())
    asked = criteria_in_force(selection, Criterion.Kind.MARK)
    about = {"seat": seat, "nomination": OuterRef("pk")}
    said = [Exists(Conflict.objects.filter(**about)), Exists(Declaration.objects.filter(**about))]
    judged = marked_nominations(selection, asked).order_by().filter(pk=nomination.pk)
    for category, attended, keeps_out, is_declared in judged.values_list("category", "attended", *said):
        if by != seat.user:
            word = assisting.words(seat, by).get(nomination.pk)
            keeps_out, is_declared = keeps_out or bool(word), is_declared and word is not None
        if keeps_out:
            raise ValidationError(_("You keep out of this candidate."), code="conflict")
        if not is_declared:
            raise ValidationError(_("Declare first whether you have a conflict of interest."), code="undeclared")
        if nobody_came(attended, asked[category][0].aspect.rubric):
            raise ValidationError(absence.words(nomination), code="candidate-absent")
        return Opened(selection, asked[category])
    raise ValidationError(_("The panel does not judge this candidate."), code="not-judged")


def _next_version(sheet: ScoreSheet) -> ScoreSheet:
    """Begin the sheet, or raise its version if nobody did since it was read."""
    sheet.saved_at = timezone.now()
    if sheet.pk is None:
        sheet.version = 1
        sheet.save(force_insert=True)
        return sheet
    moved = ScoreSheet.objects.filter(pk=sheet.pk, version=sheet.version, submitted_at=None).update(
        version=F("version") + 1, saved_at=sheet.saved_at
    )
    if not moved:
        raise Overtaken(sheet)
    sheet.version += 1
    return sheet
