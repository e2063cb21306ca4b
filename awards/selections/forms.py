"""Forms of a selection's calendar and categories; times are in the selection's own zone, not the server's."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.editions import defaults
from awards.editions.calendar_days import calendar_of
from awards.editions.calendar_forms import CalendarFields
from awards.editions.succession import note_on
from awards.models import Category, Edition, Selection, StageDate
from awards.models.editions import CandidateKind
from awards.selections.actions import OWN_GOVERNMENT, may_judge
from awards.selections.calendar import Plan, Span, announced_until, dates_of, fingerprint
from awards.selections.national_calendar import own_stages, spans_of_nation
from awards.stages import DATED, Stage
from paritrana.display.days import MomentField
from paritrana.display.form_fields import choice_field, model_field, retyped, text_box
from regions.models import Region


class CalendarForm(forms.Form):
    """Fields ``nominasi_opens``, ``nominasi_closes``, ``nominasi_reason`` for each stage that has dates."""

    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, selection: Selection, **kwargs: Any) -> None:
        dates = dates_of(selection)
        start: dict[str, Any] = {"seen": fingerprint(dates)}
        for stage, date in dates.items():
            start |= {
                f"{stage}_opens": date.opens_at,
                f"{stage}_closes": date.closes_at,
                f"{stage}_reason": date.extension_reason,
            }
        super().__init__(data, initial=start, **kwargs)
        zone = {"zone": selection.zone_label}
        for stage in DATED:
            moment: dict[str, Any] = {"zone": selection.tzinfo, "required": False}
            opens = _("Planned for (%(zone)s)") if stage == Stage.ANNOUNCED else _("Opens (%(zone)s)")
            self.fields[f"{stage}_opens"] = MomentField(label=opens % zone, **moment)
            if stage == Stage.ANNOUNCED:
                continue
            self.fields[f"{stage}_closes"] = MomentField(label=_("Closes (%(zone)s)") % zone, is_end=True, **moment)
            self.fields[f"{stage}_reason"] = forms.CharField(
                label=_("Reason for closing later or earlier"), required=False, max_length=300
            )
        self.dates, self.selection = dates, selection

    def rows(self) -> list[dict[str, Any]]:
        """Each stage with its fields, its saved dates and those of all provinces, for the template."""
        own, nation = own_stages(self.selection), spans_of_nation(self.selection)
        return [
            {
                "stage": stage,
                "date": self.dates.get(stage),
                "nation": _in_words(nation.get(stage), stage, self.selection),
                "is_own": stage in own,
                "opens": self[f"{stage}_opens"],
                "closes": self[f"{stage}_closes"] if f"{stage}_closes" in self.fields else None,
                "reason": self[f"{stage}_reason"] if f"{stage}_reason" in self.fields else None,
            }
            for stage in DATED
        ]

    def plan(self) -> Plan:
        """The typed dates, once the form is valid."""
        typed = self.cleaned_data
        return {stage: _span(stage, typed, self.dates.get(stage)) for stage in DATED}

    def differences(self, selection: Selection) -> list[dict[str, Any]]:
        """Where typed and saved dates differ, as texts."""
        found, saved = [], dates_of(selection)
        for stage, span in self.plan().items():
            now = saved.get(stage)
            for edge, label in (("opens_at", _("opens")), ("closes_at", _("closes"))):
                mine, theirs = getattr(span, edge), getattr(now, edge, None)
                if mine != theirs:
                    found.append(
                        {
                            "label": f"{Stage(stage).label}: {label}",
                            "mine": selection.moment(mine),
                            "theirs": selection.moment(theirs),
                        }
                    )
        return found

    def rebased(self, selection: Selection) -> "CalendarForm":
        """The same typed values on the calendar as saved now."""
        data = retyped(self, seen=fingerprint(dates_of(selection)))
        return CalendarForm(data, selection=selection)


class NationalCalendarForm(CalendarFields):
    """The days of all provinces; the reason is asked on the review, where a published close moves."""

    reason = text_box(
        _("Reason for closing later or earlier"),
        300,
        rows=2,
        required=False,
        help_text=_("It is shown with the new date in every province that follows, and told to those waiting."),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stage, days in calendar_of(edition).items():
            for name, day in ((f"{stage}_opens", days.opens_on), (f"{stage}_closes", days.closes_on)):
                if day:
                    self.initial[name] = day
                    self.fields[name].help_text = note_on(day, None)


def _span(stage: Stage, typed: dict[str, Any], date: StageDate | None) -> Span:
    opens = typed[f"{stage}_opens"]
    if stage == Stage.ANNOUNCED:
        is_same = date is not None and date.opens_at == opens
        return Span(opens, date.closes_at if date and is_same else announced_until(opens))
    return Span(opens, typed[f"{stage}_closes"], typed[f"{stage}_reason"])


def _in_words(span: Span | None, stage: Stage, selection: Selection) -> str:
    if span is None:
        return ""
    moments = [span.opens_at] if stage == Stage.ANNOUNCED else [span.opens_at, span.closes_at]
    return " – ".join(selection.moment(moment) for moment in moments)


class EarlyForm(forms.Form):
    """Why a stage is opened or closed otherwise than published; needed only where it is."""

    reason = text_box(
        _("Reason for not keeping to the published dates"),
        300,
        rows=2,
        help_text=_("Whoever waits for this stage reads it, in the letter and on the pages."),
        error_messages={"required": _("Give the reason for not keeping to the published dates.")},
    )

    def __init__(self, *args: Any, is_early: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_early


class TakeBackForm(forms.Form):
    """``stage`` is the one the page showed."""

    stage = forms.CharField(max_length=12, widget=forms.HiddenInput)
    reason = text_box(
        _("Reason for taking the stage back"), 300, help_text=_("Everybody who sees the selection reads it.")
    )


NATION = "nasional"


class OpenForm(forms.Form):
    categories = forms.ModelMultipleChoiceField(
        label=_("Categories they start with"),
        queryset=Category.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each committee may change its own later."),
    )
    pick = forms.MultipleChoiceField(
        label=_("Selections to open"),
        error_messages={"required": _("Tick at least one selection to open.")},
    )

    def __init__(self, data: Any = None, *, edition: Edition, provinces: list[Region], **kwargs: Any) -> None:
        categories = edition.categories.filter(selection=None)
        super().__init__(data, initial={"categories": [category.pk for category in categories]}, **kwargs)
        model_field(self, "categories").queryset = categories
        choice_field(self, "pick").choices = [(NATION, NATION), *[(region.code, region.name) for region in provinces]]
        self._provinces = {region.code: region for region in provinces}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = cleaned.get("categories", [])
        if chosen and any(not any(may_judge(place, one) for one in chosen) for place in self.places()):
            self.add_error("categories", ValidationError(OWN_GOVERNMENT, code="own-government"))
        return cleaned

    def places(self) -> list[Region | None]:
        """The ticked provinces; None is the national selection."""
        return [self._provinces.get(code) for code in self.cleaned_data.get("pick", [])]


class CategoriesForm(forms.Form):
    """``seen`` are the keys of the categories the page showed."""

    seen = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    categories = forms.ModelMultipleChoiceField(
        label=_("This selection competes in"),
        queryset=Category.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One in which somebody is nominated cannot be taken away."),
    )

    def __init__(self, data: Any = None, *, selection: Selection, **kwargs: Any) -> None:
        present = [category.pk for category in selection.categories.all()]
        start = {"seen": written(present), "categories": present}
        super().__init__(data, initial=start, **kwargs)
        model_field(self, "categories").queryset = offered(selection)

    def clean_seen(self) -> set[int]:
        return {int(part) for part in self.cleaned_data["seen"].split("-") if part.isdecimal()}


def offered(selection: Selection) -> Any:
    """The categories of the edition, and those of this selection's own; of a province, not provincial governments."""
    categories = selection.edition.categories
    found = categories.filter(selection=None) | categories.filter(selection=selection)
    if selection.province_id is None:
        return found
    held = selection.categories.values("pk")
    return found.exclude(Q(candidate_kind=CandidateKind.PROVINCE) & ~Q(pk__in=held))


def written(keys: Any) -> str:
    return "-".join(str(key) for key in sorted(keys))


class SelectionCategoryForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    source = forms.ChoiceField(
        label=_("Begin with a copy of"), help_text=_("Its rubric, sectors and titles are copied and then your own.")
    )

    def __init__(self, *args: Any, selection: Selection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "source").choices = defaults.choices(selection)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())
