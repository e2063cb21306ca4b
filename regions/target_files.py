"""A file of targets: read whole, every fault with its row and column, then all rows written or none."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from paritrana.accounts.models import User
from paritrana.numbers import parse_hundredths, read_count
from paritrana.workbooks import Fault, Row, Table
from regions import target_actions as actions
from regions.models import Region, Segment, Target
from regions.target_actions import Aim

NEEDED = ("year", "region_code")
KINDS = {"percent": Target.Kind.SHARE.value, "participants": Target.Kind.PARTICIPANTS.value}
OPTIONAL = ("segment", *KINDS, "source")
HIGHEST_SHARE = 10_000


@dataclass(frozen=True)
class Wanted:
    """One believable row; ``segment`` is empty for PU and BPU together."""

    region: Region
    year: int
    aim: Aim
    value: int
    source: str


def read_targets(table: Table) -> tuple[list[Wanted], list[Fault]]:
    """Every target of the table and every fault of it; two queries."""
    table.require(NEEDED, [*NEEDED, *OPTIONAL])
    regions = {region.code: region for region in Region.objects.all()}
    segments = set(Segment.objects.values_list("code", flat=True)) | {""}
    return table.believe(
        lambda row: _wanted(row, regions, segments),
        lambda wanted: (wanted.region.code, wanted.year, wanted.aim),
        _("This target is there twice."),
    )


def _wanted(row: Row, regions: dict[str, Region], segments: set[str]) -> Wanted:
    """The row's target. ValidationError whose code is the column at fault."""
    year, code, segment = row.text("year"), row.text("region_code"), row.text("segment").upper()
    if not re.fullmatch("[0-9]{4}", year):
        raise ValidationError(_("“%(typed)s” is not a year. Write four digits.") % {"typed": year}, "year")
    _check(actions.check_year, int(year), "year")
    if code not in regions:
        raise ValidationError(_("“%(typed)s” is not the code of a region.") % {"typed": code}, "region_code")
    if segment not in segments:
        raise ValidationError(_("“%(typed)s” is not a segment.") % {"typed": segment}, "segment")
    given = [column for column in KINDS if row.text(column)]
    if len(given) != 1:
        raise ValidationError(_("Give either a percentage or a number of participants."), "percent")
    value = _check(_share if given[0] == "percent" else read_count, row.cells[given[0]], given[0])
    if value < 1:
        raise ValidationError(_("A target of nothing is no target. Leave the row out."), given[0])
    return Wanted(regions[code], int(year), Aim(segment, KINDS[given[0]]), value, row.text("source")[:300])


def _share(cell: object) -> int:
    value = parse_hundredths(str(cell))
    if value > HIGHEST_SHARE:
        raise ValidationError(_("A percentage above 100 is no target."))
    return value


def _check(reader, typed, column: str):
    try:
        return reader(typed)
    except ValidationError as refusal:
        raise ValidationError(refusal.messages[0], column) from refusal


@transaction.atomic
def carry_out(rows: list[Wanted], *, by: User | None, name: str) -> int:
    """Write the targets; those the file does not name stay. Answers how many were set or changed."""
    together: dict[tuple[str, int, str], list[Wanted]] = defaultdict(list)
    for row in rows:
        together[row.region.code, row.year, row.source].append(row)
    written = 0
    for (_code, year, source), found in sorted(together.items()):
        region = found[0].region
        wanted = actions.known_aims(region, year) | {row.aim: row.value for row in found}
        written += actions.set_targets(region, year, wanted, seen=None, source=source, by=by, origin=name)
    return written
