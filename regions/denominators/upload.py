"""A workbook of a province's denominators: read whole, shown as what it would change, then written whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.workbooks import Fault, Row, Table, sandbox, staging
from paritrana.workbooks.staging import FaultyFile, Stale, Upload
from regions import rules
from regions.denominators import actions
from regions.imports import cells
from regions.imports.cells import Refusal
from regions.imports.rows import RowReader, definitions_by_text, headings
from regions.imports.upload import MOST_SHOWN, ImportPreview
from regions.models import Definition, Denominator, Region, Segment

COLUMNS = ("region_code", "region", "year", "segment", "workers", "counted_as", "source", "as_of", "version")
NEEDED = ("region_code", "year", "segment", "workers", "counted_as", "source", "as_of")


@dataclass(frozen=True)
class UploadedDenominator:
    """One believable row; ``definition`` is territory and denominator, ``version`` None where the file has none."""

    row: int
    region: Region
    segment: Segment
    workers: int
    definition: tuple[str, str]
    source: str
    as_of: date
    version: int | None

    @property
    def key(self) -> tuple[int, int]:
        return self.region.pk, self.segment.pk

    @property
    def content(self) -> tuple[Any, ...]:
        return self.workers, self.definition, self.source, self.as_of


@dataclass
class DenominatorPlan:
    """What would be written, each beside the denominator in force."""

    changes: list[tuple[UploadedDenominator, Denominator | None]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    same: int = 0


def about(province: Region, year: int) -> str:
    """What an upload is bound to: a file for one province and year is taken for no other."""
    return f"denominators-{province.code}-{year}"


def regions_of(province: Region) -> list[Region]:
    return list(Region.objects.filter(Q(pk=province.pk) | Q(parent=province)).select_related("parent").order_by("code"))


def preview(upload: Upload, province: Region, year: int) -> ImportPreview:
    """What the file says and would change, against the denominators in force; seven queries."""
    return _compared(upload, province, year)[0]


@transaction.atomic
def carry_out(upload: Upload, province: Region, year: int, *, digest: str, fingerprint: str, by: User) -> int:
    """Write the file that was shown, all of it or nothing; answers how many were set. Raises Stale or FaultyFile."""
    shown, found = _compared(upload, province, year)
    if not upload.is_whole(digest) or shown.digest != digest or shown.fingerprint != fingerprint:
        raise Stale
    if shown.faults:
        raise FaultyFile
    measured: dict[Region, list[actions.Measured]] = {}
    for counted, known in found.changes:
        measured.setdefault(counted.region, []).append(_measured(counted, known))
    try:
        for region, each in measured.items():
            actions.set_denominators(region, year, each, by=by, origin=upload.name)
    except ValidationError as overtaken:
        raise Stale from overtaken
    if found.changes:
        detail = {"file": upload.name, "sha256": upload.digest, "year": year, "denominators": len(found.changes)}
        trail.record(by, "denominator.upload", province, **detail)
    return len(found.changes)


def _measured(counted: UploadedDenominator, known: Denominator | None) -> actions.Measured:
    territory, denominator = counted.definition
    definition = Definition.objects.get_or_create(territory=territory, denominator=denominator)[0]
    version = known.version if known else 0
    return actions.Measured(
        counted.segment, counted.workers, definition, counted.source, counted.as_of, based_on=version
    )


def _compared(upload: Upload, province: Region, year: int) -> tuple[ImportPreview, DenominatorPlan]:
    table = sandbox.table(upload.folder)
    shown = ImportPreview.of(table)
    rows, faults = read(table, province, year)
    found = DenominatorPlan() if faults else _plan(rows, year)
    faults = faults + found.faults
    shown.faults, shown.faulty = [staging.plain(fault) for fault in faults[:MOST_SHOWN]], len(faults)
    shown.changes, shown.same = [_shown(*change) for change in found.changes[:MOST_SHOWN]], found.same
    shown.new = sum(known is None for _counted, known in found.changes)
    shown.altered = len(found.changes) - shown.new
    shown_rows = [(counted.key, known and known.version, str(counted.content)) for counted, known in found.changes]
    shown.fingerprint = sha256(repr(sorted(shown_rows, key=lambda one: one[0])).encode()).hexdigest()
    return shown, found


def read(table: Table, province: Region, year: int) -> tuple[list[UploadedDenominator], list[Fault]]:
    """Every believable row and every fault; rows of the template nobody filled in are no rows."""
    table.rename(headings())
    table.require(NEEDED, COLUMNS)
    if table.is_misnamed:
        return [], table.faults
    reader = _Reader(province, year, table.columns)
    found: dict[tuple[int, int], UploadedDenominator] = {}
    for row in table.rows:
        counted = None if reader.is_empty(row) else reader.counted(row, table.faults)
        if counted is None:
            continue
        first = found.setdefault(counted.key, counted)
        if first is not counted:
            message = _("Row %(row)s already gives this region, year and segment. Keep one of the two.")
            table.faults.append(Fault(row.number, "", message % {"row": first.row}))
    return list(found.values()), sorted(table.faults, key=lambda fault: fault.row)


class _Reader(RowReader):
    """Rows of one province and year."""

    def __init__(self, province: Region, year: int, columns: list[str]) -> None:
        super().__init__("region_code", regions_of(province), columns)
        self.year = year
        plain = [Definition(territory=territory) for territory in rules.TERRITORIES[:2]]
        self.definitions = definitions_by_text(plain)

    def is_empty(self, row: Row) -> bool:
        is_blank = not row.refused and row.cells.get("workers") is None
        return is_blank and "version" in row.cells and cells.whole(row.cells["version"]) == 0

    def readers(self) -> dict[str, Callable[[Row, str], object]]:
        known = super().readers()
        return {name: known[name] for name in (*NEEDED, "version")} | {
            "year": self._this_year,
            "source": self._source,
            "as_of": self._day,
        }

    def counted(self, row: Row, faults: list[Fault]) -> UploadedDenominator | None:
        values = self.values(row, faults)
        if values is None:
            return None
        region, definition = values.pop("region_code"), values.pop("counted_as")
        values.pop("year")
        if definition[0] != rules.TERRITORIES[0 if region.is_province else 1]:
            faults.append(Fault(row.number, "counted_as", _("This counts another kind of region. Choose another.")))
            return None
        return UploadedDenominator(row=row.number, region=region, definition=definition, **values)

    def _this_year(self, row: Row, column: str) -> int:
        year = cells.year(row, column)
        if year != self.year:
            values = {"year": self.year, "said": year}
            raise Refusal(
                _("This page is for %(year)s. Hand the rows of %(said)s in on the page of that year.") % values
            )
        return year

    def _source(self, row: Row, column: str) -> str:
        if not row.text(column).strip():
            raise Refusal(_("Say where the workers were counted."))
        return cells.text(row, column)

    def _day(self, row: Row, column: str) -> date:
        day = cells.day(row, column)
        if day is None:
            raise Refusal(_("Write the date as 2024-08-31."))
        return day


def _plan(rows: list[UploadedDenominator], year: int) -> DenominatorPlan:
    regions = {counted.region.pk for counted in rows}
    known = Denominator.objects.filter(region__in=regions, year=year).select_related("definition")
    present = {(row.region_id, row.segment_id): row for row in known}
    found = DenominatorPlan()
    for counted in rows:
        now = present.get(counted.key)
        if now and counted.content == _content_in_force(now):
            found.same += 1
        elif counted.version is not None and counted.version != (now.version if now else 0):
            message = _("Somebody changed this figure after you downloaded the file. Download it again.")
            found.faults.append(Fault(counted.row, "", message))
        else:
            found.changes.append((counted, now))
    return found


def _content_in_force(row: Denominator) -> tuple[Any, ...]:
    return row.workers, (row.definition.territory, row.definition.denominator), row.source, row.as_of


def _shown(counted: UploadedDenominator, known: Denominator | None) -> dict[str, Any]:
    return {
        "code": counted.region.code,
        "region": counted.region.name,
        "segment": counted.segment.code,
        "row": counted.row,
        "workers": counted.workers,
        "old_workers": known and known.workers,
        "definition": str(Definition(territory=counted.definition[0], denominator=counted.definition[1])),
        "old_definition": str(known.definition) if known else "",
        "source": counted.source,
        "old_source": known.source if known else "",
        "as_of": counted.as_of,
        "old_as_of": known and known.as_of,
    }
