"""The plenary's decision on a tie: an order of the equals, the votes and the reason."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paritrana.numbers import CountField
from scoring.forms.sheets import VersionForm
from scoring.settling import Tie

MOST_VOTES = 99


class TieForm(VersionForm):
    """A rank for each of the equals, 1 the best; equal ranks go on sharing the place."""

    votes_for = CountField(label=_("Votes for"), max_value=MOST_VOTES)
    votes_against = CountField(label=_("Votes against"), max_value=MOST_VOTES)
    votes_abstaining = CountField(label=_("Abstaining"), max_value=MOST_VOTES)
    reason = forms.CharField(
        label=_("Reason of the plenary"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, tie: Tie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tie = tie
        numbers = [(number, str(number)) for number in range(1, len(tie.nominations) + 1)]
        for nomination in tie.nominations:
            self.fields[f"rank_{nomination.pk}"] = forms.TypedChoiceField(
                label=str(nomination), choices=[("", _("choose")), *numbers], coerce=int
            )

    def ranks(self) -> list[forms.BoundField]:
        """The boxes of the order, candidate by candidate."""
        return [self[f"rank_{key}"] for key in self.tie.keys]

    def agreed(self) -> list[list[int]]:
        """The nominations by primary key, best first; those of equal rank together."""
        rank = {key: self.cleaned_data[f"rank_{key}"] for key in self.tie.keys}
        return [list(sharing) for _rank, sharing in groupby(sorted(rank, key=rank.__getitem__), key=rank.__getitem__)]

    def votes(self) -> tuple[int, int, int]:
        """For, against, abstaining."""
        told = self.cleaned_data
        return told["votes_for"], told["votes_against"], told["votes_abstaining"]
