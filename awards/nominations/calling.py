"""How many a category calls to the national interview, as in 12 provinces in 2023, and what going beyond that takes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.models import Category, Nomination, Selection
from awards.stages import MOVES, NominationState

VERB = "shortlist"


@dataclass(frozen=True)
class Call:
    """A category with its number of places: how many are ``taken``, and how many are ``coming`` by an act."""

    category: Category
    places: int
    taken: int
    coming: int

    @property
    def is_beyond(self) -> bool:
        return self.coming > 0 and self.taken + self.coming > self.places


def calls(verb: str, selection: Selection, chosen: Iterable[Nomination] = ()) -> list[Call]:
    """Every category of a national selection that calls a number of candidates; none for another act."""
    if verb != VERB or selection.province_id:
        return []
    listed = selection.nominations.filter(state=NominationState.SHORTLISTED)
    taken = Counter(listed.values_list("category", flat=True))
    coming = Counter(row.category_id for row in chosen if row.state in MOVES[VERB][0])
    return [
        Call(category, category.called or 0, taken[category.pk], coming[category.pk])
        for category in selection.categories.filter(called__isnull=False)
    ]


def is_beyond(verb: str, selection: Selection, chosen: Iterable[Nomination]) -> bool:
    return any(call.is_beyond for call in calls(verb, selection, chosen))


def require_place(nomination: Nomination, reason: str) -> None:
    """Hold the selection until the transaction ends, so that two people do not both take the last place.

    Raises ValidationError ``called`` for one more than are called, without a reason.
    """
    if not nomination.category.called or reason.strip():
        return
    held = Selection.objects.select_for_update(no_key=True).get(pk=nomination.selection_id)
    for call in calls(VERB, held, [nomination]):
        if call.is_beyond:
            params = {"category": call.category, "places": call.places}
            text = _("%(category)s: %(places)s are called to the national interview. Give the reason for one more.")
            raise ValidationError(text, code="called", params=params)
