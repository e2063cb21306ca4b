"""A juror's sheet: marks and remarks are saved any number of times, then handed in by the juror."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Criterion, Nomination
from awards.models.rubrics import WHOLE
from awards.nominations.actions import lock_rubric
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.edit_conflicts import EditConflict
from scoring.models import Panel, Reopening, ScoreSheet, Seat
from scoring.permissions import hold
from scoring.sheets import entries
from scoring.sheets.lock import Opened, opened
from scoring.standings import store

Marks = Mapping[Criterion, int | None]
Remarks = Mapping[Criterion | None, str]


def save_marks(
    seat: Seat, nomination: Nomination, marks: Marks, *, version: int, by: User, remarks: Remarks | None = None
) -> ScoreSheet | None:
    """Save a draft by ``write``, after the checks of ``require_open``."""
    with opened(seat, nomination.pk, by) as sheet:
        return write(sheet, marks, version=version, remarks=remarks)


def write(opened: Opened, marks: Marks, *, version: int, remarks: Remarks | None = None) -> ScoreSheet | None:
    """Save a draft: criterion -> hundredths, or None for an empty mark. The first mark creates the sheet.

    ``remarks`` are comments on a criterion, or on the whole (None). ``version`` is the sheet's version the person saw,
    0 for none. Changes by another device are merged field by field; EditConflict when both changed the same one, and
    nothing is written. ValidationError codes: see ``check``, ``handed-in``. None while there is nothing to store.
    Inside the transaction of ``opened``.
    """
    mine: entries.Values = {entries.mark_box(criterion.pk): value for criterion, value in marks.items()}
    mine |= {
        entries.remark_box(criterion.pk if criterion else None): text for criterion, text in (remarks or {}).items()
    }
    check(mine, opened.criteria)
    sheet = open_sheet(opened)
    now = entries.held(sheet)
    then = now if sheet is None or version == sheet.version else entries.held_at(sheet, version)
    changed, clashes = entries.compare(mine, then, now)
    if clashes and sheet:
        raise EditConflict(sheet, {box: (value, now.get(box, entries.empty(box))) for box, value in clashes.items()})
    return keep(opened, sheet, changed) if changed else sheet


def check(mine: entries.Values, criteria: list[Criterion]) -> None:
    """Raises ValidationError ``not-marked``, ``out-of-range`` or ``too-long``."""
    if not mine.keys() <= entries.boxes_of(criteria).keys():
        raise ValidationError(_("Jurors give no mark for this criterion."), code="not-marked")
    for box, value in mine.items():
        if entries.is_mark(box) and value is not None and not 0 <= int(value) <= WHOLE:
            raise ValidationError(_("A mark lies between 0 and 100."), code="out-of-range")
        if not entries.is_mark(box) and len(str(value)) > entries.LONGEST_REMARK:
            raise ValidationError(
                _("A comment has at most %(most)d characters."),
                code="too-long",
                params={"most": entries.LONGEST_REMARK},
            )


def open_sheet(opened: Opened) -> ScoreSheet | None:
    """The seat's sheet for this nomination, if there is one; ValidationError ``handed-in`` when it is closed."""
    begun = ScoreSheet.objects.filter(seat_id=opened.seat.pk, nomination_id=opened.nomination.pk).order_by()
    sheet = next(iter(begun.only("version", "submitted_at")), None)
    if sheet is None:
        return None
    if sheet.submitted_at is not None:
        raise ValidationError(_("This sheet has been handed in and is closed."), code="handed-in")
    sheet.seat, sheet.nomination = opened.seat, opened.nomination
    return sheet


def keep(opened: Opened, sheet: ScoreSheet | None, changed: entries.Values) -> ScoreSheet:
    """Write the compared and checked values as the sheet's next version, in the transaction of ``opened``."""
    sheet = _next_version(sheet or ScoreSheet(seat=opened.seat, nomination=opened.nomination, version=0))
    entries.write(sheet, changed, opened.by)
    if sheet.version == 1:  # created just now
        lock_rubric(opened.criteria[0].aspect.rubric, opened.nomination.selection, by=opened.by)
    typed = entries.boxes_of(opened.criteria)
    slugs = {box: criterion.slug if criterion else "" for box, criterion in typed.items()}
    marked = [slugs[box] for box in changed if entries.is_mark(box)]
    remarked = [slugs[box] for box in changed if not entries.is_mark(box)]
    trail.record(opened.by, "sheet.save", sheet, version=sheet.version, criteria=marked, remarks=remarked)
    return sheet


