"""Handing in every finished sheet at once; a missing mark is named and gone to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scoring.models import ScoreSheet
from scoring.sheets import entries
from tests.scoring.bench import bench
from tests.scoring.sheets.own import address, given, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged():
    made = bench(nominations=4)
    made.seat()
    return made


def ticked(*sheets):
    return {f"sheet_{sheet.nomination_id}": str(sheet.version) for sheet in sheets}


def test_all_finished_sheets_are_handed_in_by_one_act(client, judged):
    client.force_login(judged.seats[0].user)
    sheets = [given(judged, 8_000, 7_000, 6_000, nomination=number) for number in range(2)]

    assert client.post(address(judged, "sheets-hand-in"), ticked(*sheets)).status_code == 302
    assert ScoreSheet.objects.submitted().count() == 2


def test_what_is_not_ticked_stays_a_draft(client, judged):
    client.force_login(judged.seats[0].user)
    sheets = [given(judged, 8_000, 7_000, 6_000, nomination=number) for number in range(2)]

    client.post(address(judged, "sheets-hand-in"), {})
    client.post(address(judged, "sheets-hand-in"), ticked(sheets[1]))

    assert list(ScoreSheet.objects.submitted()) == [sheets[1]]


def test_a_sheet_changed_since_it_was_looked_at_is_refused_and_keeps_no_other_back(client, judged):
    client.force_login(judged.seats[0].user)
    sheets = [given(judged, 8_000, 7_000, 6_000, nomination=number) for number in range(2)]
    seen = ticked(*sheets)
    ScoreSheet.objects.filter(pk=sheets[0].pk).update(version=2)

    client.post(address(judged, "sheets-hand-in"), seen)

    assert list(ScoreSheet.objects.submitted()) == [sheets[1]]


def test_the_review_lists_what_is_finished_and_names_what_others_lack(client, judged):
    client.force_login(judged.seats[0].user)
    given(judged, 8_000, 7_000, 6_000)
    given(judged, 8_000, None, 6_000, nomination=1)
    handed_in(judged, 8_000, 7_000, 6_000, nomination=2)

    context = client.get(address(judged, "sheets-hand-in")).context

    assert [one.nomination for one in context["finished"]] == judged.nominations[:1]
    (open_one,) = context["unfinished"]
    assert (open_one.nomination, open_one.without_mark) == (judged.nominations[1], [judged.marked[1]])


def test_the_review_costs_the_same_for_one_draft_and_for_four(client, judged):
    client.force_login(judged.seats[0].user)

    def cost():
        with CaptureQueriesContext(connection) as found:
            client.get(address(judged, "sheets-hand-in"))
        return len(found)

    given(judged, 8_000, 7_000, 6_000)
    cost()
    one = cost()
    for number in range(1, 4):
        given(judged, 8_000, 7_000, 6_000, nomination=number)

    assert cost() == one


def test_a_missing_mark_is_named_and_gone_to(client, judged):
    client.force_login(judged.seats[0].user)
    given(judged, 8_000, None, 6_000)

    answer = client.get(address(judged, "sheet-hand-in", 0), follow=True)

    missing = judged.marked[1]
    assert answer.redirect_chain[0][0].endswith(f"#id_{entries.mark_box(missing.pk)}")
    assert missing.name in answer.content.decode()
