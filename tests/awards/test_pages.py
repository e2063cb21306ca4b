"""The pages of the award: what everybody sees, what nobody else does, and the acts behind the buttons."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Role, StageDate
from awards.models.appointments import OF_A_SELECTION
from awards.stages import NominationState, Stage
from tests import builders as b
from tests.awards.conftest import at

S = NominationState


def queries(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_list_shows_the_selections_one_sees_and_no_other(bali, committee, signed_in):
    b.selection(at=b.province("52", "NTB"))

    page = signed_in(committee).get(reverse("selections"))

    assert list(page.context["selections"]) == [bali]


def test_a_stranger_finds_an_empty_list_with_the_next_step(bali, signed_in):
    page = signed_in(b.person()).get(reverse("selections"))

    assert (page.status_code, list(page.context["selections"])) == (200, [])


@pytest.mark.parametrize("name", ["selection", "nomination"])
def test_every_page_about_a_selection_tells_in_the_bar_which_one(bali, committee, signed_in, name):
    page = signed_in(committee).get(reverse(name, args=[bali.slug if name == "selection" else b.nomination(bali).pk]))

    bar = page.content.decode().partition("switcher-text")[2].partition("</details>")[0]
    assert (f"<span>{bali.province.name}</span>" in bar, bali.edition.label in bar) == (True, True)
    assert f'<a href="{bali.get_absolute_url()}" aria-current="true">' in bar


PAGES = ["selection", "nominations", "selection-open-next"]


@pytest.mark.parametrize("name", PAGES)
def test_a_foreign_selection_and_an_absent_one_answer_alike(bali, signed_in, name):
    client = signed_in(b.committee(b.selection(at=b.province("52", "NTB"))))

    assert client.get(reverse(name, args=[bali.slug])).status_code == 404
    assert client.get(reverse(name, args=["tidak-ada"])).status_code == 404


NOMINATION_PAGES = [
    "nomination",
    "nomination-answers",
    "nomination-submit",
    "nomination-return",
    "nomination-verify",
    "nomination-shortlist",
    "nomination-pass-over",
]


@pytest.mark.parametrize("name", NOMINATION_PAGES)
def test_a_foreign_nomination_and_an_absent_one_answer_alike(bali, tabanan, staff, signed_in, name):
    foreign = b.nomination(bali, tabanan)
    client = signed_in(staff)
    method = "GET" if name == "nomination" else "POST"

    assert client.get(reverse(name, args=[foreign.pk])).status_code == 404
    assert client.generic(method, reverse(name, args=[foreign.pk])).status_code == 404
    assert client.generic(method, reverse(name, args=[foreign.pk + 1])).status_code == 404


@pytest.mark.parametrize("name", ["selections", *PAGES, *NOMINATION_PAGES, "edition", "people", "trail"])
def test_a_visitor_is_asked_to_sign_in(bali, jembrana, client, name):
    args = {"selections": [], "people": [], "trail": [], "edition": ["2023"]}.get(name, [bali.slug])
    if name in NOMINATION_PAGES:
        args = [b.nomination(bali, jembrana).pk]

    answer = client.get(reverse(name, args=args))

    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))


def test_the_overview_tells_stages_on_the_clock_of_the_province(bali, committee, signed_in):
    StageDate.objects.create(
        selection=bali, stage=Stage.NOMINATION, opens_at="2024-01-01T00:00Z", closes_at="2024-01-31T15:59Z"
    )

    page = signed_in(committee).get(bali.get_absolute_url())

    states = [stage["state"] for stage in page.context["stages"]]
    assert states == ["done", "current", "ahead", "ahead", "ahead", "ahead", "ahead"]
    assert page.context["stages"][1]["ends"].endswith("23.59 WITA")


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("role", Role)
def test_the_overview_opens_for_every_role_at_every_stage(bali, signed_in, role, stage):
    user = b.appointed(role, bali if role in OF_A_SELECTION else bali.edition)

    assert signed_in(user).get(at(bali, stage).get_absolute_url()).status_code == 200


def test_a_branch_counts_only_the_nominations_of_its_own_area(bali, jembrana, tabanan, staff, signed_in):
    b.nomination(bali, jembrana)
    b.nomination(bali, tabanan)

    page = signed_in(staff).get(bali.get_absolute_url())

    assert [row["total"] for row in page.context["categories"]] == [1]


def test_the_list_filters_by_state_and_says_how_many_are_not_sent(bali, jembrana, tabanan, committee, signed_in):
    b.nomination(bali, jembrana)
    sent = b.nomination(bali, tabanan, S.SENT)
    client = signed_in(committee)

    everything = client.get(reverse("nominations", args=[bali.slug]))
    narrowed = client.get(reverse("nominations", args=[bali.slug]), {"state": "terkirim"})

    assert everything.context["unsent"] == 1
    assert [row.pk for row in narrowed.context["table"].data] == [sent.pk]


def test_an_htmx_request_gets_the_rows_without_the_frame(bali, jembrana, committee, signed_in):
    b.nomination(bali, jembrana)
    url = reverse("nominations", args=[bali.slug])

    fragment = signed_in(committee).get(url, headers={"HX-Request": "true"})

    assert "<html" not in fragment.content.decode()
    assert len(re.findall("data-nomination=", fragment.content.decode())) == 1


def test_the_nomination_list_costs_the_same_for_one_row_and_for_many(bali, jembrana, committee, signed_in):
    b.nomination(bali, jembrana)
    client, url = signed_in(committee), reverse("nominations", args=[bali.slug])
    one = queries(client, url)
    for number in range(2, 40):
        b.nomination(bali, b.regency(f"51.{number:02d}", f"Kabupaten {number}"))

    assert queries(client, url) == one


def test_the_selection_list_costs_the_same_for_one_row_and_for_many(bali, signed_in):
    client, url = signed_in(b.administrator()), reverse("selections")
    one = queries(client, url)
    for code in range(60, 90):
        b.selection(at=b.province(str(code), f"Provinsi {code}"))

    assert queries(client, url) == one


def test_before_a_stage_is_opened_its_review_counts_what_is_unfinished(bali, jembrana, tabanan, committee, signed_in):
    b.nomination(bali, jembrana)
    b.nomination(at(bali, Stage.VERIFICATION), tabanan, S.VERIFIED)

    page = signed_in(committee).get(reverse("selection-open-next", args=[bali.slug]))

    rows = [(row["code"], row["count"], row["is_stuck"]) for row in page.context["unfinished"]]
    assert rows == [("draf", 1, True), ("terverifikasi", 1, True)]


def test_pressing_twice_opens_one_stage(bali, committee, signed_in):
    client, url = signed_in(committee), reverse("selection-open-next", args=[bali.slug])

    for _press in range(2):
        client.post(url, {"stage": "nominasi"})

    bali.refresh_from_db()
    assert bali.stage == Stage.VERIFICATION


@pytest.mark.parametrize("stage", [Stage.PLENARY, Stage.SEALED, Stage.ANNOUNCED])
def test_after_the_interviews_no_stage_is_opened_from_here(bali, committee, signed_in, stage):
    answer = signed_in(committee).post(reverse("selection-open-next", args=[at(bali, stage).slug]), {"stage": stage})

    assert answer.status_code == 403


def test_the_edition_shows_weights_that_sum_to_the_whole(bali, committee, signed_in):
    page = signed_in(committee).get(bali.edition.get_absolute_url())

    assert 'data-sum="10000"' in page.content.decode()


def test_an_edition_one_takes_no_part_in_is_not_found(bali, committee, signed_in):
    other = b.edition(2019)
    client = signed_in(committee)

    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(reverse("edition", args=["1999"])).status_code == 404
