"""What waits for whom, and what the menu offers."""

import pytest
from django.urls import reverse

from paritrana.todo import Urgency
from regions import rules, todo
from regions.models import Correction, Coverage, CoverageDraft, State
from tests.builders import branch_staff, coverage, person, regency, regional_officer, segment

pytestmark = pytest.mark.django_db
LAST = rules.last_full_year()


@pytest.fixture
def bali():
    return [regency("51.01"), regency("51.02", "Kabupaten Tabanan")]


def waiting(user):
    return [(task.url, task.count) for task in todo.tasks_for(user)]


def grid(*years):
    """The tasks to enter these years, of both regions."""
    opened = {LAST: "", LAST - 1: f"?year={LAST - 1}"}
    return [(reverse("coverage-grid") + opened[year], 2) for year in years]


def test_a_branch_is_asked_for_the_regions_without_figures_in_each_year_the_grid_opens_with(bali):
    staff = branch_staff(*bali)
    coverage(bali[0], LAST - 1)

    assert waiting(staff) == [*grid(LAST), (f"{reverse('coverage-grid')}?year={LAST - 1}", 1)]


def test_whoever_is_posted_at_a_branch_without_a_working_area_is_led_to_the_office_that_gives_it(client):
    staff = branch_staff()
    client.force_login(staff)
    office = reverse("office", args=["cabang", staff.postings.get().branch_id])

    refused = client.get(reverse("coverage-grid"))

    assert waiting(staff) == [(office, None)]
    assert refused.status_code == 403
    assert office in refused.content.decode()


def test_a_branch_that_reported_everything_has_nothing_to_do(bali):
    staff = branch_staff(*bali)
    for region in bali:
        coverage(region, LAST)
        coverage(region, LAST - 1)

    assert waiting(staff) == []


def test_a_regional_office_is_asked_to_verify_every_year_that_was_sent(bali):
    officer = regional_officer()
    coverage(bali[0], 2021)
    coverage(bali[0], 2024)
    coverage(bali[1], 2024, verified_at="2025-01-01T00:00Z", verified_by=officer)

    queue = reverse("coverage-queue")
    assert waiting(officer) == [(f"{queue}?year=2024", 1), (f"{queue}?year=2021", 1)]


def test_the_task_counts_what_its_link_lists(client, bali):
    officer = regional_officer()
    coverage(bali[0], 2024)
    client.force_login(officer)

    url, count = waiting(officer)[0]

    assert len(client.get(url).context["rows"]) == count


def test_a_branch_is_asked_to_mend_what_was_returned_of_whatever_year_until_it_changes_it(bali):
    staff = branch_staff(*bali)
    signs = {"returned_by": regional_officer(), "returned_at": "2025-01-01T00:00Z", "return_reason": "Tertukar"}
    figure = coverage(bali[1], 2022, state=State.RETURNED, **signs)

    before = waiting(staff)
    Coverage.objects.filter(pk=figure.pk).update(state=State.DRAFT)

    send = (f"{reverse('coverage-send-area')}?year=2022", 1)
    rest = [*grid(LAST), *grid(LAST - 1)]
    assert (before, waiting(staff)) == ([(figure.get_absolute_url(), None), *rest], [send, *rest])


def test_a_branch_is_asked_to_send_what_it_only_entered_year_by_year(bali):
    staff = branch_staff(*bali)
    coverage(bali[0], 2022, state=State.DRAFT)
    for region in bali:
        coverage(region, LAST, state=State.DRAFT)

    send = reverse("coverage-send-area")
    assert waiting(staff)[:2] == [(f"{send}?year={LAST}", 2), (f"{send}?year=2022", 1)]


def test_a_branch_is_reminded_of_what_it_typed_and_never_saved(bali):
    staff = branch_staff(*bali)
    CoverageDraft.objects.create(user=staff, region=bali[0], year=2022, segment=segment(), workers_text="12")

    assert (f"{reverse('coverage-grid')}?year=2022", 1) in waiting(staff)


def test_what_was_sent_waits_for_the_office_and_what_came_back_for_the_branch(bali):
    staff, officer = branch_staff(*bali), regional_officer()
    signs = {"returned_by": officer, "returned_at": "2025-01-01T00:00Z", "return_reason": "Tertukar"}
    coverage(bali[0], 2024, sent_at="2025-01-05T00:00Z", sent_by=staff)
    coverage(bali[1], 2022, state=State.RETURNED, **signs)

    awaited = [[(task.turn, task.since, task.count) for task in todo.awaited_by(user)] for user in (staff, officer)]

    assert awaited == [
        [("kantor wilayah atau kantor pusat", "5 Januari 2025", 1)],
        [("kantor cabang", "1 Januari 2025", 1)],
    ]


def test_more_returned_years_than_are_named_are_one_line_more(bali):
    staff = branch_staff(*bali)
    signs = {"returned_by": regional_officer(), "returned_at": "2025-01-01T00:00Z", "return_reason": "Tertukar"}
    for year in range(2016, 2023):
        coverage(bali[0], year, state=State.RETURNED, **signs)

    mending = [task for task in todo.tasks_for(staff) if task.urgency == Urgency.MEND]

    assert (len(mending), mending[-1].url) == (todo.MOST_LINES + 1, f"{reverse('coverage')}?state=to-send")


def test_an_officer_is_asked_to_decide_the_corrections_of_others_only(bali):
    officer = regional_officer()
    for region, by in zip(bali, (person(), officer), strict=True):
        figure = coverage(region, 2024, verified_at="2025-01-01T00:00Z", verified_by=officer)
        values = {"workers": 9, "participants": 1, "definition": figure.definition, "reason": "Salah"}
        Correction.objects.create(coverage=figure, proposed_by=by, **values)

    assert waiting(officer)[-1] == (reverse("correction", args=[Correction.objects.earliest("pk").pk]), 1)


def test_who_is_not_posted_has_no_task_and_a_menu_without_coverage(bali):
    everybody = {reverse(name) for name in ("atlas", "regions", "universal-coverage", "indicators", "offices")}
    posted = everybody | {reverse("coverage"), reverse("targets")}

    assert todo.tasks_for(person()) == []
    assert [
        {entry.url for entry in todo.menu_for(user)} for user in (person(), branch_staff(), regional_officer())
    ] == [everybody, posted, posted | {reverse("coverage-queue")}]
