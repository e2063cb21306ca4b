"""The desk of nominations: what is sent, one of them in full, and after each act the next."""

import pytest
from django.urls import reverse

from awards.stages import NominationState, Stage
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def selection():
    return builders.selection(Stage.VERIFICATION)


@pytest.fixture
def sent(selection, client):
    regions = [builders.regency("51.01", "Kabupaten Jembrana"), builders.regency("51.02", "Kabupaten Tabanan")]
    client.force_login(builders.committee(selection))
    return [builders.nomination(selection, region, NominationState.SENT) for region in regions]


def address(selection):
    return reverse("nominations-desk", args=[selection.slug])


def test_the_first_is_chosen_and_the_next_one_is_named(client, selection, sent):
    context = client.get(address(selection)).context

    assert [row for row, _remarks in context["rows"]] == sent
    assert (context["nomination"], context["after"]) == (sent[0], sent[1].pk)
    assert client.get(address(selection), {"nomination": sent[1].pk}).context["nomination"] == sent[1]


def test_verifying_leads_to_the_next_and_returning_keeps_the_remarks(client, selection, sent):
    first, second = sent
    onward = client.post(reverse("nomination-verify", args=[first.pk]), {"version": first.version, "desk": second.pk})
    last = client.post(
        reverse("nomination-return", args=[second.pk]), {"version": second.version, "reason": "Lengkapi", "desk": "0"}
    )
    first.refresh_from_db(), second.refresh_from_db()

    assert onward.url == f"{address(selection)}?nomination={second.pk}"
    assert last.url.startswith(address(selection))
    assert (first.state, second.state) == (NominationState.VERIFIED, NominationState.RETURNED)
    assert client.get(address(selection)).status_code == 200


def test_a_refused_one_stays_chosen(client, selection, sent):
    onward = client.post(reverse("nomination-verify", args=[sent[0].pk]), {"version": 99, "desk": sent[1].pk})

    assert onward.url == f"{address(selection)}?nomination={sent[0].pk}"


def test_a_branch_has_no_desk(client, selection, sent):
    client.force_login(builders.branch_staff(sent[0].candidate.region))

    assert client.get(address(selection)).status_code == 403


def test_the_years_before_are_shown_beside_the_year_judged(client, selection, sent):
    rubric = builders.rubric(sent[0].category, ("pu", "coverage", 10000))
    rubric.aspects.get().criteria.get().segments.set([builders.segment("PU")])
    region, year = sent[0].candidate.region, selection.edition.coverage_year
    for back in (0, 1, 2, 5, 7):
        builders.coverage(region, year - back, "PU", 1000, 500 + back)

    past = client.get(address(selection)).context["past"]

    assert past.years == [year - 1, year - 2, year - 5]
    ((segment, figures),) = past.rows
    assert (segment.code, [figure.participants for figure in figures]) == ("PU", [501, 502, 505])
