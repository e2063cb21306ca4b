"""Nobody came for a candidate: no channel takes a mark, what was typed before is kept and counts again when mended."""

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.models import Role
from scoring.assignments import criteria
from scoring.assignments import progress as assignment_progress
from scoring.assignments.assignment import Assignment
from scoring.assignments.progress import Progress, progress
from scoring.assignments.workload import Workload
from scoring.interviews import actions
from scoring.models import Mark, ScoreSheet
from scoring.plenary.closing import missing_sheets
from scoring.sealing import checks
from scoring.sheets import actions as sheet_actions
from scoring.sheets.offline import sync
from scoring.sheets.offline.board import board_file
from scoring.sheets.offline.sync import DeviceEntry
from scoring.standings.inputs import counting_marks, gather
from tests import builders
from tests.refusals import refused
from tests.scoring.bench import LEVELS, bench
from tests.scoring.plenary.plenary import attend
from tests.scoring.sheets.own import address, given, handed_in

pytestmark = pytest.mark.django_db

PHONE = uuid.UUID(int=1)


@pytest.fixture
def judged(client):
    """Marks typed for both candidates, those of the second handed in; then nobody came for the first. Signed in."""
    made = bench()
    made.attended.rules = {"levels": [*LEVELS, {"code": "nobody", "label": "Tidak hadir", "points": 0, "absent": True}]}
    made.attended.save()
    made.seat(Role.CHAIR)
    given(made, 8000, 7000, 6000)
    handed_in(made, 8000, 7000, 6000, nomination=1)
    attend(made.nominations[0], "nobody")
    attend(made.nominations[1], "head")
    client.force_login(made.seats[0].user)
    return made


def held():
    return list(Mark.objects.order_by("pk").values_list("value", flat=True))


def entry(made):
    return DeviceEntry(1, made.nominations[0].pk, f"mark_{made.marked[0].pk}", "99", 1)


def mended(made):
    """The secretary corrects the attendance."""
    interview = made.nominations[0].interview
    actions.record_attendance(
        interview, level="head", is_online=False, version=1, by=builders.appointed(Role.SECRETARY, made.selection)
    )


def test_neither_saving_nor_handing_in_is_taken(judged):
    seat, first = judged.seats[0], judged.nominations[0]

    refused("candidate-absent", sheet_actions.save_marks, seat, first, judged.marks(1, 2, 3), version=1, by=seat.user)
    refused(
        "candidate-absent", sheet_actions.hand_in, ScoreSheet.objects.get(nomination=first), version=1, by=seat.user
    )

    assert held() == [8000, 7000, 6000] * 2


def test_the_page_says_so_and_shows_what_was_typed_without_a_box(client, judged):
    page = client.get(address(judged, "sheet", 0))
    answers = [
        client.post(address(judged, "sheet", 0), judged.posted("1", "2", "3", version=1)),
        client.get(address(judged, "sheet-hand-in", 0)),
        client.post(address(judged, "sheet-hand-in", 0), {"version": 1}),
    ]

    body = page.content.decode()
    assert (page.context["is_open"], "data-nobody-came" in body, "data-box" in body) == (False, True, False)
    assert "80,00" in body
    assert [answer.url for answer in answers] == [address(judged, "sheet", 0)] * 3
    assert (held(), ScoreSheet.objects.submitted().count()) == ([8000, 7000, 6000] * 2, 1)


def test_a_sheet_not_begun_opens_and_says_so(client, judged):
    judged.seat()
    client.force_login(judged.seats[1].user)

    page = client.get(address(judged, "sheet", 0))

    assert (page.status_code, page.context["is_open"], page.context["sheet"]) == (200, False, None)


