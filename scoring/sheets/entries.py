"""The fields of a sheet and their values: marks (hundredths or None) and remarks (text), at any version of it.

Names are those of the form: ``mark_<criterion>``, ``remark_<criterion>``, and ``remark`` for the whole candidate.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import IntegerField, TextField
from django.db.models import Value as Constant

from awards.models import Criterion, Nomination
from paritrana.accounts.models import User
from scoring.models import Mark, MarkVersion, Remark, ScoreSheet, Seat

Value = int | str | None
Values = dict[str, Value]
WHOLE_SHEET = "remark"
_NO_TEXT, _NO_VALUE = Constant(None, TextField()), Constant(None, IntegerField())
LONGEST_REMARK = 2000


def mark_box(criterion: int) -> str:
    return f"mark_{criterion}"


def remark_box(criterion: int | None) -> str:
    return WHOLE_SHEET if criterion is None else f"remark_{criterion}"


def boxes_of(criteria: Iterable[Criterion]) -> dict[str, Criterion | None]:
    """Every field of a sheet with these criteria, in the order of the page; the whole candidate last."""
    found: dict[str, Criterion | None] = {}
    for criterion in criteria:
        found[mark_box(criterion.pk)] = found[remark_box(criterion.pk)] = criterion
    return found | {WHOLE_SHEET: None}


def is_mark(box: str) -> bool:
    return box.startswith("mark_")


def held(sheet: ScoreSheet | None) -> Values:
    """The present values; fields never filled are left out."""
    if sheet is None:
        return {}
    marks = sheet.marks.order_by().annotate(text=_NO_TEXT).values_list("criterion_id", "value", "text")
    remarks = sheet.remarks.order_by().filter(is_current=True).annotate(value=_NO_VALUE)
    found: Values = {}
    for criterion, value, text in marks.union(remarks.values_list("criterion_id", "value", "text"), all=True):
        found |= {mark_box(criterion): value} if text is None else {remark_box(criterion): text}
    return found


def values_of(seat: Seat, nominations: list[Nomination]) -> dict[int, Values]:
    """Nomination -> the present values of this seat's sheet; two queries."""
    about = {"sheet__seat": seat, "sheet__nomination__in": nominations}
    marks = Mark.objects.filter(**about).order_by().values_list("sheet__nomination", "criterion", "value")
    remarks = Remark.objects.filter(**about, is_current=True).order_by()
    found: dict[int, Values] = defaultdict(dict)
    for nomination, criterion, value in marks:
        found[nomination][mark_box(criterion)] = value
    for nomination, criterion, text in remarks.values_list("sheet__nomination", "criterion", "text"):
        found[nomination][remark_box(criterion)] = text
    return found


def held_at(sheet: ScoreSheet, version: int) -> Values:
    """The values at this version of the sheet."""
    marks = MarkVersion.objects.filter(mark__sheet=sheet, version__lte=version).order_by("version")
    remarks = sheet.remarks.filter(version__lte=version).order_by("version")
    return {mark_box(pk): value for pk, value in marks.values_list("mark__criterion_id", "value")} | {
        remark_box(pk): text for pk, text in remarks.values_list("criterion_id", "text")
    }


def empty(box: str) -> Value:
    return None if is_mark(box) else ""


def compare(mine: Mapping[str, Value], then: Mapping[str, Value], now: Mapping[str, Value]) -> tuple[Values, Values]:
    """What of ``mine`` to write, and what clashes:

    changed by both since ``then``, here to ``mine``, elsewhere to ``now``.
    """
    changed: Values = {}
    clashes: Values = {}
    for box, value in mine.items():
        before, present = then.get(box, empty(box)), now.get(box, empty(box))
        if value in (present, before):
            continue
        (clashes if present != before else changed)[box] = value
    return changed, clashes


def write(sheet: ScoreSheet, changed: Values, by: User) -> None:
    """Store the changed fields with the sheet's version; earlier values stay readable."""
    _write_marks(sheet, {int(box[5:]): value for box, value in changed.items() if is_mark(box)}, by)
    remarks = {_criterion_of(box): str(text) for box, text in changed.items() if not is_mark(box)}
    for criterion in remarks:
        sheet.remarks.filter(criterion=criterion, is_current=True).update(is_current=False)
    Remark.objects.bulk_create(
        Remark(sheet=sheet, criterion_id=criterion, text=text, version=sheet.version, written_by=by)
        for criterion, text in remarks.items()
    )


def _criterion_of(box: str) -> int | None:
    return None if box == WHOLE_SHEET else int(box.removeprefix("remark_"))


def _write_marks(sheet: ScoreSheet, marks: dict[int, Value], by: User) -> None:
    touched = Mark.objects.bulk_create(
        [Mark(sheet=sheet, criterion_id=pk, value=value, version=sheet.version) for pk, value in marks.items()],
        update_conflicts=True,
        unique_fields=["sheet", "criterion"],
        update_fields=["value", "version"],
    )
    MarkVersion.objects.bulk_create(
        MarkVersion(mark=mark, value=mark.value, version=mark.version, written_by=by) for mark in touched
    )
