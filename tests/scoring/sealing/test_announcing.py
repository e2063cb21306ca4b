"""An announcement comes at its moment, by the clock of the database, and not a second before."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from awards.models import Role
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from scoring.models import Seal, SealRequest
from scoring.sealing import actions as sealing
from scoring.sealing import announcing as actions
from scoring.standings import rankings
from tests import builders
from tests.once import parts_once
from tests.refusals import refused
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db
SECOND, DAY = datetime.timedelta(seconds=1), datetime.timedelta(days=1)


def open_plenary():
    made = plenary.plenary()
    return {"made": made, "committee": builders.committee(made.selection)}


def seal():
    parts = open_plenary()
    return parts | {"sealed": plenary.seal(parts["made"].selection, parts["committee"])}


STATES = {"sealed": seal, "made": open_plenary}
built, parts, made, committee, sealed = parts_once(STATES, "made", "committee", "sealed")


def is_public(made) -> tuple[bool, int]:
    return made.selection in rankings.announced(), Seal.objects.public().count()


def test_announcing_at_once_signs_the_seal_and_is_in_the_trail(made, committee, sealed):
    seal = actions.announce(made.selection, by=committee)

    assert (made.selection.stage, seal.announced_by) == (Stage.ANNOUNCED, committee)
    assert AuditEvent.objects.get(verb="result.announce").detail["digest"] == seal.digest
    assert is_public(made) == (True, 1)


def test_nothing_is_announced_before_it_is_sealed(made, committee):
    with pytest.raises(PermissionDenied):
        actions.announce(made.selection, by=committee)

    assert made.selection.stage == Stage.PLENARY


def test_a_result_is_announced_once(made, committee, sealed):
    first = actions.announce(made.selection, by=committee)

    with pytest.raises(PermissionDenied):
        actions.announce(made.selection, by=committee)

    assert Seal.objects.get().announced_at == first.announced_at


def test_a_moment_to_come_makes_nothing_public_before_it(made, committee, sealed):
    actions.announce(made.selection, at=timezone.now() + DAY, by=committee)

    assert (made.selection.stage, is_public(made)) == (Stage.SEALED, (False, 0))


def test_what_is_public_depends_on_the_clock_alone_not_on_anybody_passing_by(made, committee, sealed):
    """The row is the same; only the moment in it lies on this or that side of the database's now."""
    Seal.objects.update(public_from=timezone.now() + 5 * SECOND, announced_at=plenary.NOW, announced_by=committee)
    before = is_public(made)
    Seal.objects.update(public_from=timezone.now() - SECOND)

    assert (before, is_public(made)) == ((False, 0), (True, 1))
    made.selection.refresh_from_db()
    assert made.selection.stage == Stage.SEALED


def test_until_its_moment_an_announcement_is_moved_or_withheld(made, committee, sealed):
    later = timezone.now() + 2 * DAY
    actions.announce(made.selection, at=timezone.now() + DAY, by=committee)

    moved = actions.announce(made.selection, at=later, by=committee)
    withheld = actions.withhold(made.selection, by=committee)

    assert (moved.public_from, withheld.public_from, withheld.announced_by) == (later, None, None)
    refused("moved-on", actions.withhold, made.selection, by=committee)


def test_a_moment_gone_by_is_refused(made, committee, sealed):
    refused("past", actions.announce, made.selection, at=timezone.now() - SECOND, by=committee)


def test_what_is_public_is_neither_moved_nor_withheld(made, committee, sealed):
    Seal.objects.update(public_from=timezone.now() - SECOND, announced_at=plenary.NOW, announced_by=committee)

    refused("moved-on", actions.announce, made.selection, at=timezone.now() + DAY, by=committee)
    refused("moved-on", actions.withhold, made.selection, by=committee)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.update(public_from=timezone.now() + DAY)


def test_the_stage_follows_when_somebody_passes_by_and_once(made, committee, sealed):
    Seal.objects.update(public_from=timezone.now() - SECOND, announced_at=plenary.NOW, announced_by=committee)

    call_command("pass_announcements", verbosity=0)
    call_command("pass_announcements", verbosity=0)

    made.selection.refresh_from_db()
    assert made.selection.stage == Stage.ANNOUNCED
    assert AuditEvent.objects.filter(verb="result.pass-announcement").count() == 1


def test_looking_at_the_announcement_announces_nothing(client, made, committee, sealed):
    client.force_login(committee)
    address = reverse("announce", args=[made.selection.slug])

    assert client.get(address).status_code == 200
    assert Seal.objects.get().announced_at is None
    assert client.post(address).context["form"].errors.keys() == {"when"}  # neither now nor later is chosen beforehand
    assert client.post(address, {"when": "later"}).context["form"].errors.keys() == {"at"}
    assert Seal.objects.get().announced_at is None
    assert client.post(address, {"when": "now"})["Location"] == address
    assert (Seal.objects.get().announced_at, SealRequest.objects.get(outcome="").kind) == (None, "announce")


def test_the_moment_is_typed_on_the_clock_of_the_selection(client, made, committee, sealed):
    client.force_login(committee)

    client.post(reverse("announce", args=[made.selection.slug]), {"when": "later", "at": "2099-05-17T09:00"})

    asked = SealRequest.objects.get(outcome="")
    sealing.second(asked, by=builders.appointed(Role.SECRETARY, made.selection))
    assert Seal.objects.get().public_from == datetime.datetime(2099, 5, 17, 1, tzinfo=datetime.UTC)  # WITA
    client.post(reverse("withhold", args=[made.selection.slug]))
    assert Seal.objects.get().public_from is None


def test_an_announcement_still_to_come_ends_with_a_reopening(made, committee, sealed):
    actions.announce(made.selection, at=timezone.now() + DAY, by=committee)

    seal = plenary.reopened(made.selection, committee)

    assert (seal.public_from, Seal.objects.public().count()) == (None, 0)


def test_what_was_public_stays_public_as_withdrawn_until_its_correction_is(made, committee, sealed):
    actions.announce(made.selection, by=committee)
    plenary.reopened(made.selection, committee)
    (withdrawn,) = Seal.objects.public()
    second = plenary.seal(made.selection, committee)
    still = list(Seal.objects.public())

    actions.announce(made.selection, by=committee)

    assert (withdrawn.reopen_reason, still) == ("Salah hitung", [sealed])
    assert list(Seal.objects.public()) == [second]
