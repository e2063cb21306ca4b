"""Figures of a province itself: no branch has them, so its regional office enters and somebody else verifies them."""

import pytest
from django.urls import reverse

from regions import permissions
from regions.models import Coverage, State
from regions.permissions import RegionPermission
from tests import builders as b
from tests.regions.coverage.test_coverage_pages import address, typed

pytestmark = pytest.mark.django_db
YEAR = 2024


@pytest.fixture
def bali():
    for code in ("PU", "BPU"):
        b.segment(code)
    b.regency("51.01", "Kabupaten Jembrana")
    return b.province()


def test_the_regional_office_enters_its_provinces_and_nothing_else(client, bali):
    officer = b.regional_officer()
    client.force_login(officer)

    own = client.post(address(bali), typed(PU="1000/500"))
    below = client.post(address(b.regency("51.01")), typed(PU="1000/500"))
    strange = client.post(address(b.province("11", "Aceh", regional_office=b.office("Sumbagut"))), typed(PU="1000/500"))

    assert (own.status_code, below.status_code, strange.status_code) == (302, 403, 404)
    assert [row.region for row in Coverage.objects.all()] == [bali]
    assert list(permissions.area(officer, RegionPermission.ENTER)) == [bali]


def test_neither_branch_nor_head_office_enters_a_province(client, bali):
    refused = []
    for user in (b.branch_staff(b.regency("51.01")), b.head_officer()):
        client.force_login(user)
        refused.append(client.post(address(bali), typed(PU="1000/500")).status_code)

    assert set(refused) <= {403, 404}
    assert not Coverage.objects.exists()


def test_whoever_sent_them_does_not_verify_them(client, bali):
    first, second = b.regional_officer(), b.regional_officer()
    b.coverage(bali, YEAR, sent_by=first, state=State.SENT)
    states = []
    for user in (first, second):
        client.force_login(user)
        client.post(reverse("coverage-verify", args=[bali.code, YEAR]), {"version-PU": "1"})
        states.append(Coverage.objects.get().state)

    assert states == [State.SENT, State.VERIFIED]


def test_a_draft_of_a_province_waits_on_the_home_of_its_office(client, bali):
    b.coverage(bali, YEAR, state=State.DRAFT)
    client.force_login(b.regional_officer())

    assert reverse("coverage-send-area") in client.get(reverse("home")).content.decode()
