"""What stands in the way of a seal because the records contradict each other: the trail and the invariants."""

from __future__ import annotations

from django.urls import reverse

from awards.models import Selection
from paritrana.accounts import trail
from scoring import invariants
from scoring.obstacles import Item


def trail_broken(selection: Selection) -> list[Item]:
    fault = next(trail.faults(), None)
    return [Item(fault, fault, reverse("trail"))] if fault else []


def invariants_broken(selection: Selection) -> list[Item]:
    """The stored standings are asked for on their own, in the transaction that seals."""
    return [Item(str(broken), str(broken)) for broken in invariants.broken(selection, without={"standings"})]
