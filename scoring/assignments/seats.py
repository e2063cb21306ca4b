from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from paritrana.accounts.request_cache import remembered

if TYPE_CHECKING:
    from paritrana.accounts.models import User
    from scoring.models import Seat


_SHOWN = {
    "": ("panel", "element", "order", "is_observer"),
    "appointment__": ("user", "role"),
    "panel__": ("selection", "closed_at", "visibility", "comment_below", "comment_above", "quorum"),
    "panel__selection__": ("slug", "level", "stage", "edition", "province"),
    "panel__selection__edition__": ("label", "period_end"),
    "panel__selection__province__": ("code", "name", "time_zone"),
}
_TYPED = [f"{place}{name}" for place, names in _SHOWN.items() for name in names]
"""The fields of a seat, its panel and its selection that pages read; others cost a query."""


def seats_typed_by(user: User) -> list[Seat]:
    """The seats this person enters marks for now, the own ones first; cached for a request.

    The conditions for assistants are asked only of whoever assists.
    """
    from scoring.models import Seat

    def ask() -> list[Seat]:
        places = ("appointment", "panel__selection__edition", "panel__selection__province")
        here = Q(appointment__user_id=user.pk) | Q(assistant_address=user.email)
        found = Seat.objects.sitting().filter(here).select_related(*places).only(*_TYPED).order_by()
        own = [seat for seat in found if seat.appointment.user_id == user.pk]
        for seat in own:
            seat.appointment.user = user
        others = {seat.pk: seat for seat in found if seat.appointment.user_id != user.pk}
        kept = Seat.objects.assisted_by(user).filter(pk__in=others).values_list("pk", flat=True) if others else []
        assisted = [others[key] for key in kept]
        return sorted([*own, *assisted], key=lambda seat: (seat.user != user, seat.panel_id, seat.order))

    return remembered(user, "seats", ask)
