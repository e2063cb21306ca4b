"""Which indicator and year a page shows, and the form of a province's answers."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from paritrana.display.form_fields import choice_field
from regions import rules
from regions.indicators.actions import Said
from regions.models import Indicator, IndicatorAnswer, Region

ANSWERS = [("", _("Not answered")), ("ya", _("Yes")), ("tidak", _("No"))]


class IndicatorChoice(forms.Form):
    """What is not understood becomes the first indicator and the last full year."""

    use_required_attribute = False
    indicator: Any = forms.ChoiceField(label=_("Indicator"))
    year: Any = forms.ChoiceField(label=_("Year"))

    def __init__(self, data: Any, indicators: list[Indicator]) -> None:
        known = {one.code: one for one in indicators}
        years = [str(year) for year in range(rules.today().year, rules.FIRST_YEAR - 1, -1)]
        code = data.get("indicator") if data.get("indicator") in known else indicators[0].code
        self.chosen = known[code]
        self.at = int(data.get("year") if data.get("year") in years else rules.last_full_year())
        super().__init__(initial={"indicator": code, "year": str(self.at)})
        choice_field(self, "indicator").choices = [(one.code, str(one)) for one in indicators]
        choice_field(self, "year").choices = [(year, year) for year in years]

    @property
    def query(self) -> str:
        return urlencode({"indicator": self.chosen.code, "year": self.at})


def choice_of(data: Any) -> IndicatorChoice:
    """Raises Http404 in an installation that asks nothing."""
    known = list(Indicator.objects.all())
    if not known:
        raise Http404(_("There is no indicator yet."))
    return IndicatorChoice(data, known)


class ProofForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        max_length=300,
        help_text=_("PDF, picture, Word or Excel, 10 MB at most. Those who work for this region can open it."),
        error_messages={"required": _("Choose a file to attach.")},
    )


class AnswersOfRegions(forms.Form):
    """Fields ``met-<region>``, ``evidence-<region>``, ``link-<region>`` and the version seen."""

    def __init__(self, regions: list[Region], rows: dict[int, IndicatorAnswer], data: Any = None) -> None:
        self.regions, self.rows = regions, rows
        super().__init__(data)
        for region in regions:
            self._add(region, rows.get(region.pk))

    def _add(self, region: Region, row: IndicatorAnswer | None) -> None:
        met = "" if row is None else "ya" if row.is_met else "tidak"
        shown = {"evidence": row.evidence if row else "", "link": row.link if row else ""}
        self.fields[f"met-{region.code}"] = _named(
            forms.ChoiceField(choices=ANSWERS, required=False, initial=met), region, _("Answer"), "form-select"
        )
        self.fields[f"evidence-{region.code}"] = _named(
            forms.CharField(max_length=300, required=False, initial=shown["evidence"]), region, _("Evidence")
        )
        self.fields[f"link-{region.code}"] = _named(
            forms.URLField(max_length=300, required=False, initial=shown["link"], assume_scheme="https"),
            region,
            _("Link"),
        )
        version = row.version if row else 0
        self.fields[f"version-{region.code}"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, min_value=0, max_value=999_999_999, initial=version
        )

    def lines(self) -> list[tuple[Region, list[forms.BoundField], forms.BoundField]]:
        return [
            (
                region,
                [self[f"{part}-{region.code}"] for part in ("met", "evidence", "link")],
                self[f"version-{region.code}"],
            )
            for region in self.regions
        ]

    def clean(self) -> dict[str, Any]:
        """A yes is proved, and what proves it belongs to an answer."""
        for region in self.regions:
            met, evidence = (self.cleaned_data.get(f"{part}-{region.code}") for part in ("met", "evidence"))
            if met == "ya" and not evidence and f"evidence-{region.code}" not in self.errors:
                proof = _("Write what proves the yes of %(region)s, such as the number of the decree.")
                self._refuse(f"evidence-{region.code}", proof, region)
            elif not met and (evidence or self.cleaned_data.get(f"link-{region.code}")):
                choose = _("Choose yes or no for %(region)s; the evidence alone is no answer.")
                self._refuse(f"met-{region.code}", choose, region)
        return self.cleaned_data

    def _refuse(self, name: str, text: Any, region: Region) -> None:
        self.add_error(name, ValidationError(text, params={"region": region.name}))

    def said(self) -> dict[Region, Said]:
        typed = self.cleaned_data
        met = {"ya": True, "tidak": False}
        return {
            region: Said(
                met.get(typed[f"met-{region.code}"]),
                typed[f"evidence-{region.code}"],
                typed[f"link-{region.code}"],
                typed[f"version-{region.code}"] or 0,
            )
            for region in self.regions
        }


def _named(field: forms.Field, region: Region, part: Any, look: str = "form-control") -> forms.Field:
    field.label = f"{region.name}: {part}"
    field.widget.attrs |= {"aria-label": field.label, "class": look}
    return field
