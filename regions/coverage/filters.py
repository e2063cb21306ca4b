"""Narrowing the list of a working area."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from paritrana.display.form_fields import choice_field
from regions.models import Coverage, Region


class AreaFilter(forms.Form):
    """Province, and what is still to be done for the latest year; anything not understood filters nothing."""

    province = forms.ChoiceField(label=_("Province"), required=False)
    state = forms.ChoiceField(
        required=False,
        choices=[
            ("", _("All")),
            ("missing", _("Not reported")),
            ("to-send", _("Not sent yet")),
            ("waiting", _("Waiting for verification")),
        ],
    )

    def __init__(self, data: Any, area: QuerySet[Region], year: int) -> None:
        super().__init__(data)
        self.year = year
        self.fields["state"].label = _("Still to do for %(year)s") % {"year": year}
        codes = {code[:2] for code in area.values_list("code", flat=True)}
        provinces = Region.objects.provinces().filter(code__in=codes)
        choice_field(self, "province").choices = [("", _("All")), *((p.code, p.name) for p in provinces)]

    def narrow(self, area: QuerySet[Region]) -> QuerySet[Region]:
        chosen = self.cleaned_data if self.is_valid() else {}
        figures = Coverage.objects.filter(region=OuterRef("pk"), year=self.year)
        if chosen.get("province"):
            area = area.filter(code__startswith=chosen["province"])
        if chosen.get("state") == "missing":
            area = area.filter(~Exists(figures))
        if chosen.get("state") == "to-send":
            area = area.filter(Exists(figures.to_send()))
        if chosen.get("state") == "waiting":
            area = area.filter(Exists(figures.waiting()))
        return area
