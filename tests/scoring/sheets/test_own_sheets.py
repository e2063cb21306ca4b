"""The pages around a sheet: what a device keeps, rescue files, history, assistants, reopening, the marks of others."""

import json
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from paritrana.display import formats
from scoring.assignments.progress import board
from scoring.conflicts import actions
from scoring.models import Declaration, MarkVersion, Panel, ScoreSheet, Seat
from scoring.panel import rules
from scoring.sheets import actions as sheet_actions
from scoring.sheets import forms, own_ranking
from scoring.sheets.candidate_facts import trend
from scoring.sheets.offline.board import board_file
from tests import builders
from tests.scoring.bench import bench
from tests.scoring.sheets.own import address, given, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(client):
    made = bench()
    client.force_login(made.seat().user)
    return made


def test_a_board_holds_the_own_marks_and_nothing_of_others_nor_of_whom_one_keeps_out_of(client, judged):
    other = judged.seat()
    given(judged, 8000, None, None)
    given(judged, 1234, 2345, 3456, seat=1)
    actions.declare(judged.seats[0], reasons={judged.nominations[1].pk: "Saudara"}, by=judged.seats[0].user)

    told = client.get(address(judged, "sheets-board")).json()

    assert [(sheet["name"], sheet["values"][f"mark_{judged.marked[0].pk}"]) for sheet in told["sheets"]] == [
        (str(judged.nominations[0]), "80,00")
    ]
    hidden = [str(judged.nominations[1]), "12,34", "23,45", str(other.user)]
    assert [word for word in hidden if word in json.dumps(told)] == []


def test_a_board_tells_nothing_before_the_declaration(client, judged):
    Declaration.objects.all().delete()

    assert client.get(address(judged, "sheets-board")).json()["sheets"] == []


