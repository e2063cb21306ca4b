"""The form of the denominators of one province and year: a field per region and segment."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paritrana.display.days import DayField
from paritrana.display.numbers import CountField
from regions import rules
from regions.denominators.actions import Measured
from regions.models import Definition, Denominator, Region, Segment


class DenominatorGrid(forms.Form):
    """Fields ``workers-<region>-<segment>``; definition, source and date apply to every changed one."""

    denominator = forms.CharField(label=_("What is counted"), max_length=160, required=False)
    source = forms.CharField(label=_("Source"), max_length=300)
    as_of = DayField(label=_("As of"))

    def __init__(self, province: Region, year: int, data: Any = None) -> None:
        self.province, self.year = province, year
        self.regions = list(Region.objects.filter(Q(pk=province.pk) | Q(parent=province)).order_by("code"))
        self.segments = list(Segment.objects.all())
        rows = Denominator.objects.filter(region__in=self.regions, year=year).select_related("definition")
        self.known = {(row.region_id, row.segment_id): row for row in rows}
        super().__init__(data, initial=self._usual())
        for region in self.regions:
            for segment in self.segments:
                self._add_box(region, segment)

    def _usual(self) -> dict[str, Any]:
        """The source of the latest denominator, as the default."""
        latest = max(self.known.values(), key=lambda row: row.set_at, default=None)
        if latest is None:
            return {}
        return {"denominator": latest.definition.denominator, "source": latest.source, "as_of": latest.as_of}

    def _add_box(self, region: Region, segment: Segment) -> None:
        known = self.known.get((region.pk, segment.pk))
        label = f"{region.name} · {segment.code}"
        box = CountField(label=label, min_value=1, required=False, initial=known.workers if known else None)
        box.widget.attrs |= {"aria-label": label, "class": "form-control"}
        self.fields[self.name_of(region, segment)] = box
        self.fields[f"version-{region.code}-{segment.code}"] = forms.IntegerField(
            required=False, min_value=0, max_value=999_999_999, widget=forms.HiddenInput, initial=_version(known)
        )

    @staticmethod
    def name_of(region: Region, segment: Segment) -> str:
        return f"workers-{region.code}-{segment.code}"

    def lines(self) -> list[tuple[Region, list[tuple[Segment, forms.BoundField, forms.BoundField]]]]:
        return [
            (
                region,
                [
                    (segment, self[self.name_of(region, segment)], self[f"version-{region.code}-{segment.code}"])
                    for segment in self.segments
                ],
            )
            for region in self.regions
        ]

    def clean_as_of(self) -> Any:
        rules.check_as_of(self.cleaned_data["as_of"])
        return self.cleaned_data["as_of"]

    def clean(self) -> dict[str, Any]:
        for region in self.regions:
            for segment in self.segments:
                name = self.name_of(region, segment)
                is_empty = self.cleaned_data.get(name) is None and name not in self.errors
                if is_empty and (region.pk, segment.pk) in self.known:
                    refusal = _("A denominator that was set is not taken away. Write the right one.")
                    self.add_error(name, ValidationError(refusal, code="emptied"))
        return self.cleaned_data

    def measured(self) -> Iterator[tuple[Region, list[Measured]]]:
        """By region, the fields whose number differs from the one in force."""
        for region in self.regions:
            found = [measured for segment in self.segments if (measured := self._measured(region, segment))]
            if found:
                yield region, found

    def _measured(self, region: Region, segment: Segment) -> Measured | None:
        typed, known = self.cleaned_data, self.known.get((region.pk, segment.pk))
        workers = typed[self.name_of(region, segment)]
        if workers is None or (known is not None and known.workers == workers):
            return None
        return Measured(
            segment=segment,
            workers=workers,
            definition=self._definition(region),
            source=typed["source"],
            as_of=typed["as_of"],
            based_on=typed[f"version-{region.code}-{segment.code}"] or 0,
        )

    def _definition(self, region: Region) -> Definition:
        territory = rules.TERRITORIES[0 if region.is_province else 1]
        denominator = self.cleaned_data["denominator"].strip()
        return Definition.objects.get_or_create(territory=territory, denominator=denominator)[0]


def _version(known: Denominator | None) -> int:
    return known.version if known else 0
