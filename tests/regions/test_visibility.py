"""Who sees which figures."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from regions.models import Coverage
from tests.builders import (
    administrator,
    branch_staff,
    coverage,
    definition,
    head_officer,
    office,
    person,
    province,
    regency,
    regional_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures():
    return [coverage(province("51")), coverage(regency("51.01")), coverage(regency("51.04", "Kabupaten Gianyar"))]


def seen_by(user):
    return [row.region.code for row in Coverage.objects.visible_to(user)]


def test_a_visitor_sees_no_figure(figures):
    assert seen_by(AnonymousUser()) == []


def test_figures_of_provinces_are_open_to_everybody_signed_in(figures):
    assert seen_by(person()) == ["51"]
    assert seen_by(administrator()) == ["51"]


def test_a_branch_sees_its_own_area_and_the_provinces(figures):
    assert seen_by(branch_staff(regency("51.01"))) == ["51", "51.01"]


def test_a_regional_office_sees_its_provinces_whole(figures):
    assert seen_by(regional_officer()) == ["51", "51.01", "51.04"]
    assert seen_by(regional_officer(office("Kalimantan"))) == ["51"]


def test_the_head_office_sees_everything(figures):
    assert seen_by(head_officer()) == ["51", "51.01", "51.04"]


def test_an_ended_posting_shows_nothing_more(figures):
    user = branch_staff(regency("51.01"))
    user.postings.update(ended_at="2025-01-01T00:00Z")

    assert seen_by(user) == ["51"]


def test_the_page_of_a_foreign_region_shows_its_name_and_no_figure(client, figures):
    client.force_login(branch_staff(regency("51.01")))

    own, foreign = (client.get(reverse("region", args=[code])) for code in ("51.01", "51.04"))

    assert (own.status_code, foreign.status_code) == (200, 200)
    assert (len(own.context["lines"]), foreign.context["lines"]) == (1, [])


def test_growth_is_the_difference_of_the_two_shown_percentages(client):
    coverage(province("51"), 2023, workers=3, participants=1)
    coverage(province("51"), 2024, workers=3, participants=2)
    client.force_login(person())

    cells = client.get(reverse("region", args=["51"])).context["lines"][0].cells

    assert [(cell.year, cell.figure.share, cell.growth.value) for cell in cells] == [
        (2023, 3333, None),
        (2024, 6667, 3334),
    ]


def test_there_is_no_growth_between_different_definitions_and_the_reason_is_told():
    before = coverage(province("51"), 2023)
    now = coverage(province("51"), 2024, definition=definition("before the 2022 split"))

    growth = now.growth_from(before)

    assert growth.value is None
    assert growth.reason
    assert now.growth_from(None).reason != growth.reason


def test_an_unknown_region_is_absent(client):
    client.force_login(person())

    assert client.get(reverse("region", args=["99"])).status_code == 404
