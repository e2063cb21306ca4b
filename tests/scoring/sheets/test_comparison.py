"""A juror compares the own marks before handing in, and is told which entries of a device were refused."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring.conflicts import actions as conflict_actions
from scoring.models import Declaration, Panel, Seat
from scoring.sheets import actions
from scoring.sheets.offline import refused, sync
from scoring.sheets.offline.sync import DeviceEntry
from tests import builders
from tests.scoring.bench import bench
from tests.scoring.sheets.own import address, given, handed_in

pytestmark = pytest.mark.django_db

PHONE, TABLET = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def judged(client):
    made = bench(nominations=3)
    client.force_login(made.seat().user)
    made.seat()
    return made


def bring(judged, device, sequence, value, base=0, nomination=0):
    box, key = f"mark_{judged.marked[0].pk}", judged.nominations[nomination].pk
    seat = Seat.objects.with_people().get(pk=judged.seats[0].pk)
    return sync.deliver(seat, device, [DeviceEntry(sequence, key, box, value, base)], by=seat.user).results[0]


def refused_names(page):
    return [str(each.nomination) for each in page.context["panels"][0]["refused"]]


def test_own_marks_are_compared_in_the_order_they_give(client, judged):
    given(judged, 6_000, 6_000, 6_000)
    given(judged, 9_000, 9_000, 9_000, nomination=1)
    given(judged, 8_000, None, None, nomination=2)

    (compared,) = client.get(address(judged, "sheets-compare")).context["comparisons"]

    order = [(row.nomination, row.own.place) for row in compared.rows]
    assert order == [(judged.nominations[1], 1), (judged.nominations[0], 2), (judged.nominations[2], None)]
    assert [mark for _criterion, mark in compared.rows[2].marks] == [8_000, None, None]


def test_a_comparison_holds_nothing_of_the_others_nor_of_what_is_not_declared(client, judged):
    handed_in(judged, 1_234, 2_345, 3_456, seat=1)
    Declaration.objects.filter(seat=judged.seats[0], nomination=judged.nominations[2]).delete()

    page = client.get(address(judged, "sheets-compare"))

    assert [row.nomination for row in page.context["comparisons"][0].rows] == judged.nominations[:2]
    assert [word for word in ("12,34", "23,45", str(judged.nominations[2])) if word in page.content.decode()] == []


def test_an_assistant_does_not_compare_for_the_juror(client, judged):
    seat = judged.seats[0]
    helper = builders.person()
    conflict_actions.appoint(seat, helper.email, by=seat.user)
    client.force_login(helper)

    assert client.get(address(judged, "sheets-compare")).status_code == 404


def test_list_and_last_look_lead_to_the_comparison(client, judged):
    given(judged, 6_000, 6_000, 6_000)
    url = address(judged, "sheets-compare")

    for page in (reverse("sheets"), address(judged, "sheets-hand-in"), address(judged, "sheet-hand-in", 0)):
        assert f'href="{url}"' in client.get(page).content.decode()


def test_the_last_look_says_the_own_order_so_far(client, judged):
    given(judged, 6_000, 6_000, 6_000)
    given(judged, 9_000, 9_000, 9_000, nomination=1)

    assert client.get(address(judged, "sheet-hand-in", 0)).context["own"].place == 2


def test_an_entry_another_device_overtook_is_listed_with_its_sheet_until_a_choice_is_made(client, judged):
    bring(judged, PHONE, 1, "80")
    clash = bring(judged, TABLET, 1, "70")

    page = client.get(reverse("sheets"))
    box = f"id_mark_{judged.marked[0].pk}"
    assert (clash.outcome, refused_names(page)) == ("clash", [str(judged.nominations[0])])
    assert f'href="{address(judged, "sheet", 0)}#{box}"' in page.content.decode()

    bring(judged, TABLET, 2, "80,00", base=clash.version)
    assert refused_names(client.get(reverse("sheets"))) == []


def test_entries_refused_after_the_close_are_listed_and_say_why(client, judged):
    given(judged, 6_000, 6_000, 6_000)
    Panel.objects.update(closed_at="2024-05-06T04:00Z", closed_by=judged.seats[1].user)
    bring(judged, PHONE, 1, "80", base=1)

    page = client.get(reverse("sheets"))

    assert refused_names(page) == [str(judged.nominations[0])]
    assert "penilaian telah ditutup" in re.sub(r"\s+", " ", page.content.decode())


def test_a_refused_entry_of_a_sheet_that_cannot_be_opened_is_no_link(client, judged):
    Panel.objects.update(closed_at="2024-05-06T04:00Z", closed_by=judged.seats[1].user)
    bring(judged, PHONE, 1, "80")

    page = client.get(reverse("sheets"))

    assert [each.opens for each in page.context["panels"][0]["refused"]] == [False]
    assert client.get(address(judged, "sheet", 0)).status_code == 403


def test_handing_in_settles_what_was_refused_before(judged):
    bring(judged, PHONE, 1, "80")
    bring(judged, TABLET, 1, "70")
    sheet = given(judged, 8_000, 7_000, 6_000)
    actions.hand_in(sheet, version=sheet.version, by=judged.seats[0].user)

    assert list(refused.outstanding(judged.seats[0])) == []


def test_the_comparison_costs_the_same_for_one_candidate_and_many(client, judged):
    counts = []
    for number in range(3):
        given(judged, 8_000, 7_000, 6_000, nomination=number)
        with CaptureQueriesContext(connection) as asked:
            client.get(address(judged, "sheets-compare"))
        counts.append(len(asked))

    assert counts[1] == counts[2]
