"""Recomputes stored standings that differ from the rows, as a recorded action."""

from collections import Counter

from django.db import transaction

from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.permissions import hold
from scoring.standings import comparison, store


@transaction.atomic
def recompute(selection: Selection, *, by: User) -> int:
    """Store the standings computed from the rows; returns how many differed.

    At 0 nothing happens and nothing is recorded. The trail has which facts of how many rows were wrong in which title,
    but no values, since its readers may not know the result yet.
    """
    held = hold(selection, Permission.SEAL, by)
    found = list(comparison.differences(held))
    if not found:
        return 0
    rows = {(one.title.pk, one.nomination.pk): store.path_of(one.title) for one in found}
    store.refresh(held)
    detail = {"titles": Counter(rows.values()), "facts": sorted({one.fact for one in found})}
    trail.record(by, "standings.recompute", held, count=len(rows), **detail)
    return len(rows)
