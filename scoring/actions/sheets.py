"""A juror's sheet: marks saved as often as one likes, then handed in once."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.actions import lock_rubric
from awards.models import Criterion, Nomination, Selection
from awards.models.rubrics import WHOLE
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring import standings
from scoring.actions.versions import Overtaken
from scoring.judging import marked_criteria, marked_nominations
from scoring.models import Conflict, Declaration, Mark, MarkVersion, ScoreSheet, Seat
from scoring.permissions import hold

Marks = Mapping[Criterion, int | None]


@transaction.atomic
def save_marks(seat: Seat, nomination: Nomination, marks: Marks, *, version: int, by: User) -> ScoreSheet | None:
    """Save a draft: criterion -> hundredths, or None for a mark left or made empty. The first mark begins the sheet.

    ``version`` is the sheet's version the marks were typed over, 0 for a sheet not begun. What another device changed
    meanwhile is merged mark by mark; Overtaken when both changed the same mark, and nothing is written. ValidationError
    codes: see ``_require_open``, ``handed-in``, ``not-marked``, ``out-of-range``. None while there is nothing to keep.
    """
    _require_open(seat, nomination, by)
    if not marks.keys() <= set(marked_criteria(nomination)):
        raise ValidationError(_("Jurors give no mark for this criterion."), code="not-marked")
    if any(value is not None and not 0 <= value <= WHOLE for value in marks.values()):
        raise ValidationError(_("A mark lies between 0 and 100."), code="out-of-range")
    sheet = ScoreSheet.objects.filter(seat=seat, nomination=nomination).first()
    if sheet and sheet.submitted_at is not None:
        raise ValidationError(_("This sheet has been handed in and is closed."), code="handed-in")
    changed = _merge(sheet, marks, version) if sheet else {c: v for c, v in marks.items() if v is not None}
    if not changed:
        return sheet
    sheet = _next_version(sheet or ScoreSheet(seat=seat, nomination=nomination, version=0))
    _write(sheet, changed, by)
    lock_rubric(next(iter(changed)).aspect.rubric, nomination.selection, by=by)
    trail.record(by, "sheet.save", sheet, version=sheet.version, criteria=[criterion.slug for criterion in changed])
    return sheet


@transaction.atomic
def hand_in(sheet: ScoreSheet, *, version: int, by: User) -> None:
    """Close the sheet; from now on its marks count. ``version`` is the one that was looked at before.

    ValidationError codes: see ``_require_open``, ``incomplete``, ``handed-in``, ``changed``.
    """
    selection = _require_open(sheet.seat, sheet.nomination, by)
    given = set(sheet.marks.filter(value__isnull=False).values_list("criterion_id", flat=True))
    missing = [criterion.name for criterion in marked_criteria(sheet.nomination) if criterion.pk not in given]
    if missing:
        raise ValidationError(
            _("Without a mark: %(criteria)s."), code="incomplete", params={"criteria": ", ".join(missing)}
        )
    open_one = ScoreSheet.objects.filter(pk=sheet.pk, submitted_at=None)
    if not open_one.filter(version=version).update(submitted_at=timezone.now(), submitted_by=by):
        if open_one.exists():
            raise ValidationError(_("The marks changed since you looked at them. Please look again."), code="changed")
        raise ValidationError(_("This sheet has been handed in and is closed."), code="handed-in")
    trail.record(by, "sheet.hand-in", sheet, version=version)
    standings.refresh(selection)


def _require_open(seat: Seat, nomination: Nomination, by: User) -> Selection:
    """The seat may mark this nomination now; raises PermissionDenied, or ValidationError with ``not-your-seat``,
    ``not-judged``, ``conflict`` or ``undeclared``."""
    selection = hold(seat.panel.selection, Permission.SCORE, by)
    if not Seat.objects.of(by).filter(pk=seat.pk).exists():
        raise ValidationError(_("This seat is not yours."), code="not-your-seat")
    if not marked_nominations(selection).filter(pk=nomination.pk).exists():
        raise ValidationError(_("The panel does not judge this candidate."), code="not-judged")
    if Conflict.objects.filter(seat=seat, nomination=nomination).exists():
        raise ValidationError(_("You keep out of this candidate."), code="conflict")
    if not Declaration.objects.filter(seat=seat, nomination=nomination).exists():
        raise ValidationError(_("Declare first whether you have a conflict of interest."), code="undeclared")
    return selection


def _merge(sheet: ScoreSheet, marks: Marks, version: int) -> dict[Criterion, int | None]:
    """What of ``marks`` is to be written: what this device changed. Raises Overtaken where the other one did too."""
    theirs = dict(sheet.marks.values_list("criterion_id", "value"))
    base = theirs if version == sheet.version else _marks_at(sheet, version)
    changed, clashes = {}, {}
    for criterion, mine in marks.items():
        now, then = theirs.get(criterion.pk), base.get(criterion.pk)
        if mine in (now, then):
            continue
        if now != then:
            clashes[criterion] = (mine, now)
        changed[criterion] = mine
    if clashes:
        raise Overtaken(sheet, clashes)
    return changed


def _marks_at(sheet: ScoreSheet, version: int) -> dict[int, int | None]:
    """What the marks were when the sheet had this version: criterion -> value."""
    written = MarkVersion.objects.filter(mark__sheet=sheet, version__lte=version).order_by("version")
    return dict(written.values_list("mark__criterion_id", "value"))


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


def _write(sheet: ScoreSheet, changed: Marks, by: User) -> None:
    """Put the marks and their versions down; both carry the version of the sheet that wrote them."""
    present = {mark.criterion_id: mark for mark in sheet.marks.filter(criterion__in=changed)}
    touched = [present.get(criterion.pk) or Mark(sheet=sheet, criterion=criterion) for criterion in changed]
    for mark, value in zip(touched, changed.values(), strict=True):
        mark.value, mark.version = value, sheet.version
    if present:
        Mark.objects.bulk_update(present.values(), ["value", "version"])
    Mark.objects.bulk_create(mark for mark in touched if mark.pk is None)
    MarkVersion.objects.bulk_create(
        MarkVersion(mark=mark, value=mark.value, version=mark.version, written_by=by) for mark in touched
    )
