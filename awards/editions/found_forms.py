"""Founding an edition: what it starts from, and its head and calendar, filled from that."""

import json
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from awards.editions.calendar_forms import CalendarFields
from awards.editions.export import exported
from awards.editions.forms import HeadFields
from awards.editions.succession import free_slug, note_on, proposed_head, without_sources, year_later
from awards.models import Edition
from paritrana.display.form_fields import choice_field

SHIPPED = settings.BASE_DIR / "fixtures" / "editions"


class SourceForm(forms.Form):
    """What a new edition begins as: an edition the person sees, or a built-in document."""

    source = forms.ChoiceField(label=_("Start from"))

    def __init__(self, *args: Any, editions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editions = {f"edition:{edition.slug}": edition for edition in editions}
        copies = [(key, str(edition)) for key, edition in self.editions.items()]
        shipped = [(f"shipped:{file.stem}", _shipped_label(file.stem)) for file in sorted(SHIPPED.glob("*.json"))[::-1]]
        choice_field(self, "source").choices = [(_("Copy of an edition"), copies), (_("Shipped defaults"), shipped)]
        self.first = (copies or shipped)[0][0]

    def chosen(self, key: str) -> Any:
        """The document of the choice."""
        if key in self.editions:
            return without_sources(exported(self.editions[key]))
        return json.loads((SHIPPED / f"{key.removeprefix('shipped:')}.json").read_text(encoding="utf-8"))


class FoundForm(SourceForm, HeadFields, CalendarFields):
    """A new edition, filled from its source: a copy is the year after, a built-in document is as it is."""

    slug = forms.SlugField(
        label=_("Short name"), max_length=20, help_text=_("Part of every address, for example 2025; it cannot change.")
    )

    def __init__(self, *args: Any, wanted: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = choice_field(self, "source")
        source.widget = forms.HiddenInput()
        key = wanted if source.valid_value(wanted) else self.first
        document = self.chosen(key)
        taken = set(Edition.objects.values_list("slug", flat=True))
        is_copy = key in self.editions
        head = proposed_head(document, taken) if is_copy else document | {"slug": free_slug(document["slug"], taken)}
        self.initial = {"source": key, **{name: head[name] for name in (*HeadFields.base_fields, "slug")}}
        self.copied = _numbers(document)
        if is_copy:
            self._propose_days({name: date.fromisoformat(document[name]) for name in ("period_start", "period_end")})
            self._propose_days(_days_by_field(document.get("calendar", {})))

    def _propose_days(self, before: dict[str, date]) -> None:
        for name, day in before.items():
            self.initial[name] = year_later(day)
            self.fields[name].help_text = note_on(self.initial[name], day)

    def document(self) -> Any:
        """The chosen document with the new head and calendar."""
        head = self.head()
        dates = {key: head[key].isoformat() for key in ("period_start", "period_end")}
        days = {
            stage: {name: day.isoformat() for name, day in one._asdict().items() if day}
            for stage, one in self.calendar().items()
        }
        source = self.chosen(self.cleaned_data["source"])
        return source | head | dates | {"calendar": days, "slug": self.cleaned_data["slug"], "is_example": False}


def _days_by_field(calendar: dict[str, dict[str, str]]) -> dict[str, date]:
    """The days of a document by their fields: ``nominasi_opens``."""
    return {
        f"{stage}_{edge.removesuffix('_on')}": date.fromisoformat(day)
        for stage, days in calendar.items()
        for edge, day in days.items()
    }


def _numbers(document: dict[str, Any]) -> dict[str, int]:
    """What comes with the source, counted."""
    categories = document["categories"]
    criteria = [aspect["criteria"] for one in categories for aspect in one["rubric"]]
    return {
        "zones": len(document.get("zones", [])),
        "categories": len(categories),
        "criteria": sum(map(len, criteria)),
        "titles": sum(len(one.get("titles", [])) for one in categories),
    }


def _shipped_label(stem: str) -> Any:
    return _("Default rubrics for every kind of candidate") if stem == "default" else _("Shape of %s") % stem
