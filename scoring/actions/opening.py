"""When a sheet may be typed into: asked once, and true until the transaction ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from awards.models import Criterion, Nomination, Selection
from awards.stages import Permission
from paritrana.accounts.models import User
from scoring import absence, assisting
from scoring.judging import Asked, criteria_in_force, marked_nominations, named, nobody_came
from scoring.models import Conflict, Declaration, Seat
from scoring.permissions import closed_words, hold


@dataclass(frozen=True)
class Opened:
    """What stays true until the transaction ends: this person may type for this seat what the criteria ask of the
    nomination, which carries its selection as it is now."""

    seat: Seat
    nomination: Nomination
    criteria: list[Criterion]
    by: User


@contextmanager
def opened(seat: Seat, nomination: int, by: User) -> Iterator[Opened]:
    """A transaction in which this sheet may be typed into; see ``require_open``."""
    with transaction.atomic():
        yield require_open(seat, nomination, by)


def require_open(seat: Seat, nomination: int, by: User) -> Opened:
    """The seat may mark this nomination (its key) now, and this person types for it; raises PermissionDenied, or
    ValidationError with ``not-your-seat``, ``not-judged``, ``conflict``, ``undeclared`` or ``candidate-absent``."""
    selection = hold(seat.panel.selection, Permission.SCORE, seat.user)
    mine = list(Seat.objects.typed_by(by).filter(pk=seat.pk).order_by().values_list("panel__closed_at", flat=True))
    if not mine:
        raise ValidationError(_("This seat is not yours."), code="not-your-seat")
    if mine != [None]:
        raise PermissionDenied(closed_words())
    asked = criteria_in_force(selection, Criterion.Kind.MARK)
    found = _judged(seat, nomination, selection, asked)
    if found is None:
        raise ValidationError(_("The panel does not judge this candidate."), code="not-judged")
    _require_word(seat, found, by)
    criteria = asked[found.category_id]
    if nobody_came(found.attended, criteria[0].aspect.rubric):
        raise ValidationError(absence.words(found), code="candidate-absent")
    return Opened(seat, found, criteria, by)


def _judged(seat: Seat, nomination: int, selection: Selection, asked: Asked) -> Nomination | None:
    """With what the juror said of it: ``keeps_out`` and ``is_declared``."""
    about = {"seat": seat, "nomination": OuterRef("pk")}
    said = {"keeps_out": Exists(Conflict.objects.filter(**about))}
    said["is_declared"] = Exists(Declaration.objects.filter(**about))
    found = named(marked_nominations(selection, asked)).filter(pk=nomination).annotate(**said).first()
    if found:
        found.selection = selection
    return found


def _require_word(seat: Seat, nomination: Nomination, by: User) -> None:
    """``conflict`` where the juror, or an assistant who types, keeps out; ``undeclared`` before both said a word."""
    word = assisting.words(seat, by).get(nomination.pk) if by != seat.user else False
    if nomination.keeps_out or word:
        raise ValidationError(_("You keep out of this candidate."), code="conflict")
    if not nomination.is_declared or word is None:
        raise ValidationError(_("Declare first whether you have a conflict of interest."), code="undeclared")
