"""Whoever signed, decided or judged can be erased: every digest stays, and every result is still proved."""

import json

from django.core.management import call_command

from awards.models import Letter
from paritrana.accounts import actions, chaining, erasures, trail
from paritrana.accounts.models import AuditEvent, User
from scoring.models import Invitation, Seal, Seat, TieDecision
from scoring.sealing.verification import faults
from tests import builders as b
from tests.once import made_once
from tests.scoring.sealing.test_verification import seal_companies

built, companies = made_once(seal_companies)


def erased(user: User) -> User:
    asked = erasures.ask(user, reason="Permintaan tertulis", by=b.administrator())
    erasures.second(asked, by=b.administrator())
    user.refresh_from_db()
    return user


def everybody(seal: Seal) -> set[User]:
    decided = TieDecision.objects.get(selection=seal.selection).decided_by
    jurors = {seat.user for seat in Seat.objects.filter(panel__selection=seal.selection)}
    return {seal.sealed_by, seal.seconded_by, decided} | jurors


def test_everybody_of_a_sealed_result_is_erased_and_it_is_proved_as_before(companies):
    _made, seal = companies
    people = everybody(seal)
    names = {user.name for user in people}
    chaining.chain()
    before = {event.digest for event in AuditEvent.objects.all()}

    for user in people:
        erased(user)

    seal = Seal.objects.get(pk=seal.pk)
    assert list(trail.faults()) == []
    assert list(faults(seal)) == []
    call_command("verify_trail")
    call_command("verify_results")
    assert before <= {event.digest for event in AuditEvent.objects.all()}
    assert not User.objects.filter(name__in=names).exists()
    assert not Invitation.objects.filter(name__in=names).exists()
    assert not any(name in row.body for name in names for row in Letter.objects.filter(to__in=people))


def test_the_name_of_somebody_else_in_a_sealed_document_is_found(companies):
    _made, seal = companies
    document = json.loads(seal.payload)

    assert document["sealed_by"]["name"] == seal.sealed_by.name
    User.objects.filter(pk=seal.sealed_by_id).update(name="Orang Lain")

    assert any("sealed_by" in fault for fault in faults(Seal.objects.get(pk=seal.pk)))


def test_a_corrected_name_of_a_signer_is_no_fault(companies):
    _made, seal = companies
    decided = TieDecision.objects.get(selection=seal.selection).decided_by
    for user in {seal.sealed_by, decided}:
        actions.change_account(user, name=f"{user.name}, S.H.", by=b.administrator())

    assert list(faults(Seal.objects.get(pk=seal.pk))) == []
