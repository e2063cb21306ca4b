"""The plenary agrees on an order. Leaving the score order takes a reason; the standings stay what they are."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Selection, Title
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.actions.versions import Overtaken
from scoring.deliberation import score_order
from scoring.models import Deliberation
from scoring.permissions import hold


@transaction.atomic
def agree(
    selection: Selection, title: Title, group: str, agreed: list[int], *, reason: str, version: int, by: User
) -> Deliberation:
    """Record the agreed order of a group: nominations by primary key, first place first. Raises Overtaken.

    Candidates that share a place may stand in any order among each other without a reason: that is no departure from
    the scores. ValidationError ``not-ranked`` when ``agreed`` is not the ranked of this group, ``reason``.
    """
    hold(selection, Permission.DELIBERATE, by)
    places = score_order(selection, title).get(group, {})
    if not places or sorted(agreed) != sorted(places):
        raise ValidationError(_("The order names every ranked candidate of the group once."), code="not-ranked")
    of_places = [places[key] for key in agreed]
    differs = of_places != sorted(of_places)
    if differs and not reason.strip():
        raise ValidationError(_("The agreed order leaves the score order: say why."), code="reason")
    earlier = Deliberation.objects.filter(selection=selection, title=title, group=group).first()
    if earlier and earlier.version != version:
        raise Overtaken(earlier)
    made = Deliberation.objects.create(
        selection=selection,
        title=title,
        group=group,
        version=earlier.version + 1 if earlier else 1,
        scored=list(places),
        agreed=agreed,
        differs=differs,
        reason=reason.strip(),
        decided_by=by,
    )
    trail.record(by, "plenary.agree", made, title=title.slug, group=group, differs=differs, reason=made.reason)
    return made
