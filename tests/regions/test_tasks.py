"""What waits for whom, and what the menu offers."""

import pytest
from django.urls import reverse

from regions import tasks
from tests.builders import branch_staff, coverage, person, regency, regional_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def bali():
    return [regency("51.01"), regency("51.02", "Kabupaten Tabanan")]


def waiting(user):
    return [(task["url"], task["count"], task["done"]) for task in tasks.tasks_for(user)]


def test_a_branch_is_asked_for_the_regions_without_figures_of_the_latest_year(bali):
    staff = branch_staff(*bali)
    coverage(bali[0], 2024)

    assert waiting(staff) == [(reverse("coverage") + "?state=missing", 1, False)]


def test_a_branch_that_reported_everything_is_done(bali):
    staff = branch_staff(*bali)
    for region in bali:
        coverage(region, 2024)

    assert waiting(staff) == [(reverse("coverage"), 0, True)]


def test_a_regional_office_is_asked_to_verify_what_is_reported(bali):
    officer = regional_officer()
    coverage(bali[0], 2024)
    coverage(bali[1], 2024, verified_at="2025-01-01T00:00Z", verified_by=officer)

    assert waiting(officer) == [(reverse("coverage") + "?state=waiting", 1, False)]


def test_the_task_counts_what_its_link_lists(client, bali):
    officer = regional_officer()
    coverage(bali[0], 2024)
    client.force_login(officer)

    url, count, _done = waiting(officer)[0]

    assert len(client.get(url).context["rows"]) == count


def test_who_is_not_posted_has_no_task_and_a_menu_without_coverage():
    user = person()

    assert tasks.tasks_for(user) == []
    assert [entry["url"] for entry in tasks.menu_for(user)] == [reverse("regions")]
    assert [entry["url"] for entry in tasks.menu_for(branch_staff())] == [reverse("regions"), reverse("coverage")]
