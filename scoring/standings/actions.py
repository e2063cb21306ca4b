"""Computing the stored standings anew where they are not what the rows give: an act of its own, in the trail."""

from __future__ import annotations

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
    """Store what the rows give; how many standings were not that. Nothing happens, and nothing is recorded, at 0.

    The trail holds which facts of how many rows were wrong in which title, and no value: it is read by people who may
    not know the result yet.
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
