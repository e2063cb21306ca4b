"""Changes of a panel as two people make them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from awards.models import Role, Selection
from paritrana.accounts.models import User
from scoring.models import Seat, SeatChange
from scoring.panel import invitations, seat_changes
from tests import builders


def confirmed(change: SeatChange, by: User | None = None) -> Seat:
    """Confirmed by one more member of the committee."""
    return seat_changes.second(change, by=by or builders.committee(change.panel.selection))


def asked(
    selection: Selection, *, by: User, user: User | None = None, role: str = Role.JUROR, **terms: Any
) -> SeatChange:
    """Somebody with an account has been invited and has accepted."""
    user = user or builders.person()
    terms = {"element": "Pakar", "name": user.name} | terms
    return invitations.accept(invitations.invite(selection, email=user.email, role=role, by=by, **terms), by=user)


def asked_to_substitute(seat: Seat, *, by: User, user: User | None = None, reason: str = "Mutasi") -> SeatChange:
    terms = {"role": seat.appointment.role, "element": seat.element, "is_observer": seat.is_observer}
    return asked(seat.panel.selection, by=by, user=user, replaces=seat, reason=reason, **terms)


def seated(selection: Selection, by: User, role: str = Role.JUROR, user: User | None = None, **terms: Any) -> Seat:
    return confirmed(asked(selection, user=user, role=role, by=by, **terms))


def ended(seat: Seat, by: User) -> None:
    confirmed(seat_changes.ask_end(seat, by=by))


def substituted(seat: Seat, by: User, user: User | None = None) -> Seat:
    return confirmed(asked_to_substitute(seat, user=user, by=by))


def refused(code: str, call: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """The call is refused for this reason."""
    with pytest.raises(ValidationError) as error:
        call(*args, **kwargs)
    assert error.value.code == code
