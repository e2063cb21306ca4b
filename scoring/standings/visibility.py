"""Which marks a reader may see, and whether with the names of the jurors."""

from __future__ import annotations

from awards import permissions
from awards.models import Nomination, Selection
from awards.stages import Permission
from paritrana.accounts.models import User
from scoring.models import Conflict, Seat
from scoring.standings.rankings import name_of


def keeps_out(reader: User, selection: Selection) -> set[int]:
    """The nominations of the selection whose marks are hidden from this reader by a conflict of interest."""
    mine = Conflict.objects.filter(seat__panel__selection=selection, seat__appointment__user=reader)
    return set(mine.values_list("nomination", flat=True))


def may_name(reader: User, selection: Selection) -> bool:
    return permissions.may(reader, Permission.SEE_MARKS, selection)


def names(seats: dict[int, Seat]) -> dict[int, str]:
    """Number of the seat -> its juror."""
    return {order: seat.user.name for order, seat in seats.items()}


def nominations_of(selection: Selection) -> dict[tuple[str, str, str], int]:
    """(category, region, name in a ranking) -> the nomination's key; one query."""
    rows = Nomination.objects.filter(selection=selection).select_related("category", "candidate__region")
    return {(row.category.slug, row.candidate.region.code, name_of(row.candidate)): row.pk for row in rows.order_by()}
