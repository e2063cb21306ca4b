"""Choices above a map or a list of targets; an invalid choice falls back to the default."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paritrana.display.form_fields import choice_field
from regions import rules
from regions.atlas.scales import Shown
from regions.models import Branch, Coverage, Region, Segment


class AtlasChoice(forms.Form):
    """What a map shows: colour, segment and year; invalid values become the default."""

    use_required_attribute = False
    colour = forms.ChoiceField(label=_("Colour shows"), choices=Shown.choices)
    segment: Any = forms.ChoiceField(label=_("Segment"))
    year: Any = forms.ChoiceField(label=_("Year"))

    def __init__(self, data: Any, figures: QuerySet[Coverage]) -> None:
        """``figures`` give the years that can be chosen."""
        self.years = sorted(set(figures.order_by().values_list("year", flat=True).distinct()), reverse=True)
        self.years = self.years or [rules.last_full_year()]
        self.segments = {"": gettext("PU and BPU together"), **dict(Segment.choices())}
        choices = {"colour": Shown.values, "segment": list(self.segments), "year": [str(year) for year in self.years]}
        asked = {name: data.get(name, "") for name in choices}
        chosen = {name: asked[name] if asked[name] in known else known[0] for name, known in choices.items()}
        super().__init__(initial=chosen)
        choice_field(self, "segment").choices = list(self.segments.items())
        choice_field(self, "year").choices = [(year, year) for year in choices["year"]]
        self.shown, self.segment, self.year = Shown(chosen["colour"]), chosen["segment"], int(chosen["year"])
        self.is_table = data.get("view") == "table"

    @property
    def query(self) -> str:
        """The choice as part of an address."""
        return urlencode({"colour": self.shown.value, "segment": self.segment, "year": self.year})

    @property
    def caption(self) -> str:
        of_all = self.shown == Shown.QUALITY and not self.segment
        counted = gettext("All segments") if of_all else self.segments[self.segment]
        return f"{self.shown.label} · {counted} · {self.year}"


class TargetFilter(forms.Form):
    """Regions or branches, year and province of a list of targets; by default regions, this year, all provinces."""

    use_required_attribute = False
    BRANCHES = "cabang"
    show: Any = forms.ChoiceField(label=_("Targets of"), choices=[("", _("Regions")), (BRANCHES, _("Branch offices"))])
    province: Any = forms.ChoiceField(label=_("Province"))
    year: Any = forms.ChoiceField(label=_("Year"))

    def __init__(self, data: Any, area: QuerySet[Region]) -> None:
        now = timezone.localdate().year
        years = [str(year) for year in range(now + 5, rules.FIRST_YEAR - 1, -1)]
        codes = {code[:2] for code in area.values_list("code", flat=True)}
        provinces = Region.objects.provinces().filter(code__in=codes).values_list("code", "name")
        self.province = data.get("province") if data.get("province") in codes else ""
        self.year = int(data.get("year") if data.get("year") in years else rules.last_full_year())
        self.is_of_branches = data.get("show") == self.BRANCHES
        shown = self.BRANCHES if self.is_of_branches else ""
        super().__init__(initial={"province": self.province, "year": str(self.year), "show": shown})
        choice_field(self, "province").choices = [("", _("All")), *provinces]
        choice_field(self, "year").choices = [(year, year) for year in years]

    def narrow(self, area: QuerySet[Region]) -> QuerySet[Region]:
        return area.filter(code__startswith=self.province)

    def narrow_branches(self, branches: QuerySet[Branch]) -> QuerySet[Branch]:
        return branches.filter(working_area__code__startswith=self.province).distinct() if self.province else branches

    @property
    def query(self) -> str:
        """The choice as part of an address."""
        return urlencode({"province": self.province, "year": self.year, "show": self["show"].initial})
