"""The grid of targets: many regions and several years at once, for one set of segments and one kind of value."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy

from paritrana.display import formats
from paritrana.display.form_fields import choice_field, retyped
from regions import rules
from regions.models import Region, Segment, Target
from regions.models.measures import OVERALL
from regions.targets.actions import YEARS_AHEAD, Aim, Aims, PlaceYear, Wanted, joined
from regions.targets.forms import value_field

MOST_YEARS = 5


class GridChoice(forms.Form):
    """Segments, kind of value and years of the grid; what is not understood becomes the default."""

    use_required_attribute = False
    segment: Any = forms.MultipleChoiceField(
        label=gettext_lazy("Segments, added up"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kind: Any = forms.ChoiceField(label=gettext_lazy("Written as"), choices=Target.Kind.choices)
    start: Any = forms.ChoiceField(label=gettext_lazy("First year"))
    count: Any = forms.ChoiceField(label=gettext_lazy("Years"))

    def __init__(self, data: Any) -> None:
        codes = list(Segment.objects.values_list("code", flat=True))
        this_year = timezone.localdate().year
        starts = [str(year) for year in range(this_year + YEARS_AHEAD, rules.FIRST_YEAR - 1, -1)]
        counts = [str(count) for count in range(1, MOST_YEARS + 1)]
        chosen = [code for code in data.getlist("segment") if code in codes] or OVERALL.split("+")
        self.segments = joined(chosen)
        kind, start, count = data.get("kind"), data.get("start"), data.get("count")
        self.kind = kind if kind in Target.Kind.values else Target.Kind.SHARE.value
        first = int(start) if start in starts else this_year
        last = min(first + int(count if count in counts else 1), this_year + YEARS_AHEAD + 1)
        self.years = list(range(first, last))
        initial = {"segment": chosen, "kind": self.kind, "start": str(first), "count": str(len(self.years))}
        super().__init__(initial=initial)
        choice_field(self, "segment").choices = [(code, code) for code in codes]
        choice_field(self, "start").choices = [(year, year) for year in starts]
        choice_field(self, "count").choices = [(number, number) for number in counts]

    @property
    def query(self) -> list[tuple[str, str]]:
        """The choice as fields of an address."""
        years = [("start", str(self.years[0])), ("count", str(len(self.years)))]
        return [*(("segment", code) for code in self.segments.split("+")), ("kind", self.kind), *years]


class TargetGrid(forms.Form):
    """Fields ``t-<region>-<year>``; ``seen`` carries, signed, the targets the person saw."""

    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, regions: list[Region], choice: GridChoice, data: Any = None) -> None:
        self.regions, self.choice = regions, choice
        self.aim = Aim(choice.segments, choice.kind)
        rows = Target.objects.over(choice.segments).filter(
            region__in=regions, year__in=choice.years, value_kind=choice.kind
        )
        found = {(row.region_id, row.year): row for row in rows}
        self.known = {name: row for name, row in ((name, found.get(at)) for name, at in self._places()) if row}
        latest = max(self.known.values(), key=lambda row: row.set_at, default=None)
        super().__init__(data, initial={"source": latest.source if latest else "", "seen": self._sealed()})
        for region in regions:
            for year in choice.years:
                self._add_box(region, year)

    def _places(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for region in self.regions:
            for year in self.choice.years:
                yield _box(region, year), (region.pk, year)

    def _add_box(self, region: Region, year: int) -> None:
        name = _box(region, year)
        field = value_field(self.choice.kind, f"{region.name} {year}")
        field.widget.attrs |= {"aria-label": field.label, "class": "form-control"}
        self.fields[name] = field
        self.initial[name] = self.known[name].value if name in self.known else None

    def lines(self) -> list[tuple[Region, list[tuple[int, forms.BoundField]]]]:
        return [(region, [(year, self[_box(region, year)]) for year in self.choice.years]) for region in self.regions]

    def clean_seen(self) -> dict[str, int]:
        try:
            return dict(signing.loads(self.cleaned_data["seen"], salt=self._salt()))
        except signing.BadSignature:
            return {}

    def _is_changed(self, name: str, seen: dict[str, int]) -> bool:
        return self.cleaned_data.get(name) != seen.get(name)

    def wanted(self) -> tuple[dict[PlaceYear, Wanted], dict[PlaceYear, Aims]]:
        """The boxes that were changed, and what they showed before; None withdraws a target."""
        seen = self.cleaned_data["seen"]
        wanted: dict[PlaceYear, dict[Aim, int | None]] = defaultdict(dict)
        before: dict[PlaceYear, dict[Aim, int]] = defaultdict(dict)
        for region in self.regions:
            for year in self.choice.years:
                name, place = _box(region, year), PlaceYear(region, year)
                if self._is_changed(name, seen):
                    wanted[place][self.aim] = self.cleaned_data[name]
                    before[place] |= {self.aim: seen[name]} if name in seen else {}
        return dict(wanted), dict(before)

    def differences(self) -> list[dict[str, str]]:
        """Rows for the conflict box: what was typed, and what somebody else set meanwhile."""
        seen = self.cleaned_data["seen"]
        found = []
        for name, _at in self._places():
            theirs = self.known[name].value if name in self.known else None
            if self._is_changed(name, seen) and theirs not in (seen.get(name), self.cleaned_data[name]):
                mine = self.cleaned_data[name]
                shown = {"mine": self._shown(name, mine), "theirs": self._shown(name, theirs)}
                found.append({"label": str(self.fields[name].label), **shown})
        return found

    def _shown(self, name: str, value: int | None) -> str:
        return formats.DASH if value is None else self.fields[name].prepare_value(value)

    def rebased(self) -> "TargetGrid":
        """The same typed values based on the targets in force now: saving again replaces the values just shown."""
        return TargetGrid(self.regions, self.choice, retyped(self, seen=self._sealed()))

    def _sealed(self) -> str:
        return signing.dumps({name: row.value for name, row in self.known.items()}, salt=self._salt())

    def _salt(self) -> str:
        return f"regions.targets.grid.{self.aim.segments}.{self.aim.kind}"


def _box(region: Region, year: int) -> str:
    return f"t-{region.code}-{year}"
