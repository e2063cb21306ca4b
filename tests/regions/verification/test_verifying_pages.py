"""Offices verify what they saw, in their own provinces."""

import pytest
from django.urls import reverse

from regions.models import Coverage
from tests.builders import branch_staff, coverage, office, regional_officer

pytestmark = pytest.mark.django_db

YEAR = 2024


def address(region, year=YEAR, name="coverage-edit"):
    return reverse(name, args=[region.code, year])


def test_the_regional_office_verifies_what_the_page_showed(client, jembrana):
    coverage(jembrana, YEAR, "PU")
    officer = regional_officer()
    client.force_login(officer)
    page = client.get(address(jembrana))

    response = client.post(address(jembrana, name="coverage-verify"), {"version-PU": "1"})

    assert [form.segment.code for form in page.context["waiting"]] == ["PU"]
    assert response.status_code == 302
    assert Coverage.objects.get().verified_by == officer


def test_a_version_that_was_not_seen_is_not_verified(client, jembrana):
    coverage(jembrana, YEAR, "PU")
    Coverage.objects.update(version=2)
    client.force_login(regional_officer())

    client.post(
        address(jembrana, name="coverage-verify"), {"version-PU": "1", "version-BPU": "9" * 5000, "version-": "²"}
    )

    assert Coverage.objects.get().verified_at is None


def test_a_branch_does_not_verify(client, jembrana):
    coverage(jembrana, YEAR, "PU")
    client.force_login(branch_staff(jembrana))

    response = client.post(address(jembrana, name="coverage-verify"), {"version-PU": "1"})

    assert response.status_code == 403
    assert Coverage.objects.get().verified_at is None


def test_an_office_of_other_provinces_finds_nothing_to_verify(client, jembrana):
    coverage(jembrana, YEAR, "PU")
    client.force_login(regional_officer(office("Kalimantan")))

    response = client.post(address(jembrana, name="coverage-verify"), {"version-PU": "1"})

    assert response.status_code == 404


def test_verifying_needs_a_post(client, jembrana):
    client.force_login(regional_officer())

    assert client.get(address(jembrana, name="coverage-verify")).status_code == 405
