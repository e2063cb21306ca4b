"""Narrowing the list of a working area, and choosing what a map shows."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regions import coverage as rules
from regions.models import Coverage, Region, Segment
from regions.seeing.scales import Shown


class AreaFilter(forms.Form):
    """Province, and what is still to be done for the latest year; anything not understood filters nothing."""

    province = forms.ChoiceField(label=_("Province"), required=False)
    state = forms.ChoiceField(
        required=False,
        choices=[("", _("All")), ("missing", _("Not reported")), ("waiting", _("Waiting for verification"))],
    )

    def __init__(self, data: Any, area: QuerySet[Region], year: int) -> None:
        super().__init__(data)
        self.year = year
        self.fields["state"].label = _("Still to do for %(year)s") % {"year": year}
        codes = {code[:2] for code in area.values_list("code", flat=True)}
        provinces = Region.objects.provinces().filter(code__in=codes)
        self.fields["province"].choices = [("", _("All")), *((p.code, p.name) for p in provinces)]

    def narrow(self, area: QuerySet[Region]) -> QuerySet[Region]:
        chosen = self.cleaned_data if self.is_valid() else {}
        figures = Coverage.objects.filter(region=OuterRef("pk"), year=self.year)
        if chosen.get("province"):
            area = area.filter(code__startswith=chosen["province"])
        if chosen.get("state") == "missing":
            area = area.filter(~Exists(figures))
        if chosen.get("state") == "waiting":
            area = area.filter(Exists(figures.filter(verified_at=None, locked_at=None)))
        return area


class AtlasChoice(forms.Form):
    """What a map shows: colour, segment and year; anything not understood is the default, so every address answers."""

    use_required_attribute = False
    colour = forms.ChoiceField(label=_("Colour shows"), choices=Shown.choices)
    segment = forms.ChoiceField(label=_("Segment"))
    year = forms.ChoiceField(label=_("Year"))

    def __init__(self, data: Any, figures: QuerySet[Coverage]) -> None:
        """``figures`` say which years can be chosen."""
        self.years = sorted(set(figures.order_by().values_list("year", flat=True).distinct()), reverse=True)
        self.years = self.years or [rules.last_full_year()]
        self.segments = {"": gettext("PU and BPU together"), **dict(Segment.objects.values_list("code", "name"))}
        choices = {"colour": Shown.values, "segment": list(self.segments), "year": [str(year) for year in self.years]}
        asked = {name: data.get(name, "") for name in choices}
        chosen = {name: asked[name] if asked[name] in known else known[0] for name, known in choices.items()}
        super().__init__(initial=chosen)
        self.fields["segment"].choices = list(self.segments.items())
        self.fields["year"].choices = [(year, year) for year in choices["year"]]
        self.shown, self.segment, self.year = Shown(chosen["colour"]), chosen["segment"], int(chosen["year"])
        self.is_table = data.get("view") == "table"

    @property
    def query(self) -> str:
        """The choice as part of an address."""
        return urlencode({"colour": self.shown.value, "segment": self.segment, "year": self.year})

    @property
    def caption(self) -> str:
        return f"{self.shown.label} · {self.segments[self.segment]} · {self.year}"
