"""Targets by a file: one row a region or branch, year, segment and kind."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.intake import Column, Intake, RowChange, WrittenBy
from paritrana.intake.description import ReadRow, Tell
from paritrana.intake.fields import CountedField, ShareField, TextField, YearField
from regions.imports.columns import CODES, name_column
from regions.imports.fields import BranchField, RegionField, SegmentSetField
from regions.imports.region_names import NamedRegions
from regions.models import Branch, Region, Target
from regions.models.measures import OVERALL
from regions.targets import actions
from regions.targets.actions import Aim

KINDS = {"percent": Target.Kind.SHARE.value, "participants": Target.Kind.PARTICIPANTS.value}
HIGHEST_SHARE = 10_000


class TargetIntake(NamedRegions, Intake):
    """With ``regions`` and ``branches`` only of those; a command sets targets everywhere."""

    name = "target"
    title = gettext_lazy("Targets")
    consequence = gettext_lazy("Targets the file does not name stay as they are.")
    keys = ("region_code", "branch", "year", "segment")
    either = (("region_code", "branch"), ("percent", "participants"))
    leaves = frozenset({"source"})

    def __init__(
        self,
        regions: Callable[[], Iterable[Region]] | None = None,
        branches: Callable[[], Iterable[Branch]] | None = None,
    ) -> None:
        self.regions, self.branches = regions, branches

    def columns(self) -> list[Column]:
        year = YearField(check=actions.check_year, label=gettext_lazy("Year"))
        of: dict[str, Any] = {"is_optional": True}
        return [
            Column("year", year, example="2026", width=8),
            Column("region_code", RegionField(self.regions, required=False), CODES, "51.03", width=13, **of),
            Column("branch", BranchField(self.branches, required=False), example="Bali Denpasar", width=26, **of),
            Column("segment", _segments(), example="PU+BPU+JAKON", width=18, **of),
            Column("percent", _share(), ("percentage", "persen"), example="34,5", width=12, **of),
            Column("participants", _people(), example="433.000", width=15, **of),
            Column("source", _source(), example="RPJMD", width=30, **of),
            name_column(),
        ]

    def check(self, values: dict[str, Any]) -> None:
        name, value = _given(values)
        if value < 1:
            raise ValidationError({name: _("A target of nothing is no target. Leave the row out.")})

    def key(self, values: dict[str, Any]) -> Hashable:
        name, _value = _given(values)
        return _place(values), values["year"], _aim(values, name)

    def known(self, rows: list[ReadRow]) -> Mapping[Hashable, Target]:
        """One query."""
        places = [_place(row.values) for row in rows]
        named = Q(region__in=[place for place in places if isinstance(place, Region)])
        named |= Q(branch__in=[place for place in places if isinstance(place, Branch)])
        years = {row.values["year"] for row in rows}
        found = Target.objects.filter(named, year__in=years).select_related("segment", "region", "branch")
        return {(row.region or row.branch, row.year, _aim_of(row)): row for row in found}

    def in_force(self, before: Target) -> dict[str, Any]:
        name = next(name for name, kind in KINDS.items() if kind == before.value_kind)
        return {name: before.value, "source": before.source}

    def write(self, changes: list[RowChange], hand: WrittenBy, tell: Tell) -> None:
        together: dict[tuple[Region | Branch, int, str], dict[Aim, int]] = defaultdict(dict)
        for change in changes:
            name, value = _given(change.values)
            source = change.values.get("source") or (change.before.source if change.before else "")
            together[_place(change.values), change.values["year"], source][_aim(change.values, name)] = value
        for (place, year, source), wanted in sorted(together.items(), key=_order):
            actions.set_targets(place, year, wanted, seen=None, source=source, by=hand.by, origin=hand.name)


def _segments() -> SegmentSetField:
    help_text = gettext_lazy("One segment, or several with a plus between them. Empty: PU and BPU together.")
    return SegmentSetField(required=False, help_text=help_text)


def _share() -> ShareField:
    label, help_text = gettext_lazy("Percentage"), gettext_lazy("Percent of the workers, at most two decimals.")
    return ShareField(label=label, help_text=help_text, max_value=HIGHEST_SHARE, required=False)


def _people() -> CountedField:
    label, help_text = gettext_lazy("Participants"), gettext_lazy("A whole number of people.")
    return CountedField(label=label, help_text=help_text, required=False)


def _source() -> TextField:
    help_text = gettext_lazy("The document the target stands in. Empty: as it is.")
    return TextField(label=gettext_lazy("Source"), help_text=help_text, max_length=300, required=False)


def _given(values: dict[str, Any]) -> tuple[str, int]:
    """The column that is filled in, and its value."""
    return next((name, values[name]) for name in KINDS if values.get(name) is not None)


def _place(values: dict[str, Any]) -> Region | Branch:
    return values.get("region_code") or values["branch"]


def _aim(values: dict[str, Any], name: str) -> Aim:
    return Aim(values.get("segment") or OVERALL, KINDS[name])


def _aim_of(row: Target) -> Aim:
    return Aim(row.segments, row.value_kind)


def _order(item: tuple[tuple[Region | Branch, int, str], Any]) -> tuple[str, int, int, str]:
    """Regions and branches apart, so that files of the same rows lock and record in the same order."""
    (place, year, source), _wanted = item
    return place._meta.label, place.pk, year, source
