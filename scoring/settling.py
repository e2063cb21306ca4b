"""A tie no rule could decide, as the plenary finds it: who is equal, at what total, and what was decided so far."""

from __future__ import annotations

from dataclasses import dataclass

from awards.models import Nomination, Selection, Title
from scoring.models import Standing, TieDecision


@dataclass(frozen=True)
class Tie:
    """The equals of one group, in the order of the field, from ``place`` on.

    ``latest`` is the last decision about any of them; it ``is_stale`` where these are not exactly those it was about,
    or their total is another.
    """

    title: Title
    group: str
    place: int
    total: int
    nominations: list[Nomination]
    latest: TieDecision | None

    @property
    def keys(self) -> list[int]:
        return [nomination.pk for nomination in self.nominations]

    @property
    def is_stale(self) -> bool:
        held = self.latest
        return held is not None and (set(held.tied) != set(self.keys) or held.total != self.total)

    @property
    def decision(self) -> TieDecision | None:
        """The one in force."""
        return None if self.is_stale else self.latest

    @property
    def version(self) -> int:
        """Of the last decision about any of them; 0 before the first."""
        return self.latest.version if self.latest else 0


def tie_at(selection: Selection, title: Title, group_order: int, place: int) -> Tie | None:
    """The tie whose first place this is, from the stored standings; None where no two are equal (any more).

    Whom a decision has set apart is still equal by total and rules, so the tie stays where its first place is.
    """
    ranked = Standing.objects.filter(selection=selection, title=title, group_order=group_order, place__gte=place)
    rows = list(ranked.select_related("nomination__candidate__region").order_by("place"))
    first = next((row for row in rows if row.place == place), None)
    if first is None:
        return None
    equal = [row for row in rows if _same_tie(row, first)]
    if len(equal) < 2:
        return None
    found = sorted((row.nomination for row in equal), key=_in_the_field)
    keys = {nomination.pk for nomination in found}
    made = TieDecision.objects.filter(selection=selection, title=title, group=first.group).select_related("decided_by")
    latest = next((row for row in made if keys & set(row.tied)), None)
    return Tie(title, first.group, place, first.total or 0, found, latest)


def _same_tie(row: Standing, first: Standing) -> bool:
    version = first.decided_by.get("version")
    if version is None:
        return row.place == first.place
    return row.total == first.total and row.decided_by.get("version") == version


def _in_the_field(nomination: Nomination) -> tuple[str, str, int]:
    return nomination.candidate.region.code, nomination.candidate.name, nomination.pk
