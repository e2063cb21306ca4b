"""The filter of winners by edition, province, category and zone. Invalid values filter nothing."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models.selections import Level
from paritrana.display.form_fields import choice_field
from scoring.public.announced import Announcement, Winner, zone_of, zones_of


class PublicFilter(forms.Form):
    edition = forms.ChoiceField(label=gettext_lazy("Edition"), required=False)
    province = forms.ChoiceField(label=gettext_lazy("Selection"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    zone = forms.ChoiceField(label=gettext_lazy("Zone"), required=False)

    def __init__(self, data: Any, announced: list[Announcement]) -> None:
        """The choices come from announced results only, so they reveal nothing else."""
        super().__init__(data)
        self.zones = zones_of(announced)
        self.winners = [winner for each in announced for winner in each.winners]
        editions = {each.selection.edition.slug: each.selection.edition.label for each in announced}
        provinces = {_place(each): each.selection.place_name for each in announced}
        categories = {each.ranking.category_slug: each.ranking.category for each in self.winners}
        zones = {name: name for each in self.winners if (name := zone_of(each, self.zones))}
        for name, found in [("edition", editions), ("province", provinces)]:
            choice_field(self, name).choices = [("", _("All")), *found.items()]
        for name, found in [("category", categories), ("zone", zones)]:
            choice_field(self, name).choices = [("", _("All")), *sorted(found.items(), key=lambda pair: pair[1])]

    def narrowed(self) -> list[Winner]:
        self.is_valid()
        chosen = self.cleaned_data
        tests = {
            "edition": lambda winner: winner.selection.edition.slug,
            "province": lambda winner: _place(winner.announcement),
            "category": lambda winner: winner.ranking.category_slug,
            "zone": lambda winner: zone_of(winner, self.zones),
        }
        wanted = [(tests[name], value) for name, value in chosen.items() if value]
        return [winner for winner in self.winners if all(fact(winner) == value for fact, value in wanted)]

    def in_words(self) -> dict[str, tuple[str, str]]:
        """field -> the value chosen and its words, of what really filters."""
        self.is_valid()
        words: dict[str, dict[Any, Any]] = {
            name: dict(cast("Any", choice_field(self, name).choices)) for name in self.fields
        }
        return {name: (value, str(words[name][value])) for name, value in self.cleaned_data.items() if value}


def _place(announcement: Announcement) -> str:
    province = announcement.selection.province
    return province.code if province else Level.NATIONAL.value
