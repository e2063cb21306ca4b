"""The plenary decides a tie no rule could: by vote, with its reason, into an order or for a shared place."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring import standings
from scoring.actions.versions import Overtaken
from scoring.models import TieDecision
from scoring.permissions import hold
from scoring.settling import Tie, tie_at


@transaction.atomic
def settle(
    selection: Selection,
    tie: Tie,
    agreed: list[list[int]],
    *,
    group_order: int,
    votes: tuple[int, int, int],
    reason: str,
    version: int,
    by: User,
) -> TieDecision:
    """Record the order of a tie: nominations, best first, those that share a place together.

    ``votes`` are for, against, abstaining. Raises Overtaken, and ValidationError: ``no-tie`` when the equals or their
    total are no longer those of ``tie``, ``not-the-tied`` when the order does not name each once, ``reason``,
    ``majority``.
    """
    held = hold(selection, Permission.DELIBERATE, by)
    standings.refresh(held)
    now = tie_at(held, tie.title, group_order, tie.place)
    if now is None or (now.keys, now.total) != (tie.keys, tie.total):
        raise ValidationError(_("These candidates are no longer tied like this. Please look again."), code="no-tie")
    if sorted(key for sharing in agreed for key in sharing) != sorted(now.keys):
        raise ValidationError(_("The order names every tied candidate once."), code="not-the-tied")
    if not reason.strip():
        raise ValidationError(_("Give the plenary's reason."), code="reason")
    if votes[0] <= votes[1]:
        raise ValidationError(_("A decision has more votes for it than against it."), code="majority")
    if now.latest and now.version != version:
        raise Overtaken(now.latest)
    made = _write(held, now, agreed, votes, reason.strip(), by)
    told = {"title": tie.title.slug, "group": tie.group, "total": made.total, "agreed": agreed, "votes": list(votes)}
    trail.record(by, "tie.decide", made, selection=held.pk, reason=made.reason, **told)
    standings.refresh(held)
    return made


def _write(
    selection: Selection, tie: Tie, agreed: list[list[int]], votes: tuple[int, int, int], reason: str, by: User
) -> TieDecision:
    earlier = TieDecision.objects.filter(selection=selection, title=tie.title, group=tie.group).first()
    return TieDecision.objects.create(
        selection=selection,
        title=tie.title,
        group=tie.group,
        version=earlier.version + 1 if earlier else 1,
        tied=tie.keys,
        total=tie.total,
        agreed=agreed,
        reason=reason,
        votes_for=votes[0],
        votes_against=votes[1],
        votes_abstaining=votes[2],
        decided_by=by,
    )
