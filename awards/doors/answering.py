"""Whom the contact of a candidate deals with: a person of the branch that has the region now."""

from awards.letters.news import nominators
from awards.models import CandidateDoor
from awards.permissions import granted_on
from awards.stages import Permission
from paritrana.accounts.models import User


def answering(door: CandidateDoor) -> list[User]:
    """Who answers for the nomination: whoever invited, or the present branch once that person has left it."""
    by = door.sent_by
    is_there = by.is_active and Permission.INVITE_CONTACT in granted_on(by, door.nomination)
    return [by] if is_there else list(nominators([door.nomination]))
