"""Narrowing the office's queue."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from regions.models import Coverage, Region, Segment


class QueueFilter(forms.Form):
    """Province, year and segment; anything not understood filters nothing."""

    province = forms.ChoiceField(label=_("Province"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    segment = forms.ChoiceField(label=_("Segment"), required=False)

    def __init__(self, data: Any, waiting: QuerySet[Coverage]) -> None:
        super().__init__(data)
        codes = waiting.order_by().values_list("region__code", flat=True).distinct()
        provinces = Region.objects.provinces().filter(code__in={code[:2] for code in codes})
        years = waiting.order_by("-year").values_list("year", flat=True).distinct()
        self.fields["province"].choices = [("", _("All")), *provinces.values_list("code", "name")]
        self.fields["year"].choices = [("", _("All")), *((str(year), str(year)) for year in years)]
        self.fields["segment"].choices = [("", _("All")), *Segment.objects.values_list("code", "name")]

    def narrow(self, waiting: QuerySet[Coverage]) -> QuerySet[Coverage]:
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("province"):
            waiting = waiting.filter(region__code__startswith=chosen["province"])
        if chosen.get("year"):
            waiting = waiting.filter(year=int(chosen["year"]))
        if chosen.get("segment"):
            waiting = waiting.filter(segment__code=chosen["segment"])
        return waiting
