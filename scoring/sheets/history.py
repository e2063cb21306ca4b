"""The history of a sheet: every version of every field with author and time, and the reopenings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from awards.models import Criterion
from paritrana.accounts.models import User
from scoring.models import MarkVersion, Remark, Reopening, ScoreSheet
from scoring.sheets.entries import Value, mark_box, remark_box


@dataclass(frozen=True)
class Written:
    """One version of a field; ``for_juror`` when an assistant typed it."""

    value: Value
    version: int
    at: datetime
    by: User
    for_juror: bool


@dataclass(frozen=True)
class SheetHistory:
    """Per criterion (None: the whole) its marks and comments, latest first; and the reopenings."""

    rows: list[tuple[Criterion | None, list[Written], list[Written]]]
    reopenings: list[Reopening]


def history(sheet: ScoreSheet, criteria: list[Criterion]) -> SheetHistory:
    juror = sheet.seat.user
    marks = MarkVersion.objects.filter(mark__sheet=sheet).select_related("written_by").order_by("-version")
    found: dict[str, list[Written]] = {}
    for row in marks.annotate(criterion=F("mark__criterion")):
        found.setdefault(mark_box(row.criterion), []).append(_written(row, row.value, juror))
    for words in sheet.remarks.select_related("written_by").order_by("-version"):
        found.setdefault(remark_box(words.criterion_id), []).append(_written(words, words.text, juror))
    rows = [
        (each, found.get(mark_box(each.pk), []) if each else [], found.get(remark_box(each.pk if each else None), []))
        for each in [*criteria, None]
    ]
    return SheetHistory(rows, list(sheet.reopenings.select_related("reopened_by", "submitted_by")))


def _written(row: Any, value: Value, juror: User) -> Written:
    return Written(value, row.version, row.written_at, row.written_by, row.written_by_id != juror.pk)


def typed_by_others(sheet: ScoreSheet) -> dict[str, User]:
    """Field -> who typed its present value, if not the juror, who confirms it by handing in."""
    juror = sheet.seat.appointment.user_id
    marks = MarkVersion.objects.filter(mark__sheet=sheet, version=F("mark__version")).exclude(written_by=juror)
    words = Remark.objects.filter(sheet=sheet, is_current=True).exclude(written_by=juror)
    found = {mark_box(row.mark.criterion_id): row.written_by for row in marks.select_related("mark", "written_by")}
    return found | {remark_box(row.criterion_id): row.written_by for row in words.select_related("written_by")}
