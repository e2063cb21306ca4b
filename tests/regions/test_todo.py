"""What waits for whom, and what the menu offers."""

import pytest
from django.urls import reverse

from regions import todo
from regions.models import Correction, Coverage, State
from tests.builders import branch_staff, coverage, person, regency, regional_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def bali():
    return [regency("51.01"), regency("51.02", "Kabupaten Tabanan")]


def waiting(user):
    return [(task.url, task.count, task.done) for task in todo.tasks_for(user)]


def test_a_branch_is_asked_for_the_regions_without_figures_of_the_latest_year(bali):
    staff = branch_staff(*bali)
    coverage(bali[0], 2024)

    assert waiting(staff) == [(reverse("coverage-grid"), 1, False)]


def test_a_branch_that_reported_everything_is_done(bali):
    staff = branch_staff(*bali)
    for region in bali:
        coverage(region, 2024)

    assert waiting(staff) == [(reverse("coverage-grid"), 0, True)]


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


def test_a_branch_is_asked_to_mend_what_was_returned_of_whatever_year_until_it_changes_it(bali):
    staff = branch_staff(*bali)
    for region in bali:
        coverage(region, 2024)
    signs = {"returned_by": regional_officer(), "returned_at": "2025-01-01T00:00Z", "return_reason": "Tertukar"}
    figure = coverage(bali[1], 2022, state=State.RETURNED, **signs)

    before = waiting(staff)
    Coverage.objects.filter(pk=figure.pk).update(state=State.DRAFT)

    done = (reverse("coverage-grid"), 0, True)
    assert (before, waiting(staff)) == ([(figure.get_absolute_url(), 1, False), done], [done])


def test_a_branch_is_asked_to_send_what_it_only_entered(bali):
    staff = branch_staff(*bali)
    for region in bali:
        coverage(region, 2024, state=State.DRAFT)

    assert waiting(staff)[-1] == (reverse("coverage") + "?state=to-send", 2, False)


def test_an_officer_is_asked_to_decide_the_corrections_of_others_only(bali):
    officer = regional_officer()
    for region, by in zip(bali, (person(), officer), strict=True):
        figure = coverage(region, 2024, verified_at="2025-01-01T00:00Z", verified_by=officer)
        values = {"workers": 9, "participants": 1, "definition": figure.definition, "reason": "Salah"}
        Correction.objects.create(coverage=figure, proposed_by=by, **values)

    assert waiting(officer)[-1] == (reverse("coverage-queue"), 1, False)


def test_who_is_not_posted_has_no_task_and_a_menu_without_coverage(bali):
    everybody = {reverse("atlas"), reverse("regions"), reverse("offices")}
    posted = everybody | {reverse("coverage"), reverse("targets")}

    assert todo.tasks_for(person()) == []
    assert [
        {entry.url for entry in todo.menu_for(user)} for user in (person(), branch_staff(), regional_officer())
    ] == [everybody, posted, posted | {reverse("coverage-queue")}]
