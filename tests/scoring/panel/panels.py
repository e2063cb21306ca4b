"""Changes of a panel as two people make them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from awards.models import Role, Selection
from paritrana.accounts.models import User
from scoring.models import Seat, SeatChange
from scoring.panel import seat_changes
from tests import builders


def confirmed(change: SeatChange, by: User | None = None) -> Seat:
    """Confirmed by one more member of the committee."""
    return seat_changes.second(change, by=by or builders.committee(change.panel.selection))


def seated(selection: Selection, by: User, role: str = Role.JUROR, user: User | None = None, **terms: Any) -> Seat:
    terms = {"element": "Pakar"} | terms
    return confirmed(seat_changes.ask_seat(selection, user=user or builders.person(), role=role, by=by, **terms))


def ended(seat: Seat, by: User) -> None:
    confirmed(seat_changes.ask_end(seat, by=by))


def substituted(seat: Seat, by: User, user: User | None = None) -> Seat:
    return confirmed(seat_changes.ask_substitute(seat, user=user or builders.person(), reason="Mutasi", by=by))


def refused(code: str, call: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """The call is refused for this reason."""
    with pytest.raises(ValidationError) as error:
        call(*args, **kwargs)
    assert error.value.code == code
