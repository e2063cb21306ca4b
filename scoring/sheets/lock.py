"""Checks whether a sheet may be edited, and locks what that depends on until the transaction ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from awards.stages import Permission
from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from scoring.assignments import no_shows
from scoring.assignments.assignment import AssignedNomination, Assignment, SheetNomination
from scoring.assignments.criteria import nobody_came
from scoring.models import Seat
from scoring.permissions import panel_closed_message, share


def nomination_to_score(request: UserRequest, assignment: Assignment, pk: int) -> SheetNomination:
    """A nomination of the assignment in which neither juror nor assistant has a conflict of interest."""
    nomination = assignment.nomination(pk, request.user)
    if nomination is None or nomination.keeps_out:
        raise Http404
    return nomination


@dataclass(frozen=True)
class Opened(AssignedNomination):
    """Facts that cannot change until the transaction ends:

    seat, nomination with its present selection, and criteria.
    """

    by: User


@contextmanager
def opened(seat: Seat, nomination: int, by: User) -> Iterator[Opened]:
    """A transaction in which this sheet may be edited; see ``require_open``."""
    with transaction.atomic():
        yield require_open(seat, nomination, by)


def require_open(seat: Seat, nomination: int, by: User) -> Opened:
    """The seat may mark this nomination (its key) now, and this person types for the seat.

    PermissionDenied, or ValidationError with ``not-your-seat``, ``not-judged``, ``conflict``, ``undeclared`` or
    ``candidate-absent``.
    """
    selection = share(seat.panel.selection, Permission.SCORE, seat.user)
    # Jurors share the row of their selection; the devices of one juror come one after the other, by the own seat.
    # Whole rows, since ``of`` is passed over where values are asked for.
    typed = Seat.objects.of(by) if seat.user == by else Seat.objects.assisted_by(by).sitting()
    rows = typed.filter(pk=seat.pk).order_by().select_for_update(no_key=True, of=("self",))
    mine = [row.panel.closed_at for row in rows.select_related("panel").only("panel__closed_at")]
    if not mine:
        raise ValidationError(_("This seat is not yours."), code="not-your-seat")
    if mine != [None]:
        raise PermissionDenied(panel_closed_message())
    assignment = Assignment.of(seat, selection)
    found = assignment.nomination(nomination, by)
    if found is None:
        raise ValidationError(_("The panel does not judge this candidate."), code="not-judged")
    if found.keeps_out:
        raise ValidationError(_("You keep out of this candidate."), code="conflict")
    if not found.is_declared:
        raise ValidationError(_("Declare first whether you have a conflict of interest."), code="undeclared")
    sheet = Opened(assignment, found, by)
    if nobody_came(found.attended, sheet.criteria[0].aspect.rubric):
        raise ValidationError(no_shows.message(found), code="candidate-absent")
    return sheet
