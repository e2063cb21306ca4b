"""Whoever keeps out of a candidate keeps out everywhere: pages, devices, files brought, evidence handed out."""

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.models import Role
from awards.stages import Stage
from scoring.conflicts import actions as conflict_actions
from scoring.models import Mark, Receipt, Seat
from scoring.sheets import actions
from scoring.sheets.offline import receipts, sync
from scoring.sheets.offline.board import board_file
from scoring.sheets.offline.sync import DeviceEntry
from scoring.standings.inputs import counting_marks
from tests import builders
from tests.scoring.bench import bench
from tests.scoring.plenary.plenary import move_to

pytestmark = pytest.mark.django_db

SECRET = (1_234, 2_345, 3_456)
PHONE = uuid.UUID(int=1)


@pytest.fixture(params=["recusal", "abstention"])
def judged(request, client):
    """A juror who has handed in both candidates and then keeps out of the first, by either act; signed in."""
    made = bench()
    builders.title(made.nominations[0].category.current_rubric)
    made.seat(Role.CHAIR)
    seat = made.seat(Role.SECRETARY)
    builders.evidence(made.nominations[0], made.attended, "bukti-rahasia.png")
    for nomination in made.nominations:
        sheet = actions.save_marks(seat, nomination, made.marks(*SECRET), version=0, by=seat.user)
        actions.hand_in(sheet, version=1, by=seat.user)
    if request.param == "recusal":
        conflict_actions.recuse(seat, made.nominations[0], reason="Ipar bupati", by=made.seats[0].user)
    else:
        conflict_actions.declare(seat, reasons={made.nominations[0].pk: "Ipar bupati"}, by=seat.user)
    client.force_login(seat.user)
    return made


def at(made, name, *more, nomination=0):
    return reverse(name, args=[made.selection.slug, made.nominations[nomination].pk, *more])


def entry(made, sequence=1):
    return DeviceEntry(sequence, made.nominations[0].pk, f"mark_{made.marked[0].pk}", "99", 1)


def held():
    return list(Mark.objects.order_by("pk").values_list("value", flat=True))


@pytest.mark.parametrize("name", ["sheet", "sheet-next", "sheet-hand-in", "sheet-history", "sheet-peers"])
def test_no_page_of_the_sheet_opens_or_takes_anything(client, judged, name):
    before = held()
    reads = name in {"sheet-next", "sheet-history", "sheet-peers"}

    answers = [client.get(at(judged, name)).status_code]
    answers += [] if reads else [client.post(at(judged, name), judged.posted("99", "99", "99", version=1)).status_code]

    assert (set(answers), held()) == ({404}, before)


def test_no_evidence_is_handed_out(client, judged):
    file = judged.nominations[0].evidence.get()

    assert client.post(at(judged, "sheet-evidence", file.pk)).status_code == 404


def test_what_a_device_kept_is_refused(judged):
    before = held()

    answer = sync.deliver(judged.seats[1], PHONE, [entry(judged)], by=judged.seats[1].user)

    assert [(result.outcome, result.reason) for result in answer.results] == [("refused", "conflict")]
    assert held() == before


def test_a_rescue_file_is_refused_as_the_device_is(client, judged):
    before = held()
    told = entry(judged)
    row = {name: getattr(told, name) for name in ("sequence", "nomination", "box", "value", "base")}
    document = json.dumps({"device": str(PHONE), "entries": [row]}).encode()

    answer = client.post(
        reverse("sheets-rescue", args=[judged.selection.slug]), {"file": SimpleUploadedFile("nilai.json", document)}
    )

    assert [(each["outcome"], each["reason"]) for each in answer.context["results"]] == [("refused", "conflict")]
    assert held() == before


def test_the_board_of_the_device_drops_the_candidate(judged):
    seat = Seat.objects.with_people().get(pk=judged.seats[1].pk)

    told = board_file(seat, reader=seat.user)

    assert [sheet["nomination"] for sheet in told["sheets"]] == [judged.nominations[1].pk]
    assert [word for word in (str(judged.nominations[0]), "bukti-rahasia.png") if word in json.dumps(told)] == []


def test_the_assistant_keeps_out_with_the_juror(client, judged):
    helper = builders.person()
    conflict_actions.appoint(judged.seats[1], helper.email, by=judged.seats[1].user)
    client.force_login(helper)

    answer = sync.deliver(judged.seats[1], PHONE, [entry(judged)], by=helper)

    assert (client.get(at(judged, "sheet")).status_code, answer.results[0].reason) == (404, "conflict")


def test_marks_given_before_stop_counting_whatever_is_made_of_them(judged):
    counting = counting_marks(judged.marked, judged.nominations)

    second = judged.nominations[1].pk
    assert counting == {(second, one.pk): {2: mark} for one, mark in zip(judged.marked, SECRET, strict=True)}


@pytest.mark.parametrize("name", ["chair-room", "progress"])
def test_who_leads_the_panel_and_keeps_out_sees_no_mark_of_the_candidate(client, judged, name):
    other = judged.seat()
    sheet = actions.save_marks(
        other, judged.nominations[0], judged.marks(4_321, 5_432, 6_543), version=0, by=other.user
    )
    actions.hand_in(sheet, version=1, by=other.user)
    move_to(judged.selection, Stage.PLENARY)

    body = client.get(reverse(name, args=[judged.selection.slug])).content.decode()

    assert [mark for mark in ("43,21", "54,32", "65,43") if mark in body] == []
    assert client.get(at(judged, "chair-candidate")).status_code == 404


def test_a_receipt_stays_true_to_what_the_server_holds(judged):
    sync.deliver(judged.seats[1], PHONE, [entry(judged)], by=judged.seats[1].user)

    assert receipts.is_current(Receipt.objects.get())
