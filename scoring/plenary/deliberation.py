"""The order by scores of a title and the order the plenary agreed on."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Nomination, Selection, Title
from awards.models.rubrics import Awarding
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.edit_conflicts import EditConflict
from scoring.models import Deliberation, Standing
from scoring.permissions import hold
from scoring.standings import visibility
from scoring.standings.store import titles_of

Places = dict[str, dict[int, int]]


@dataclass(frozen=True)
class DeliberationRow:
    nomination: Nomination
    place: int
    total: int | None
    agreed: int
    """The agreed place; without a deliberation the order by scores, numbered without shared places."""
    shared: int = 1
    """How many share the place by their totals."""

    @property
    def moved(self) -> int:
        """Places higher than by the scores; the order among equals does not count."""
        last = self.place + self.shared - 1
        return self.place - self.agreed if self.agreed < self.place else min(last - self.agreed, 0)

    @property
    def is_far(self) -> bool:
        return abs(self.moved) >= Deliberation.FAR


@dataclass(frozen=True)
class GroupOrder:
    """One group of one title. ``is_stale``: its candidates or their places changed since it was agreed."""

    title: Title
    group: str
    number: int
    rows: list[DeliberationRow]
    deliberation: Deliberation | None
    is_stale: bool

    @property
    def keys(self) -> list[int]:
        return [row.nomination.pk for row in self.rows]


def score_order(selection: Selection, title: Title) -> Places:
    """Group -> nomination -> place, best first, from the stored standings."""
    found: Places = defaultdict(dict)
    ranked = Standing.objects.filter(selection=selection, title=title, place__isnull=False)
    ordered = ranked.order_by("group_order", "place", "nomination__candidate__name", "nomination_id")
    for group, nomination, place in ordered.values_list("group", "nomination", "place"):
        found[group][nomination] = cast("int", place)
    return dict(found)


_SHOWN = ("title", "group", "place", "total", "nomination__candidate__name")


def orders(selection: Selection) -> list[GroupOrder]:
    """Every group of every ranked title, without what places were made from."""
    titles = {one.pk: one for one in titles_of(selection) if one.awarding != Awarding.SPECIAL}
    ranked: dict[tuple[int, str], list[Standing]] = defaultdict(list)
    standings = Standing.objects.filter(selection=selection, title__in=titles, place__isnull=False)
    named = standings.select_related("nomination__candidate").only(*_SHOWN)
    for row in named.order_by("group_order", "place", "nomination__candidate__name", "nomination_id"):
        ranked[row.title_id, row.group].append(row)
    latest: dict[tuple[int, str], Deliberation] = {}
    for one in Deliberation.objects.filter(selection=selection).select_related("decided_by"):
        latest.setdefault((one.title_id, one.group), one)  # the last version comes first
    found = []
    for key in titles:
        for number, ((title, group), rows) in enumerate(item for item in ranked.items() if item[0][0] == key):
            found.append(_order(titles[title], group, number, rows, latest.get((title, group))))
    return found


def _order(title: Title, group: str, number: int, standings: list[Standing], latest: Deliberation | None) -> GroupOrder:
    scored = [row.nomination_id for row in standings]
    is_stale = latest is not None and latest.scored != scored
    agreed = latest.agreed if latest and not is_stale else scored
    held, agreed_at = Counter(row.place for row in standings), {key: at for at, key in enumerate(agreed, 1)}
    rows = [
        DeliberationRow(row.nomination, row.place or 0, row.total, agreed_at[row.nomination_id], held[row.place])
        for row in standings
    ]
    return GroupOrder(title, group, number, rows, latest, is_stale)


def require_part(selection: Selection, nominations: Iterable[int], by: User) -> None:
    """ValidationError ``conflict`` where this person keeps out of one of these: somebody else records it."""
    if not visibility.keeps_out(by, selection).isdisjoint(nominations):
        raise ValidationError(
            _("You keep out of one of these candidates. Somebody else who leads the panel records it."), code="conflict"
        )


@transaction.atomic
def agree(
    selection: Selection, title: Title, group: str, agreed: list[int], *, reason: str, version: int, by: User
) -> Deliberation:
    """Record the agreed order of a group: nominations by primary key, first place first. Raises EditConflict.

    Candidates that share a place may be in any order without a reason. ValidationError ``conflict``, ``reason``, and
    ``not-ranked`` when ``agreed`` differs from the ranked candidates of this group.
    """
    hold(selection, Permission.DELIBERATE, by)
    require_part(selection, agreed, by)
    places = score_order(selection, title).get(group, {})
    if not places or sorted(agreed) != sorted(places):
        raise ValidationError(_("The order names every ranked candidate of the group once."), code="not-ranked")
    of_places = [places[key] for key in agreed]
    differs = of_places != sorted(of_places)
    if differs and not reason.strip():
        raise ValidationError(_("The agreed order leaves the score order: say why."), code="reason")
    earlier = Deliberation.objects.filter(selection=selection, title=title, group=group).first()
    if earlier and earlier.version != version:
        raise EditConflict(earlier)
    made = Deliberation.objects.create(
        selection=selection,
        title=title,
        group=group,
        version=earlier.version + 1 if earlier else 1,
        scored=list(places),
        agreed=agreed,
        differs=differs,
        reason=reason.strip(),
        decided_by=by,
    )
    trail.record(by, "plenary.agree", made, title=title.slug, group=group, differs=differs, reason=made.reason)
    return made
