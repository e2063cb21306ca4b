"""Which marks a reader may see, and whether with the names of the jurors."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from awards import permissions
from awards.models import Nomination, Selection
from awards.models.editions import GOVERNMENTS
from awards.stages import GONE, Permission
from paritrana.accounts.models import User
from paritrana.refusals import ActRefused
from scoring.models import Conflict, Seat
from scoring.standings.rankings import RankingLine, name_of


def conflicts_of(reader: User) -> QuerySet[Conflict]:
    """The conflicts of interest of this person in candidates that are still there."""
    return Conflict.objects.filter(seat__appointment__user=reader).exclude(nomination__state__in=GONE)


def keeps_out(reader: User, selection: Selection) -> set[int]:
    """The nominations of the selection whose marks are hidden from this reader by a conflict of interest."""
    mine = conflicts_of(reader).filter(seat__panel__selection=selection)
    return set(mine.values_list("nomination", flat=True))


def hidden_from(reader: User, selection: Selection) -> set[int]:
    """As ``keeps_out`` while the places are not public yet, else nothing."""
    found = keeps_out(reader, selection)
    return set() if found and selection.is_sealed and selection.seal.is_public else found


def require_shown(reader: User, selection: Selection, among: Iterable[int] | None = None) -> None:
    """Refuse with the reason what shows one of these nominations, or all, that is hidden from the reader."""
    hidden = hidden_from(reader, selection)
    if hidden and (among is None or not hidden.isdisjoint(among)):
        words = _("You keep out of a candidate of this selection, so you may open this once the result is announced.")
        raise ActRefused(words, selection.get_absolute_url(), _("To the selection"))


def may_name(reader: User, selection: Selection) -> bool:
    return permissions.may(reader, Permission.SEE_MARKS, selection)


def names(seats: dict[int, Seat]) -> dict[int, str]:
    """Number of the seat -> its juror."""
    return {order: seat.user.name for order, seat in seats.items()}


def key_of(category: str, line: RankingLine, known: dict[tuple[str, str, str], int]) -> int | None:
    """The nomination of a line of a ranking of this category; ``known`` as ``nominations_of`` gives it."""
    return known.get((category, line.code, line.name))


def nominations_of(selection: Selection, lines: Iterable[RankingLine]) -> dict[tuple[str, str, str], int]:
    """(category, region, name in a ranking) -> the nomination's key, of those on these lines; one query."""
    shown = list(lines)
    named = Q(candidate__name__in={line.name for line in shown})
    named |= Q(candidate__kind__in=GOVERNMENTS, candidate__region__code__in={line.code for line in shown})
    rows = Nomination.objects.filter(named, selection=selection).select_related("category", "candidate__region")
    return {(row.category.slug, row.candidate.region.code, name_of(row.candidate)): row.pk for row in rows.order_by()}
