from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from awards.models import Letter, Selection
from awards.models.letters import LetterQuerySet
from paritrana.accounts.models import User


class LetterFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Letter.State.choices, method="by_state", empty_label=_("All states")
    )
    selection = django_filters.ModelChoiceFilter(
        label=_("Selection"), queryset=Selection.objects.none(), empty_label=_("All selections")
    )

    class Meta:
        model = Letter
        fields = ("selection",)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["selection"].queryset = Selection.objects.visible_to(user).with_context()

    def by_state(self, letters: LetterQuerySet, name: str, value: str) -> LetterQuerySet:
        return letters.in_state(value)
