import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from scoring.actions import results as actions
from scoring.models import Seal
from tests import builders
from tests.scoring import plenary

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return plenary.plenary()


@pytest.fixture
def committee(made):
    return builders.committee(made.selection)


def test_announcing_signs_the_seal_and_is_in_the_trail(made, committee):
    plenary.seal(made.selection, committee)

    seal = actions.announce(made.selection, by=committee)

    assert (made.selection.stage, seal.announced_by) == (Stage.ANNOUNCED, committee)
    assert AuditEvent.objects.get(verb="result.announce").detail["digest"] == seal.digest


def test_nothing_is_announced_before_it_is_sealed(made, committee):
    with pytest.raises(PermissionDenied):
        actions.announce(made.selection, by=committee)

    assert made.selection.stage == Stage.PLENARY


def test_a_result_is_announced_once(made, committee):
    plenary.seal(made.selection, committee)
    first = actions.announce(made.selection, by=committee)

    with pytest.raises(PermissionDenied):
        actions.announce(made.selection, by=committee)

    assert Seal.objects.get().announced_at == first.announced_at


def test_looking_at_the_announcement_announces_nothing(client, made, committee):
    plenary.seal(made.selection, committee)
    client.force_login(committee)
    address = reverse("announce", args=[made.selection.slug])

    assert client.get(address).status_code == 200
    assert Seal.objects.get().announced_at is None
    assert client.post(address)["Location"] == reverse("result", args=[made.selection.slug])
    assert Seal.objects.get().announced_by == committee
