"""Forms to browse winners of past periods, and to settle open questions."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Candidate, PastAward
from awards.models.editions import GOVERNMENTS, CandidateKind
from awards.models.history import PastAwardQuerySet
from awards.models.selections import Level
from awards.names import name_key
from paritrana.display.form_fields import choice_field, model_field
from paritrana.display.searched_choice import SearchedChoice, SearchingForm
from regions.models import Region
from regions.naming import lay_in

SETTLED = ("province", "kind", "prize", "place", "is_joint", "zone", "name", "region", "candidate", "same_as", "remark")
"""What a person may set by hand; the words it was published in stay."""


class WinnersFilter(forms.Form):
    """By period, province and kind of candidate; invalid values filter nothing."""

    q = forms.CharField(label=gettext_lazy("Name"), max_length=100, required=False)
    period = forms.ChoiceField(label=gettext_lazy("Period"), required=False)
    province = forms.ChoiceField(label=gettext_lazy("Selection"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Category"), required=False)

    def __init__(self, data: Any, among: PastAwardQuerySet) -> None:
        super().__init__(data)
        rows = among.order_by()
        periods = sorted(set(rows.values_list("period", flat=True)), reverse=True)
        provinces = Region.objects.filter(pk__in=rows.values("province")).order_by("code")
        kinds = set(rows.values_list("kind", flat=True))
        every = ("", _("All"))
        choice_field(self, "period").choices = [every, *((str(year), str(year)) for year in periods)]
        choice_field(self, "province").choices = [
            every,
            (Level.NATIONAL.value, _("National selection")),
            *((province.code, province.name) for province in provinces),
        ]
        choice_field(self, "kind").choices = [every, *(pair for pair in CandidateKind.choices if pair[0] in kinds)]

    def narrow(self, rows: PastAwardQuerySet) -> PastAwardQuerySet:
        self.is_valid()
        chosen = self.cleaned_data
        for word in name_key(chosen.get("q") or "").split():
            rows = rows.filter(Q(name_key__contains=word) | Q(region__name__icontains=word))
        if chosen.get("period"):
            rows = rows.filter(period=int(chosen["period"]))
        if chosen.get("province") == Level.NATIONAL:
            rows = rows.filter(level=Level.NATIONAL)
        elif chosen.get("province"):
            rows = rows.filter(province__code=chosen["province"])
        return rows.filter(kind=chosen["kind"]) if chosen.get("kind") else rows


class NamesakeField(forms.ModelChoiceField):
    def label_from_instance(self, obj: PastAward) -> str:
        return f"{obj} ({obj.place_words}; {obj.region or obj.selection_text})"


class SettleForm(SearchingForm, forms.ModelForm):
    """What was won, by whom and where; the likeliest of the ``candidates`` come first, ``namesakes`` are the awards it
    may be the same as."""

    candidate = SearchedChoice(label=gettext_lazy("Candidate"), required=False)
    region = SearchedChoice(label=gettext_lazy("Region"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("How you know"),
        help_text=gettext_lazy("It is kept in the trail."),
        max_length=300,
    )

    class Meta:
        model = PastAward
        fields = SETTLED
        field_classes: ClassVar = {"same_as": NamesakeField}

    def __init__(
        self, *args: Any, candidates: QuerySet[Candidate], namesakes: list[PastAward] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].required = True
        self.fields["place"].label = _("Place")
        self.offer("region", _nearest_first(self.instance.province_id))
        self.offer("candidate", candidates)
        self._ask_province()
        self._ask_namesakes(namesakes or [])
        self.initial["version"] = self.instance.version

    def _ask_province(self) -> None:
        """Only where it is the question; what the published words may mean is chosen, never guessed."""
        award = self.instance
        if not award.is_unplaced and "province" not in award.questions:
            del self.fields["province"]
            return
        field = model_field(self, "province")
        field.required, field.queryset = True, Region.objects.provinces().order_by("code")
        if award.province_words:
            field.help_text = _("Published as “%(words)s”.") % {"words": award.province_words}

    def _ask_namesakes(self, namesakes: list[PastAward]) -> None:
        if not namesakes:
            del self.fields["same_as"]
            return
        field = model_field(self, "same_as")
        field.queryset = PastAward.objects.filter(pk__in=[one.pk for one in namesakes])
        field.empty_label = _("none of these: it is another award")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, candidate, region = (cleaned.get(name) for name in ("kind", "candidate", "region"))
        if candidate and kind and candidate.kind != kind:
            self.add_error("candidate", ValidationError(_("The candidate is of another kind."), code="kind"))
        if kind in GOVERNMENTS and region and region.is_province != (kind == CandidateKind.PROVINCE):
            self.add_error("region", ValidationError(_("The region does not fit the kind."), code="region"))
        province = cleaned.get("province") or self.instance.province
        if province and region and not lay_in(region, province, self.instance.period):
            self.add_error("region", ValidationError(_("The region does not lie in the province."), code="region"))
        if cleaned.get("prize") == PastAward.Prize.PLACE and not cleaned.get("place"):
            self.add_error("place", ValidationError(_("Give the place."), code="place"))
        return cleaned

    def _post_clean(self) -> None:
        """The row is written by the action."""

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SETTLED if name in self.fields}


def _nearest_first(province: int | None) -> QuerySet[Region]:
    """Every region, those of the province before the others."""
    is_near = Q(pk=province) | Q(parent=province) if province else Q(pk=None)
    return Region.objects.order_by(Case(When(is_near, then=0), default=1), "code")