def test_a_board_costs_the_same_for_one_candidate_and_many(judged):
    seat = Seat.objects.with_people().get()
    with CaptureQueriesContext(connection) as few:
        board_file(seat, reader=seat.user)
    for number in range(10, 20):
        nomination = judged.shortlist(number)
        Declaration.objects.create(seat=seat, nomination=nomination, declared_by=seat.user)
    with CaptureQueriesContext(connection) as many:
        told = board_file(seat, reader=seat.user)

    assert (len(many), len(told["sheets"])) == (len(few), 12)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"device": "x", "entries": []}', b'{"device": 1}', b"\xff", b"[" * 5000]
)
def test_a_delivery_that_is_none_is_refused(client, judged, body):
    answer = client.post(address(judged, "sheets-deliver"), body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def delivery(judged, **fields):
    entry = {"sequence": 1, "nomination": judged.nominations[0].pk, "box": f"mark_{judged.marked[0].pk}"}
    return {"device": str(uuid.UUID(int=5)), "entries": [entry | {"value": "81,5", "base": 0} | fields]}


@pytest.mark.parametrize(
    "fields", [{"sequence": 0}, {"sequence": True}, {"base": "1"}, {"value": 5}, {"box": "x" * 41}]
)
def test_an_entry_out_of_shape_refuses_the_whole_delivery(client, judged, fields):
    answer = client.post(address(judged, "sheets-deliver"), delivery(judged, **fields), content_type="application/json")

    assert (answer.status_code, ScoreSheet.objects.count()) == (400, 0)


def test_what_somebody_else_typed_is_refused_on_line_and_by_file(client, judged):
    sent = delivery(judged) | {"person": judged.seats[0].user.pk + 1}

    told = client.post(address(judged, "sheets-deliver"), sent, content_type="application/json")
    file = SimpleUploadedFile("nilai.json", json.dumps(sent).encode())
    page = client.post(address(judged, "sheets-rescue"), {"file": file})

    assert (told.status_code, told.json()["code"]) == (409, "not-yours")
    assert page.context["form"].errors.as_data()["file"][0].code == "not-yours"
    assert not ScoreSheet.objects.exists()


def test_a_delivery_is_answered_with_what_the_sheet_holds_and_a_receipt(client, judged):
    told = client.post(address(judged, "sheets-deliver"), delivery(judged), content_type="application/json").json()

    held = told["sheets"][str(judged.nominations[0].pk)]
    assert (held["version"], held["values"][f"mark_{judged.marked[0].pk}"]) == (1, "81,50")
    assert [outcome["outcome"] for outcome in told["outcomes"]] == ["written"]
    assert len(told["receipt"]["digest"]) == 64


def test_a_delivery_that_comes_again_is_answered_with_what_the_sheet_holds_by_now(client, judged):
    def deliver(**fields):
        sent = delivery(judged, **fields)
        return client.post(address(judged, "sheets-deliver"), sent, content_type="application/json").json()["sheets"]

    deliver()
    deliver(sequence=2, value="82", base=1)
    held = deliver()[str(judged.nominations[0].pk)]

    assert (held["version"], held["values"][f"mark_{judged.marked[0].pk}"]) == (2, "82,00")


def test_a_sheet_that_takes_nothing_any_more_is_told_in_no_answer(client, judged):
    handed_in(judged, 8000, 7000, 6000)

    sent = delivery(judged, base=1)
    told = client.post(address(judged, "sheets-deliver"), sent, content_type="application/json").json()

    assert ([outcome["reason"] for outcome in told["outcomes"]], told["sheets"]) == (["handed-in"], {})


def test_a_rescue_file_goes_by_the_rules_of_the_device_and_counts_once(client, judged):
    content = json.dumps(delivery(judged)).encode()

    pages = [
        client.post(address(judged, "sheets-rescue"), {"file": SimpleUploadedFile("nilai.json", content)})
        for _n in range(2)
    ]

    assert [page.context["results"][0]["outcome"] for page in pages] == ["written", "written"]
    assert MarkVersion.objects.count() == 1


def test_a_file_that_is_no_rescue_file_is_refused(client, judged):
    page = client.post(address(judged, "sheets-rescue"), {"file": SimpleUploadedFile("nilai.json", b"halo")})

    assert page.context["form"].errors.as_data()["file"][0].code == "unreadable"


def test_the_empty_page_is_the_same_for_everybody(client, judged):
    def page():
        return re.sub(rb"[A-Za-z0-9]{64}", b"", client.get(reverse("sheets-offline")).content)

    signed_in = page()
    client.logout()

    assert page() == signed_in
    assert client.get(reverse("sheets-worker")).headers["Content-Type"] == "text/javascript"


def test_the_history_tells_every_version_and_who_typed_it(client, judged):
    sheet = given(judged, 8000, None, None)
    helper = builders.person("Asisten")
    actions.appoint(judged.seats[0], helper.email, by=judged.seats[0].user)
    actions.declare_as_assistant(judged.seats[0], reasons={}, by=helper)
    sheet_actions.save_marks(
        judged.seats[0], judged.nominations[0], judged.marks(8100, None, None), version=1, by=helper
    )

    told = client.get(address(judged, "sheet-history", 0)).context["history"].rows[0][1]

    assert [(one.value, one.by, one.for_juror) for one in told] == [
        (8100, helper, True),
        (8000, sheet.seat.user, False),
    ]


def test_rules_are_set_until_the_first_sheet_is_begun(client, judged):
    client.force_login(builders.committee(judged.selection))
    typed = {"visibility": "after-own", "disclosure": "letters", "spread_limit": "15", "version": 1}
    typed |= {"comment_below": "50", "comment_above": ""}

    first = client.post(address(judged, "panel-rules"), typed)
    stale = client.post(address(judged, "panel-rules"), typed | {"comment_below": "40"})
    given(judged, 1, None, None)
    late = client.post(address(judged, "panel-rules"), typed | {"version": 2})

    panel = Panel.objects.get()
    assert (first.status_code, stale.status_code) == (302, 409)
    assert late.context["form"].non_field_errors().as_data()[0].code == "already-scoring"
    assert (panel.visibility, panel.comment_below, panel.comment_above) == ("after-own", 5000, None)
    assert panel.requires_comment(4999) and not panel.requires_comment(5000)


def test_the_own_order_shares_places_and_leaves_out_what_is_not_whole(judged):
    for number in (3, 4):
        nomination = judged.shortlist(number)
        Declaration.objects.create(seat=judged.seats[0], nomination=nomination, declared_by=judged.seats[0].user)
    for nomination, values in enumerate([(8000, 8000, 8000), (9000, 9000, 9000), (8000, 8000, 8000), (1, None, None)]):
        given(judged, *values, nomination=nomination)

    seat = Seat.objects.with_people().get()
    told = own_ranking.order(seat, board(seat).to_score)

    places = [(told[each.pk].place, told[each.pk].points) for each in judged.nominations]
    assert places == [(2, 2400), (1, 2700), (2, 2400), (None, 0)]


def test_levels_are_read_from_the_lines_of_the_guidance():
    words, levels = forms.read_guidance(
        "Rencana kerja.\n0-49: Belum ada\n85–100: Tertulis dan dianggarkan\n90-80: salah"
    )

    assert words == "Rencana kerja. 90-80: salah"
    assert [(level.least, level.most, level.words) for level in levels] == [
        (85, 100, "Tertulis dan dianggarkan"),
        (0, 49, "Belum ada"),
    ]


def test_words_are_kept_with_the_marks_and_a_form_without_them_changes_none(client, judged):
    box = f"remark_{judged.marked[0].pk}"
    client.post(address(judged, "sheet", 0), judged.posted("80", "", "", **{box: "Jelas", "remark": "Baik"}))

    client.post(address(judged, "sheet", 0), judged.posted("81", "", "", version=1))

    form = client.get(address(judged, "sheet", 0)).context["form"]
    assert (form[box].value(), form["remark"].value()) == ("Jelas", "Baik")


def test_beyond_a_threshold_the_last_look_asks_for_words(client, judged):
    committee = builders.committee(judged.selection)
    rules.set_rules(judged.selection, visibility="own", comment_below=None, comment_above=9000, version=1, by=committee)
    client.post(address(judged, "sheet", 0), judged.posted("95", "70", "60"))

    answer = client.get(address(judged, "sheet-hand-in", 0))

    first = f"#id_remark_{judged.marked[0].pk}"  # the box that lacks words
    assert (answer.status_code, answer.url) == (302, address(judged, "sheet", 0) + first)


def test_the_trend_leaves_out_years_of_which_nothing_is_known_and_tells_other_definitions(judged):
    region = judged.nominations[0].candidate.region
    year = judged.selection.edition.coverage_year
    builders.coverage(region, year - 1, workers=1000, participants=333)
    builders.coverage(region, year, workers=900, participants=400, definition=builders.definition("region", "sensus"))

    told = trend(judged.nominations[0])

    assert [[(each.year, each.share, each.is_comparable) for each in years] for _segment, years in told] == [
        [(year - 1, 3330, True), (year, 4444, False)]
    ]


def test_a_board_carries_the_dossier_and_only_the_names_of_the_evidence(judged):
    region, year = judged.nominations[0].candidate.region, judged.selection.edition.coverage_year
    builders.coverage(region, year, workers=900, participants=400)
    builders.evidence(judged.nominations[0], judged.attended, "foto-wawancara.png")
    seat = Seat.objects.with_people().get()

    told = board_file(seat, reader=seat.user)["sheets"][0]

    assert [(fact["name"], fact["files"]) for fact in told["facts"]] == [
        (judged.attended.name, ["foto-wawancara.png"]),
        ("Regulasi", []),
    ]
    assert [[each["share"] for each in row["years"]] for row in told["trend"]] == [
        [f"{formats.percent(4_444)} (terkirim)"]
    ]


def test_a_person_on_two_panels_switches_between_them(client, judged):
    alone = client.get(reverse("sheets")).content
    second = bench(code="52").seat(user=judged.seats[0].user)
    both = client.get(reverse("sheets")).content.decode()

    assert b"data-switcher" not in alone
    links = re.findall(r'href="#panel-(\d+)"', both)
    assert sorted(links) == sorted(str(seat.pk) for seat in (judged.seats[0], second))