def test_what_a_device_kept_is_refused_with_the_reason_and_taken_when_mended(judged):
    seat = judged.seats[0]
    refusal = sync.deliver(seat, PHONE, [entry(judged)], by=seat.user).results[0]
    mended(judged)

    taken = sync.deliver(seat, PHONE, [entry(judged)], by=seat.user).results[0]

    assert (refusal.outcome, refusal.reason, bool(refusal.words)) == ("refused", "candidate-absent", True)
    assert (taken.outcome, held()[0]) == ("written", 9900)


def test_a_rescue_file_is_refused_as_the_device_is(client, judged):
    told = entry(judged)
    row = {name: getattr(told, name) for name in ("sequence", "nomination", "box", "value", "base")}
    document = json.dumps({"device": str(PHONE), "entries": [row]}).encode()

    url = reverse("sheets-rescue", args=[judged.selection.slug])
    answer = client.post(url, {"file": SimpleUploadedFile("nilai.json", document)})

    assert [(one["outcome"], one["reason"]) for one in answer.context["results"]] == [("refused", "candidate-absent")]
    assert held() == [8000, 7000, 6000] * 2


def test_the_board_of_a_device_closes_the_sheet_and_says_why(judged):
    seat = type(judged.seats[0]).objects.with_people().get(pk=judged.seats[0].pk)

    told = board_file(seat, reader=seat.user)["sheets"]

    assert [(one["isClosed"], bool(one["closedBecause"])) for one in told] == [(True, True), (True, False)]
    assert not any(held in one for one in told for held in ("values", "facts", "trend"))


def test_nobody_owes_a_sheet_where_nobody_came(judged):
    seat = judged.seats[0]
    mine = Workload(Assignment.of(seat))
    states = progress([seat], judged.nominations)
    strengths = assignment_progress.strengths([seat], judged.nominations, states, 1)

    assert list(states.values()) == [Progress.NOBODY_CAME, Progress.HANDED_IN]
    assert (mine.done, mine.total, mine.is_done, mine.after(judged.nominations[0].pk)) == (1, 1, True, None)
    assert (missing_sheets(judged.selection).sheets, missing_sheets(judged.selection).below) == ({}, [])
    assert [one.is_below for one in strengths.values()] == [False, False]
    assert checks.sheets_open(checks.Situation(judged.selection)) == []


def test_an_attendance_that_is_corrected_gives_the_sheet_back_with_its_marks(client, judged):
    mended(judged)
    seat, first = judged.seats[0], judged.nominations[0]
    page = client.get(address(judged, "sheet", 0))

    sheet_actions.hand_in(ScoreSheet.objects.get(nomination=first), version=1, by=seat.user)

    assert page.context["is_open"]
    assert (Workload(Assignment.of(seat)).done, Workload(Assignment.of(seat)).total) == (2, 2)
    given_marks = [counting_marks(judged.marked, [first])[first.pk, one.pk] for one in judged.marked]
    assert given_marks == [{1: 8000}, {1: 7000}, {1: 6000}]


def test_marks_handed_in_before_are_kept_uncounted_and_count_again_when_mended(judged):
    seat, second = judged.seats[0], judged.nominations[1]
    secretary = builders.appointed(Role.SECRETARY, judged.selection)
    counted = []
    for version, level in enumerate(("nobody", "head"), 1):
        actions.record_attendance(second.interview, level=level, is_online=False, version=version, by=secretary)
        marks = gather(
            judged.selection, judged.marked[0].aspect.rubric, criteria.marked_nominations(judged.selection)
        ).marks
        counted.append(sorted(value for of in marks.values() for value in of.values()))

    assert counted == [[], [6000, 7000, 8000]]
    assert ScoreSheet.objects.submitted().filter(seat=seat, nomination=second).exists()


def test_where_an_absent_jurors_conflict_stands_it_outweighs_that_nobody_came(judged):
    seat = judged.seat()
    seat.conflicts.create(nomination=judged.nominations[0], kind="recusal", reason="Ipar", declared_by=seat.user)

    assert progress([seat], judged.nominations)[seat.pk, judged.nominations[0].pk] == Progress.RECUSED
