"""Proposes the first places of sealed provinces to the national selection, and others as exceptions."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination, Selection
from awards.models.selections import Level
from awards.nominations import promotion
from awards.nominations.promotion import refusal
from awards.signals import sent_once
from awards.stages import Stage
from paritrana.accounts.models import User
from scoring.models import Seal
from scoring.national import proposals
from scoring.national.proposals import Outcome
from scoring.standings import comparison

_DIFFERS = ValidationError(_("The stored places are not what a new computation gives: see check_invariants."))


@transaction.atomic
def propose_first(selection: Selection, *, by: User) -> Outcome:
    """Propose the holders of the first places of a sealed province; existing proposals stay.

    Without a national selection that takes proposals nothing happens, and the overview says why. Nothing is proposed
    while a stored place differs from the computed one.
    """
    outcome, to = Outcome(), proposals.national(selection)
    if to is None or selection.level != Level.PROVINCIAL:
        return outcome
    sealed = Seal.objects.select_related("sealed_by").get(current_of=selection)
    known = set(to.nominations.exclude(carried_from=None).values_list("carried_from", flat=True))
    are_true = comparison.places_are_true(selection)
    with sent_once():
        for row in proposals.first_places(selection):
            if row.nomination_id in known:
                continue
            if not are_true:
                outcome.refuse(row.nomination, _DIFFERS)
                continue
            if refused := refusal(_whole(row.nomination, selection), to):
                outcome.refuse(row.nomination, refused)
                continue
            promotion.propose(row.nomination, to, by=by, seal=sealed.digest, sent_by=sealed.sealed_by)
            outcome.made += 1
    return outcome


@transaction.atomic
def take_over(to: Selection, *, by: User) -> Outcome:
    """``propose_first`` for every province sealed before the national selection was open."""
    found = Outcome()
    provinces = Selection.objects.filter(
        edition=to.edition_id, level=Level.PROVINCIAL, stage__in=[Stage.SEALED, Stage.ANNOUNCED]
    )
    with sent_once():
        for selection in provinces.with_context():
            outcome = propose_first(selection, by=by)
            found.made += outcome.made
            found.refused += outcome.refused
    return found


@transaction.atomic
def propose_exception(nomination: Nomination, to: Selection, *, reason: str, by: User) -> Nomination:
    """Propose a candidate of a sealed province outside its first places.

    Raises ``reason``, and the codes of ``promotion.propose``.
    """
    if not reason.strip():
        raise ValidationError(_("Give the reason for the exception: it stays with the proposal."), code="reason")
    digest = Seal.objects.get(current_of=nomination.selection).digest
    return promotion.propose(nomination, to, by=by, seal=digest, reason=reason)


def _whole(nomination: Nomination, selection: Selection) -> Nomination:
    nomination.selection = selection
    return nomination
