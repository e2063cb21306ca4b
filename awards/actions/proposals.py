"""Proposing a nomination of a sealed province to the national selection, with a frozen copy of its data."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.carried import carry_answers, frozen_copy
from awards.models import Nomination, Selection
from awards.models.selections import Level
from awards.signals import selection_changed
from awards.stages import TAKES_PROPOSALS, NominationState
from paritrana.accounts import trail
from paritrana.accounts.models import User

COMPETED = (NominationState.VERIFIED, NominationState.SHORTLISTED)


def refusal(nomination: Nomination, to: Selection) -> ValidationError | None:
    """Why it cannot be proposed there: ``not-open``, ``not-sealed``, ``gone``, ``no-category``, ``nominated``."""
    if to.level != Level.NATIONAL or to.edition_id != nomination.selection.edition_id:
        return ValidationError(_("Proposals go to the national selection of the same edition."), code="not-open")
    if to.stage not in TAKES_PROPOSALS:
        return ValidationError(_("The national selection takes no more proposals at its stage."), code="not-open")
    if not nomination.selection.is_sealed:
        return ValidationError(_("The result of the province is not sealed yet."), code="not-sealed")
    if nomination.state not in COMPETED:
        return ValidationError(_("It does not compete any more."), code="gone")
    if not to.categories.filter(pk=nomination.category_id).exists():
        return ValidationError(_("The national selection has no such category."), code="no-category")
    same = {"category": nomination.category_id, "candidate": nomination.candidate_id}
    if to.nominations.filter(**same).exclude(carried_from=nomination).exists():
        return ValidationError(_("It is nominated there already, in another way."), code="nominated")
    return None


@transaction.atomic
def propose(
    nomination: Nomination, to: Selection, *, by: User, seal: str, sent_by: User | None = None, reason: str = ""
) -> Nomination:
    """Make its nomination in the national selection: sent, to be verified by other eyes and scored anew.

    ``seal`` is the digest of the province's result, ``sent_by`` who answers for the proposal where that is not ``by``;
    a ``reason`` marks an exception. One already proposed is answered as it is. Raises the ValidationError of
    ``refusal``.
    """
    held = Selection.objects.select_for_update(no_key=True).get(pk=to.pk)
    source = Nomination.objects.with_context().get(pk=nomination.pk)
    made = Nomination.objects.filter(carried_from=source).first()
    if made:
        return made
    if refused := refusal(source, held):
        raise refused
    made = Nomination.objects.create(
        selection=held,
        category=source.category,
        sector=source.sector,
        candidate=source.candidate,
        state=NominationState.SENT,
        nominated_by=source.nominated_by,
        submitted_at=timezone.now(),
        submitted_by=sent_by or by,
        carried_from=source,
        carried_reason=reason.strip(),
        carried=frozen_copy(source, seal),
    )
    carry_answers(source, made)
    told = {"source": source.pk, "selection": source.selection.slug, "seal": seal}
    trail.record(by, "nomination.propose", made, **told, **({"reason": reason.strip()} if reason.strip() else {}))
    selection_changed.send(sender=Nomination, selection=held, by=by)
    return made
