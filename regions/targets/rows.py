"""A file of targets: read whole, every fault with its row and column, then all rows written or none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from paritrana.accounts.models import User
from paritrana.display.numbers import read_count, read_hundredths
from paritrana.workbooks import Fault, Row, Table
from regions.models import Branch, Region, Segment, Target
from regions.targets import actions
from regions.targets.actions import Aim, Place

NEEDED = ("year",)
PLACES = ("region_code", "branch")
"""Each row names a region by its code or a branch by its name."""
KINDS = {"percent": Target.Kind.SHARE.value, "participants": Target.Kind.PARTICIPANTS.value}
OPTIONAL = ("segment", *KINDS, "source")
HIGHEST_SHARE = 10_000
Places = dict[str, Mapping[str, Place]]
"""By column, the places that can be named there."""


@dataclass(frozen=True)
class TargetRow:
    """One believable row; ``segment`` is empty for PU and BPU together."""

    place: Place
    year: int
    aim: Aim
    value: int
    source: str


def read_targets(table: Table) -> tuple[list[TargetRow], list[Fault]]:
    """Every target of the table and every fault of it; three queries."""
    given = [name for name in PLACES if name in table.columns] or PLACES[:1]
    table.require([*NEEDED, *given], [*NEEDED, *PLACES, *OPTIONAL])
    places: Places = {
        "region_code": {region.code: region for region in Region.objects.all()},
        "branch": {branch.name.casefold(): branch for branch in Branch.objects.all()},
    }
    segments = set(Segment.objects.values_list("code", flat=True)) | {""}
    return table.believe(
        lambda row: _wanted(row, places, segments),
        lambda wanted: (wanted.place, wanted.year, wanted.aim),
        _("This target is there twice."),
    )


def _wanted(row: Row, places: Places, segments: set[str]) -> TargetRow:
    """The row's target. ValidationError whose code is the column at fault."""
    year, segment = row.text("year"), row.text("segment").upper()
    if not re.fullmatch("[0-9]{4}", year):
        raise ValidationError(_("“%(typed)s” is not a year. Write four digits.") % {"typed": year}, "year")
    _check(actions.check_year, int(year), "year")
    place = _place(row, places)
    if segment not in segments:
        raise ValidationError(_("“%(typed)s” is not a segment.") % {"typed": segment}, "segment")
    given = [column for column in KINDS if row.text(column)]
    if len(given) != 1:
        raise ValidationError(_("Give either a percentage or a number of participants."), "percent")
    value = _check(_share if given[0] == "percent" else read_count, row.cells[given[0]], given[0])
    if value < 1:
        raise ValidationError(_("A target of nothing is no target. Leave the row out."), given[0])
    return TargetRow(place, int(year), Aim(segment, KINDS[given[0]]), value, row.text("source")[:300])


def _place(row: Row, places: Places) -> Place:
    """The region or the branch the row names; ValidationError unless it is exactly one."""
    given = [column for column in PLACES if row.text(column)]
    if len(given) != 1:
        raise ValidationError(_("Give either the code of a region or the name of a branch office."), "region_code")
    typed = " ".join(row.text(given[0]).split())
    place = places[given[0]].get(typed.casefold().removeprefix("cabang "))
    if place is None and given[0] == "branch":
        raise ValidationError(_("“%(typed)s” is not the name of a branch office.") % {"typed": typed}, "branch")
    if place is None:
        raise ValidationError(_("“%(typed)s” is not the code of a region.") % {"typed": typed}, "region_code")
    return place


def _share(cell: object) -> int:
    value = read_hundredths(cell)
    if value > HIGHEST_SHARE:
        raise ValidationError(_("A percentage above 100 is no target."))
    return value


def _check(reader, typed, column: str):
    try:
        return reader(typed)
    except ValidationError as refusal:
        raise ValidationError(refusal.messages[0], column) from refusal


@transaction.atomic
def carry_out(rows: list[TargetRow], *, by: User | None, name: str) -> int:
    """Write the targets; those the file does not name stay. Answers how many were set or changed."""
    together: dict[tuple[Place, int, str], list[TargetRow]] = defaultdict(list)
    for row in rows:
        together[row.place, row.year, row.source].append(row)
    written = 0
    for (place, year, source), found in sorted(together.items(), key=_order):
        wanted = actions.known_aims(place, year) | {row.aim: row.value for row in found}
        written += actions.set_targets(place, year, wanted, seen=None, source=source, by=by, origin=name)
    return written


def _order(item: tuple[tuple[Place, int, str], list[TargetRow]]) -> tuple[str, int, int, str]:
    """Regions and branches apart, so that files of the same rows lock and record in the same order."""
    (place, year, source), _rows = item
    return place._meta.label, place.pk, year, source
