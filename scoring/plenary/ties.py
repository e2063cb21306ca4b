"""The plenary decides a tie that no rule can: by vote, with a reason, into an order or a shared place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Nomination, Selection, Title
from awards.models.rubrics import Awarding
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.edit_conflicts import EditConflict
from scoring.models import Standing, TieDecision
from scoring.permissions import hold
from scoring.plenary.deliberation import require_part
from scoring.standings import store
from scoring.standings.visibility import conflicts_of


@transaction.atomic
def settle(
    selection: Selection,
    tie: Tie,
    agreed: list[list[int]],
    *,
    group_order: int,
    votes: tuple[int, int, int],
    reason: str,
    version: int,
    by: User,
) -> TieDecision:
    """Record the order of a tie: nominations, best first, those that share a place together.

    ``votes`` are for, against, abstaining. Raises EditConflict, and ValidationError: ``no-tie`` when the tied
    candidates or their total changed, ``not-the-tied`` when the order does not name each once, ``conflict``,
    ``reason``, ``majority``.
    """
    held = hold(selection, Permission.DELIBERATE, by)
    require_part(held, tie.keys, by)
    store.refresh(held)
    now = tie_at(held, tie.title, group_order, tie.place)
    if now is None or (now.keys, now.total) != (tie.keys, tie.total):
        raise ValidationError(_("These candidates are no longer tied like this. Please look again."), code="no-tie")
    if sorted(key for sharing in agreed for key in sharing) != sorted(now.keys):
        raise ValidationError(_("The order names every tied candidate once."), code="not-the-tied")
    if not reason.strip():
        raise ValidationError(_("Give the plenary's reason."), code="reason")
    if votes[0] <= votes[1]:
        raise ValidationError(_("A decision has more votes for it than against it."), code="majority")
    if now.latest and now.version != version:
        raise EditConflict(now.latest)
    made = _write(held, now, agreed, votes, reason.strip(), by)
    detail = {"title": tie.title.slug, "group": tie.group, "total": made.total, "agreed": agreed, "votes": list(votes)}
    trail.record(by, "tie.decide", made, selection=held.pk, reason=made.reason, **detail)
    store.refresh(held)
    return made


def _write(
    selection: Selection, tie: Tie, agreed: list[list[int]], votes: tuple[int, int, int], reason: str, by: User
) -> TieDecision:
    earlier = TieDecision.objects.filter(selection=selection, title=tie.title, group=tie.group).first()
    return TieDecision.objects.create(
        selection=selection,
        title=tie.title,
        group=tie.group,
        version=earlier.version + 1 if earlier else 1,
        tied=tie.keys,
        total=tie.total,
        agreed=agreed,
        reason=reason,
        votes_for=votes[0],
        votes_against=votes[1],
        votes_abstaining=votes[2],
        decided_by=by,
    )


@dataclass(frozen=True)
class Tie:
    """The tied candidates of one group, in the order of the field, from ``place`` on.

    ``latest`` is the last decision about any of them; it ``is_stale`` when its candidates or total are not exactly
    these.
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
        """The decision in force."""
        return None if self.is_stale else self.latest

    @property
    def version(self) -> int:
        """The version of the last decision about any of them; 0 before the first."""
        return self.latest.version if self.latest else 0


def ranked_in(selection: Selection, title: Title, group_order: int) -> QuerySet[Standing, int]:
    """The nominations with a place in a group."""
    ranked = Standing.objects.filter(selection=selection, title=title, group_order=group_order, place__isnull=False)
    return ranked.values_list("nomination", flat=True)


def tie_at(selection: Selection, title: Title, group_order: int, place: int) -> Tie | None:
    """The tie whose first place this is, from the stored standings; None where no candidates are tied (any more).

    Candidates ordered by a decision are still equal by total and rules, so the tie is found at its first place.
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


@dataclass(frozen=True)
class OpenTie:
    """A shared place that matters and that the plenary has not decided, as the check before the seal counts it."""

    selection: int
    title: int
    path: str
    group: str
    group_order: int
    place: int

    def url(self, selection: Selection) -> str:
        return reverse("tie", args=[selection.slug, self.group_order, self.place, self.path])


def open_ties(selections: Iterable[int]) -> list[OpenTie]:
    """Of all these selections, from the stored standings; one query."""
    won = Standing.objects.filter(selection__in=selections, is_tied=True)
    won = won.filter(place__lte=F("title__places") + F("title__harapan"))
    undecided = won.filter(Q(decided_by__by__isnull=True) | ~Q(decided_by__by="plenary"))
    by_place = undecided.order_by("title_id", "group_order", "place").values(
        "selection", "title", "group", "group_order", "place",
        "title__awarding", "title__places", "title__slug", "title__rubric__category__slug",
    )  # fmt: skip
    found = []
    for row in by_place.annotate(sharing=Count("pk")):
        path, place = f"{row['title__rubric__category__slug']}/{row['title__slug']}", row["place"] or 0
        if row["title__awarding"] != Awarding.JOINT or place + row["sharing"] - 1 > row["title__places"]:
            found.append(OpenTie(row["selection"], row["title"], path, row["group"], row["group_order"], place))
    return found


def ties_open_to(reader: User, selections: Iterable[int]) -> list[OpenTie]:
    """As ``open_ties``, without the groups in which the reader keeps out of a candidate; two queries if any is open."""
    found = open_ties(selections)
    if not found:
        return []
    mine = Standing.objects.filter(nomination__in=conflicts_of(reader).values("nomination"), place__isnull=False)
    hidden = set(mine.order_by().values_list("selection", "title", "group_order"))
    return [one for one in found if (one.selection, one.title, one.group_order) not in hidden]
