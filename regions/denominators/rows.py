"""A file of denominators: read whole, every fault with its row and column, then all rows written or none."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from paritrana.accounts.models import User
from paritrana.display.numbers import read_count
from paritrana.workbooks import Fault, Row, Table
from regions import rules
from regions.denominators import actions
from regions.models import Definition, Denominator, Region, Segment

NEEDED = ("year", "region_code", "segment", "workers", "source", "as_of")
OPTIONAL = ("definition",)


@dataclass(frozen=True)
class DenominatorRow:
    """One believable row; ``definition`` says what the workers are, such as those employed according to BPS."""

    region: Region
    year: int
    segment: Segment
    workers: int
    definition: str
    source: str
    as_of: date


def read_denominators(table: Table) -> tuple[list[DenominatorRow], list[Fault]]:
    """Every denominator of the table and every fault of it; two queries."""
    table.require(NEEDED, [*NEEDED, *OPTIONAL])
    regions = {region.code: region for region in Region.objects.all()}
    segments = {segment.code: segment for segment in Segment.objects.all()}
    return table.believe(
        lambda row: _counted(row, regions, segments),
        lambda counted: (counted.region.pk, counted.year, counted.segment.pk),
        _("This denominator is there twice."),
    )


@transaction.atomic
def carry_out(rows: list[DenominatorRow], *, by: User | None, name: str) -> int:
    """Write the denominators; those the file does not name stay. Answers how many were set or changed."""
    together: dict[tuple[Region, int], list[DenominatorRow]] = defaultdict(list)
    for row in rows:
        together[row.region, row.year].append(row)
    written = 0
    for (region, year), counted in together.items():
        known = Denominator.objects.filter(region=region, year=year).in_bulk_by_segment()
        measured = [_measured(row, known.get(row.segment.pk)) for row in counted]
        written += len(actions.set_denominators(region, year, measured, by=by, origin=name))
    return written


def _measured(row: DenominatorRow, known: Denominator | None) -> actions.Measured:
    territory = rules.TERRITORIES[0 if row.region.is_province else 1]
    definition, _is_new = Definition.objects.get_or_create(territory=territory, denominator=row.definition)
    version = known.version if known else 0
    return actions.Measured(row.segment, row.workers, definition, row.source, row.as_of, based_on=version)


def _counted(row: Row, regions: dict[str, Region], segments: dict[str, Segment]) -> DenominatorRow:
    """The row's denominator. ValidationError whose code is the column at fault."""
    year, code, segment = row.text("year"), row.text("region_code"), row.text("segment").upper()
    if not re.fullmatch("[0-9]{4}", year):
        raise ValidationError(_("“%(typed)s” is not a year. Write four digits.") % {"typed": year}, "year")
    if code not in regions:
        raise ValidationError(_("“%(typed)s” is not the code of a region.") % {"typed": code}, "region_code")
    if segment not in segments:
        raise ValidationError(_("“%(typed)s” is not a segment.") % {"typed": segment}, "segment")
    try:
        rules.check_year(int(year))
        workers = read_count(row.cells["workers"])
    except ValidationError as refusal:
        raise ValidationError(refusal.messages[0], "workers" if refusal.code != "year" else "year") from refusal
    if workers < 1:
        raise ValidationError(_("Without workers there is no percentage."), "workers")
    if not row.text("source"):
        raise ValidationError(_("Say where the workers were counted."), "source")
    as_of, definition = _day(row), row.text("definition")[:160]
    return DenominatorRow(
        regions[code], int(year), segments[segment], workers, definition, row.text("source")[:300], as_of
    )


def _day(row: Row) -> date:
    cell = row.cells["as_of"]
    try:
        day = cell.date() if isinstance(cell, datetime) else date.fromisoformat(row.text("as_of"))
        rules.check_as_of(day)
    except ValidationError as refusal:
        raise ValidationError(refusal.messages[0], "as_of") from refusal
    except ValueError as error:
        raise ValidationError(_("Write the date as 2024-08-31."), "as_of") from error
    return day
