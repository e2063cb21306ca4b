"""The desk: one figure in full beside the list, verified or returned with a reason, and then the next one."""

import pytest
from django.urls import reverse

from regions.models import Coverage, State
from tests import builders as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures(client):
    region = make.regency()
    found = [make.coverage(region, year, "PU", participants=300 + year % 10) for year in (2023, 2024)]
    found.append(make.coverage(region, 2024, "BPU", participants=100))
    Coverage.objects.filter(year=2024).update(state=State.SENT, sent_by=make.branch_staff(region), verified_at=None)
    Coverage.objects.filter(year=2024).update(verified_by=None)
    client.force_login(make.regional_officer())
    return found


def desk(client, **asked):
    return client.get(reverse("coverage-queue"), asked)


def test_the_chosen_figure_is_shown_with_its_past_years_and_its_neighbours(client, figures):
    _past, first, second = figures
    context = desk(client).context

    assert context["chosen"]["figure"] == first
    assert [one.year for one in context["past"]] == [2023]
    assert (context["before_url"], context["after_url"]) == ("", f"?figure={second.pk}")
    assert desk(client, figure=second.pk).context["chosen"]["figure"] == second
    assert desk(client, figure="x").context["chosen"]["figure"] == first


def test_verifying_and_returning_lead_to_the_next(client, figures):
    _past, first, second = figures
    address = reverse("coverage-queue") + f"?figure={first.pk}"
    sent = {"act": "return", "after": second.pk, "version": first.version}

    refused = client.post(address, sent | {"reason": ""})
    onward = client.post(address, sent | {"reason": "Sumber belum disebut"})
    last = client.post(onward.url, {"pick": f"{second.pk}:{second.version}", "after": ""})

    assert (refused.status_code, refused.context["chosen"]["figure"]) == (422, first)
    assert onward.url == reverse("coverage-queue") + f"?figure={second.pk}"
    assert last.status_code == 302
    assert [Coverage.objects.get(pk=one.pk).state for one in (first, second)] == [State.RETURNED, State.VERIFIED]


def test_nobody_returns_a_figure_of_another_province(client, figures):
    client.force_login(make.regional_officer(make.office("Kalimantan")))
    make.province("63", "Kalimantan Selatan", regional_office=make.office("Kalimantan"))

    answer = client.post(
        reverse("coverage-queue") + f"?figure={figures[1].pk}", {"act": "return", "version": 1, "reason": "Salah"}
    )

    assert answer.status_code == 404
    assert Coverage.objects.get(pk=figures[1].pk).state == State.SENT
