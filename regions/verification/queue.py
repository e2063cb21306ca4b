"""The office's queue of sent figures: its filter, and the doubts about the figures in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.models import User
from paritrana.display.form_fields import choice_field
from regions.models import Coverage, Region, Segment
from regions.models.figures import CoverageQuerySet
from regions.verification.doubts import Doubt, doubts


class QueueFilter(forms.Form):
    """Province, year, segment and doubts; invalid values filter nothing."""

    province = forms.ChoiceField(label=_("Province"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    segment = forms.ChoiceField(label=_("Segment"), required=False)
    doubts = forms.ChoiceField(
        label=_("Doubts"),
        required=False,
        choices=[("", _("All")), ("with", _("Only with doubts or notes")), ("without", _("Only without"))],
    )

    def __init__(self, data: Any, waiting: QuerySet[Coverage]) -> None:
        super().__init__(data)
        codes = waiting.order_by().values_list("region__code", flat=True).distinct()
        provinces = Region.objects.provinces().filter(code__in={code[:2] for code in codes})
        years = waiting.order_by("-year").values_list("year", flat=True).distinct()
        choice_field(self, "province").choices = [("", _("All")), *provinces.values_list("code", "name")]
        choice_field(self, "year").choices = [("", _("All")), *((str(year), str(year)) for year in years)]
        choice_field(self, "segment").choices = [("", _("All")), *Segment.objects.values_list("code", "name")]

    def narrow(self, waiting: CoverageQuerySet) -> CoverageQuerySet:
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("province"):
            waiting = waiting.filter(region__code__startswith=chosen["province"])
        if chosen.get("year"):
            waiting = waiting.filter(year=int(chosen["year"]))
        if chosen.get("segment"):
            waiting = waiting.filter(segment__code=chosen["segment"])
        return waiting

    def sift(self, figures: QuerySet[Coverage], reader: User) -> QuerySet[Coverage] | list[Coverage]:
        """Only figures with doubts, or only those without, if asked for; the figures come with their justifications."""
        asked = self.cleaned_data.get("doubts")
        if not asked:
            return figures
        doubted, clean = parted(list(figures), reader)
        return doubted if asked == "with" else clean


def about(figures: list[Coverage], reader: User) -> dict[int, list[Doubt]]:
    """The doubts about each figure, by its primary key."""
    found: dict[int, list[Doubt]] = {}
    for doubt in doubts(figures, reader=reader):
        for figure in doubt.figures:
            found.setdefault(figure.pk, []).append(doubt)
    return found


def parted(figures: list[Coverage], reader: User) -> tuple[list[Coverage], list[Coverage]]:
    """Figures with a doubt or a justification, and the others; the number of queries is fixed."""
    known = about(figures, reader)
    doubted = [figure for figure in figures if figure.pk in known or figure.notes]
    return doubted, [figure for figure in figures if figure.pk not in known and not figure.notes]
