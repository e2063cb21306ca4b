"""The office's queue by doubts: only the doubtful, or all the others verified together after a look."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regions.models import Coverage, Justification, State
from regions.verification import stored_doubts, views
from tests.access.reading import Reading
from tests.builders import branch_staff, coverage, office, person, regency, regional_officer, segment

pytestmark = pytest.mark.django_db
YEAR = 2024
QUEUE, VERIFY = reverse("coverage-queue"), reverse("coverage-queue-verify")


@pytest.fixture
def rows():
    """A figure without doubts, one with more participants than workers, and one somebody wrote a note about."""
    for code in ("PU", "BPU", "JAKON"):
        segment(code)
    region = regency("51.01", "Kabupaten Jembrana")
    found = [
        coverage(region, YEAR, "PU"),
        coverage(region, YEAR, "BPU", participants=1200),
        coverage(region, YEAR, "JAKON", participants=400),
    ]
    Justification.objects.create(coverage=found[2], code="jump", note="Proyek", version=1, by=person())
    stored_doubts.examine_unknown.call()
    return found


@pytest.fixture
def officer(client):
    user = regional_officer()
    client.force_login(user)
    return user


def picked(*figures):
    return {"picked": " ".join(f"{row.pk}:{row.version}" for row in figures)}


def verified():
    return list(Coverage.objects.filter(state=State.VERIFIED).order_by("pk"))


@pytest.mark.parametrize(("asked", "expected"), [("with", [1, 2]), ("without", [0]), ("", [0, 1, 2]), ("x", [0, 1, 2])])
def test_the_queue_is_narrowed_by_doubts_and_notes(client, rows, officer, asked, expected):
    shown = client.get(QUEUE, {"doubts": asked}).context["rows"]

    assert [row["figure"] for row in shown] == [rows[number] for number in expected]


def test_the_review_holds_what_nobody_doubts_and_counts_the_rest(client, rows, officer):
    context = client.get(VERIFY).context

    assert (context["figures"], context["doubted"]) == ([rows[0]], 2)


def test_looking_verifies_nothing_and_confirming_verifies_what_was_shown(client, rows, officer):
    client.get(VERIFY)
    before = verified()

    response = client.post(VERIFY, picked(rows[0]))

    assert (before, response.status_code, verified()) == ([], 302, [rows[0]])
    assert Coverage.objects.get(pk=rows[0].pk).verified_by == officer


@pytest.mark.parametrize("number", [1, 2])
def test_a_doubtful_figure_cannot_be_slipped_in(client, rows, officer, number):
    response = client.post(VERIFY, picked(rows[0], rows[number]))

    assert (response.status_code, verified()) == (409, [])


def test_a_figure_changed_meanwhile_holds_back_all(client, rows, officer):
    Coverage.objects.filter(pk=rows[0].pk).update(version=2)

    assert client.post(VERIFY, picked(rows[0])).status_code == 409
    assert verified() == []


@pytest.mark.parametrize("sent", [{}, {"picked": ""}, {"picked": "x 1:² 7"}])
def test_nonsense_verifies_nothing(client, rows, officer, sent):
    assert client.post(VERIFY, sent).status_code == 409
    assert verified() == []


def test_figures_one_sent_oneself_are_left_to_somebody_else(client, rows, officer):
    Coverage.objects.filter(pk=rows[0].pk).update(sent_by=officer)

    context = client.get(VERIFY).context

    assert (context["figures"], context["own"]) == ([], 1)
    assert client.post(VERIFY, picked(rows[0])).status_code == 409


def test_the_filters_of_the_queue_hold_on_the_review(client, rows, officer):
    other = coverage(rows[0].region, 2023, "PU")
    stored_doubts.examine_unknown.call()

    assert client.get(VERIFY, {"year": 2023}).context["figures"] == [other]


def test_figures_of_other_offices_are_neither_shown_nor_verified(client, rows):
    client.force_login(regional_officer(office("Lain")))
    regency("63.01", "Kabupaten Tanah Laut").parent.__class__.objects.filter(code="63").update(
        regional_office=office("Lain")
    )

    assert client.get(VERIFY).context["figures"] == []
    assert client.post(VERIFY, picked(rows[0])).status_code == 409


def test_the_branch_does_not_verify(client, rows):
    client.force_login(branch_staff(rows[0].region))

    assert [client.get(VERIFY).status_code, client.post(VERIFY, picked(rows[0])).status_code] == [403, 403]


def test_one_act_verifies_no_more_than_can_be_looked_through(client, rows, officer, monkeypatch):
    monkeypatch.setattr(views, "MOST_AT_ONCE", 1)
    coverage(regency("51.02", "Kabupaten Tabanan"), YEAR, "PU", workers=2300, participants=1100)
    stored_doubts.examine_unknown.call()

    context = client.get(VERIFY).context

    assert (len(context["figures"]), context["later"]) == (1, 1)


@pytest.mark.parametrize("address", [VERIFY, f"{QUEUE}?doubts=with", f"{QUEUE}?doubts=without"])
def test_looking_at_doubts_costs_the_same_queries_for_few_figures_and_for_many(client, rows, officer, address):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    cost()
    few = cost()
    for number in range(2, 9):
        for year in range(2018, 2024):
            region = regency(f"51.0{number}", f"Kabupaten {number}")
            coverage(region, year, participants=300 + number + year % 10)
            coverage(region, year, "BPU", participants=1300 + number + year % 10)
    stored_doubts.examine_unknown.call()

    assert cost() == few


def test_what_nobody_examined_yet_is_not_verified_unseen(client, rows, officer):
    late = coverage(regency("51.02", "Kabupaten Tabanan"), YEAR, "PU", workers=2300, participants=1100)

    shown = client.get(QUEUE, {"doubts": "with"}).context["rows"]

    assert (client.get(VERIFY).context["figures"], shown[-1]["figure"]) == ([rows[0]], late)
    assert client.post(VERIFY, picked(late)).status_code == 409


def test_the_review_reads_the_figures_it_shows_and_no_others(client, rows, officer, monkeypatch):
    monkeypatch.setattr(views, "MOST_AT_ONCE", 2)

    def read():
        stored_doubts.examine_unknown.call()
        client.get(VERIFY)
        with Reading(connection) as reading:
            client.get(VERIFY)
        return reading.rows

    def more(numbers):
        for number in numbers:
            coverage(regency(f"51.0{number}", f"Kabupaten {number}"), YEAR, "PU", workers=1000 + 7 * number)
        return read()

    few = more(range(2, 4))

    assert more(range(4, 9)) <= few + 2  # as many as are shown