def hand_in(sheet: ScoreSheet, *, version: int, by: User) -> None:
    """Close the sheet by ``close``, after the checks of ``require_open``."""
    with opened(sheet.seat, sheet.nomination_id, by) as found:
        close(found, version=version)


def close(opened: Opened, *, version: int) -> None:
    """Close the sheet; its marks count from now on, also those typed by an assistant. Only by the juror.

    ``version`` is the one the juror reviewed. ValidationError codes: ``not-the-juror``, ``handed-in``, ``incomplete``,
    ``without-words``, ``changed``. Inside the transaction of ``opened``.
    """
    if opened.seat.user != opened.by:
        raise ValidationError(_("Only the juror hands in; an assistant types."), code="not-the-juror")
    sheet = open_sheet(opened)
    if sheet is None:
        raise _lacking("incomplete", opened.criteria)
    _require_complete(sheet, opened.criteria)
    looked_at = ScoreSheet.objects.filter(pk=sheet.pk, submitted_at=None, version=version)
    if not looked_at.update(submitted_at=timezone.now(), submitted_by=opened.by):
        raise ValidationError(_("The marks changed since you looked at them. Please look again."), code="changed")
    trail.record(opened.by, "sheet.hand-in", sheet, version=version)


def left_open(sheet: ScoreSheet, criteria: list[Criterion]) -> tuple[list[Criterion], list[Criterion]]:
    """The criteria without a mark, and those whose mark lacks a required comment."""
    return lacking(entries.held(sheet), sheet.seat.panel, criteria)


def lacking(values: entries.Values, panel: Panel, criteria: list[Criterion]) -> tuple[list[Criterion], list[Criterion]]:
    """The same from the values of a sheet."""
    without_mark, without_words = [], []
    for criterion in criteria:
        mark = values.get(entries.mark_box(criterion.pk))
        if mark is None:
            without_mark.append(criterion)
        elif panel.requires_comment(int(mark)) and not str(values.get(entries.remark_box(criterion.pk), "")).strip():
            without_words.append(criterion)
    return without_mark, without_words


def _require_complete(sheet: ScoreSheet, asked: list[Criterion]) -> None:
    without_mark, without_words = left_open(sheet, asked)
    for code, criteria in [("incomplete", without_mark), ("without-words", without_words)]:
        if criteria:
            raise _lacking(code, criteria)


def _lacking(code: str, criteria: list[Criterion]) -> ValidationError:
    words = {
        "incomplete": _("Without a mark: %(criteria)s."),
        "without-words": _("Say why in a comment: %(criteria)s."),
    }
    names = ", ".join(str(criterion) for criterion in criteria)
    return ValidationError(words[code], code=code, params={"criteria": names})


def _next_version(sheet: ScoreSheet) -> ScoreSheet:
    """Create the sheet, or increase its version unless somebody else did since it was read."""
    sheet.saved_at = timezone.now()
    if sheet.pk is None:
        sheet.version = 1
        sheet.save(force_insert=True)
        return sheet
    moved = ScoreSheet.objects.filter(pk=sheet.pk, version=sheet.version, submitted_at=None).update(
        version=F("version") + 1, saved_at=sheet.saved_at
    )
    if not moved:
        raise EditConflict(sheet)
    sheet.version += 1
    return sheet


@transaction.atomic
def reopen(sheet: ScoreSheet, *, reason: str, by: User) -> Reopening:
    """Make the sheet a draft again; what was handed in stays readable at its version.

    PermissionDenied when ``by`` may not reopen sheets, or not now; ValidationError ``reason``, ``panel-closed``,
    ``not-handed-in``.
    """
    selection = hold(sheet.seat.panel.selection, Permission.REOPEN, by)
    if not reason.strip():
        raise ValidationError(_("Say why the sheet is opened again."), code="reason")
    if Panel.objects.filter(selection=selection).exclude(closed_at=None).exists():
        raise ValidationError(_("The panel is closed: open it again first."), code="panel-closed")
    current = ScoreSheet.objects.submitted().filter(pk=sheet.pk).first()
    opened = current and ScoreSheet.objects.filter(pk=sheet.pk, submitted_at=current.submitted_at).update(
        submitted_at=None, submitted_by=None
    )
    if current is None or not opened:
        raise ValidationError(_("This sheet is not handed in."), code="not-handed-in")
    made = Reopening.objects.create(
        sheet=sheet,
        version=current.version,
        submitted_at=current.submitted_at,
        submitted_by=current.submitted_by,
        reason=reason.strip(),
        reopened_by=by,
    )
    trail.record(by, "sheet.reopen", sheet, version=current.version, reason=made.reason)
    store.refresh(selection)
    return made
