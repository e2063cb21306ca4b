"""Rooms: each juror owes, and each mean is made of, what the own room hears."""

import io
import json

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.models import Role
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from scoring import verify_seal
from scoring.assignments import progress
from scoring.assignments.assignment import Assignment
from scoring.assignments.progress import Progress
from scoring.assignments.workload import Workload
from scoring.conflicts import actions as conflict_actions
from scoring.exports import actions as export_actions
from scoring.exports.workbook import HEAD_ROW
from scoring.interviews import actions as interview_actions
from scoring.interviews import scheduling
from scoring.models import Interview, Panel, ScoreSheet, Seat, Standing, SubPanel
from scoring.panel import rooms, seat_changes
from scoring.panel.rooms import RoomPlan
from scoring.plenary.consistency import consistency_of
from scoring.sealing import verification
from scoring.sheets import actions as sheet_actions
from scoring.standings import store
from tests import builders
from tests.refusals import refused
from tests.scoring.bench import bench
from tests.scoring.interviews.rundown import MINUTES, NINE, divide, schedule, slots
from tests.scoring.panel import panels
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_rooms():
    """Four candidates, two in each room at the same times; two jurors in each room."""
    made = bench(nominations=4)
    made.by = builders.committee(made.selection)
    made.rooms = divide(made, Jepun=2, Cempaka=2)
    for number, nomination in enumerate(made.nominations):
        room = ["Jepun", "Cempaka"][number % 2]
        Interview.objects.create(nomination=nomination, starts_at=NINE + (number // 2) * 35 * MINUTES, room=room)
    return made


def states(made, nomination):
    found = progress.progress(made.seats, made.nominations)
    return [found[seat.pk, nomination.pk] for seat in made.seats]


def test_a_juror_owes_the_candidates_of_the_own_room(two_rooms):
    first = two_rooms.nominations[0]

    assert states(two_rooms, first) == [Progress.NOT_BEGUN] * 2 + [Progress.OTHER_ROOM] * 2
    assert [Workload(Assignment.of(seat)).total for seat in two_rooms.seats] == [2, 2, 2, 2]


def test_a_candidate_without_a_room_is_owed_by_the_whole_panel(two_rooms):
    Interview.objects.filter(nomination=two_rooms.nominations[0]).delete()

    assert states(two_rooms, two_rooms.nominations[0]) == [Progress.NOT_BEGUN] * 4


def test_nobody_types_marks_for_a_candidate_of_another_room(two_rooms, client):
    seat, theirs = two_rooms.rooms["Cempaka"][0], two_rooms.nominations[0]
    client.force_login(seat.user)

    with pytest.raises(ValidationError) as error:
        sheet_actions.save_marks(seat, theirs, two_rooms.marks(8_000, 8_000, 8_000), version=0, by=seat.user)

    assert (error.value.code, ScoreSheet.objects.count()) == ("conflict", 0)
    assert client.get(reverse("sheet", args=[two_rooms.selection.slug, theirs.pk])).status_code == 404
    listed = client.get(reverse("sheets")).context["panels"][0]["rows"]
    assert [row["nomination"] for row in listed] == [two_rooms.nominations[1], two_rooms.nominations[3]]


def test_a_juror_declares_about_the_own_room_only(two_rooms):
    seat = two_rooms.rooms["Jepun"][0]
    seat.declarations.all().delete()

    conflict_actions.declare(seat, reasons={}, by=seat.user)

    about = set(seat.declarations.values_list("nomination", flat=True))
    assert about == {two_rooms.nominations[0].pk, two_rooms.nominations[2].pk}


def test_a_room_has_a_quorum_of_its_own(two_rooms):
    Panel.objects.update(quorum=4)
    found = progress.progress(two_rooms.seats, two_rooms.nominations)

    strength = progress.strengths(two_rooms.seats, two_rooms.nominations, found, 4)[two_rooms.nominations[0].pk]

    assert (strength.quorum, strength.able, strength.room) == (1, 2, "Jepun")


def test_one_room_per_category_of_the_same_name_has_other_jurors(two_rooms):
    other = builders.category(slug="perusahaan", kind="company")
    made = SubPanel.objects.create(panel=two_rooms.seats[0].panel, room="Jepun", category=other, quorum=1)
    made.seats.set(two_rooms.rooms["Cempaka"])

    assert states(two_rooms, two_rooms.nominations[0])[2:] == [Progress.OTHER_ROOM] * 2


def test_two_rooms_hear_candidates_at_the_same_time_by_different_jurors(two_rooms):
    Interview.objects.all().delete()

    times = [one for minutes in (0, 35) for room in ("Jepun", "Cempaka") for one in slots(minutes, room=room)]
    planned = scheduling.proposed(two_rooms.selection, times, "")

    assert [(each.starts_at - NINE, each.room) for each in planned] == [
        (0 * MINUTES, "Jepun"),
        (0 * MINUTES, "Cempaka"),
        (35 * MINUTES, "Jepun"),
        (35 * MINUTES, "Cempaka"),
    ]


def test_the_whole_panel_is_never_booked_twice_at_one_minute():
    made = bench(nominations=2)
    made.by = builders.committee(made.selection)
    schedule(made, made.nominations[0], 0, "Jepun")

    refused("clash-panel", schedule, made, made.nominations[1], 34, "Cempaka")
    schedule(made, made.nominations[1], 35, "Cempaka")


def test_a_juror_of_two_rooms_is_never_booked_twice_at_one_minute(two_rooms):
    Interview.objects.all().delete()
    for one in SubPanel.objects.all():
        one.seats.add(two_rooms.seats[0])
    schedule(two_rooms, two_rooms.nominations[0], 0, "jepun")

    refused("clash-panel", schedule, two_rooms, two_rooms.nominations[1], 10, "Cempaka")
    assert Interview.objects.get().room == "Jepun"


def set_room(made, room, members, quorum=1):
    version = Panel.objects.get().version
    wanted = RoomPlan(room, [made.nominations[0].category], members, quorum)
    rooms.set_room(made.selection, wanted, version=version, by=made.by)


def test_rooms_are_set_by_the_committee_and_recorded(two_rooms):
    set_room(two_rooms, "cempaka", two_rooms.rooms["Cempaka"][:1])

    (one,) = SubPanel.objects.filter(room="Cempaka")
    assert list(one.seats.all()) == two_rooms.rooms["Cempaka"][:1]
    assert AuditEvent.objects.filter(verb="panel.rooms").exists()


def test_a_room_that_needs_a_juror_twice_at_once_is_refused(two_rooms):
    refused("clash-panel", set_room, two_rooms, "Cempaka", two_rooms.seats)
    refused("too-few", set_room, two_rooms, "Cempaka", two_rooms.rooms["Cempaka"], 3)
    assert SubPanel.objects.get(room="Cempaka").seats.count() == 2


def test_dropping_a_room_of_parallel_interviews_is_refused(two_rooms):
    one, version = SubPanel.objects.get(room="Cempaka"), Panel.objects.get().version

    refused("clash-panel", rooms.drop, one, version=version, by=two_rooms.by)
    Interview.objects.filter(room="Cempaka").delete()
    rooms.drop(one, version=version, by=two_rooms.by)

    assert not SubPanel.objects.filter(room="Cempaka").exists()


def test_a_substitute_sits_in_the_rooms_of_the_member_replaced(two_rooms):
    former = two_rooms.rooms["Jepun"][0]

    asked = panels.asked_to_substitute(former, by=two_rooms.by)
    successor = seat_changes.second(asked, by=builders.appointed(Role.CHAIR, two_rooms.selection))

    assert [one.room for one in successor.sub_panels.all()] == ["Jepun"]


def test_nobody_moves_a_candidate_or_a_juror_away_from_marks_that_were_handed_in(two_rooms):
    seat, first = two_rooms.rooms["Jepun"][0], two_rooms.nominations[0]
    plenary.hand_in(seat, first, two_rooms.marks(8_000, 7_000, 6_000))
    one = SubPanel.objects.get(room="Jepun")

    refused("marks-stand", set_room, two_rooms, "Jepun", two_rooms.rooms["Jepun"][1:])
    interview = first.interview
    moved = {"starts_at": NINE + 300 * MINUTES, "room": "Cempaka", "version": interview.version, "by": two_rooms.by}
    refused("marks-stand", interview_actions.schedule, first, **moved)
    assert (one.seats.count(), Interview.objects.get(pk=interview.pk).room) == (2, "Jepun")


@pytest.fixture
def judged():
    """A plenary: the first candidate by the chair's room, the others by the whole panel; everybody marked all."""
    made = plenary.plenary()
    first, chair = made.nominations[0], made.seats[0]
    Interview.objects.filter(nomination=first).update(room="Jepun")
    one = SubPanel.objects.create(panel=chair.panel, room="Jepun", category=first.category, quorum=1)
    one.seats.set([chair])
    store.refresh(made.selection)
    return made


def test_a_mean_is_over_the_jurors_of_the_room_and_says_so(judged, client):
    rows = {row.nomination_id: row for row in Standing.objects.all()}
    first, second = (rows[each.pk] for each in judged.nominations[:2])

    assert (first.scores["inovasi"], second.scores["inovasi"]) == (8_000, 7_500)
    assert first.evidence["inovasi"] == {"marks": 1, "sum": 8_000, "room": "Jepun"}
    client.force_login(builders.committee(judged.selection))
    page = client.get(reverse("ranking", args=[judged.selection.slug, "terbaik"])).content.decode()
    assert page.count("hanya juri ruang “Jepun” yang menilai") > 0


def test_the_seal_names_the_rooms_and_both_verifiers_agree(judged):
    seal = plenary.sealed(judged)
    document = json.loads(seal.payload)

    assert document["rules"]["rooms"] == [
        {"room": "Jepun", "category": "pemerintah-kabupaten-kota", "quorum": 1, "seats": [1]}
    ]
    assert [one.get("room") for one in document["inputs"]["nominations"]] == ["Jepun", None, None]
    assert list(verification.faults(seal)) == []


def test_the_verifier_finds_a_mark_from_another_room(judged):
    document = json.loads(plenary.sealed(judged).payload)
    document["inputs"]["nominations"][0]["marks"]["inovasi"]["2"] = 8_000

    assert list(verify_seal.differences(document)) == [
        "pemerintah-kabupaten-kota: 51.01 Kabupaten Nomor 1: juror 2 sits in another room"
    ]


def test_what_is_sealed_keeps_its_rooms(judged):
    plenary.sealed(judged)

    with pytest.raises(Exception, match="sealed"):
        SubPanel.objects.get().seats.add(judged.seats[1])


def test_severity_between_rooms_is_told_only_where_a_juror_sat_in_both(two_rooms):
    for seat in two_rooms.seats:
        for nomination in two_rooms.nominations:
            plenary.hand_in(seat, nomination, two_rooms.marks(8_000, 7_000, 6_000))
    plenary.move_to(two_rooms.selection, Stage.PLENARY)

    (found,) = consistency_of(two_rooms.selection)

    assert [(one.name, one.candidates, one.jurors, one.effect) for one in found.rooms] == [
        ("Cempaka", 2, 2, None),
        ("Jepun", 2, 2, None),
    ]


def test_the_page_of_rooms_adds_changes_and_takes_back(client):
    made = bench(nominations=1)
    member = made.seat(Role.CHAIR)
    client.force_login(builders.committee(made.selection))
    url = reverse("panel-rooms", args=[made.selection.slug])
    category = made.nominations[0].category_id
    typed = {"version": 1, "room": " Jepun ", "categories": [category], "seats": [member.pk], "quorum": 1}

    assert client.post(url, typed | {"seats": []}).context["form"].errors.keys() == {"seats"}
    assert client.post(url, typed).status_code == 302
    one = SubPanel.objects.get()
    assert client.get(url, {"ubah": one.pk}).context["form"].initial["room"] == "Jepun"
    overtaken = client.post(url, typed).context["form"]  # it saw an older version of the panel
    assert (len(overtaken.non_field_errors()), overtaken["version"].value()) == (1, Panel.objects.get().version)
    drop = reverse("panel-room-drop", args=[made.selection.slug, one.pk])
    client.post(drop, {"version": Panel.objects.get().version})
    assert (SubPanel.objects.count(), Seat.objects.count()) == (0, 1)


def test_the_workbook_names_the_room_beside_the_marks_of_its_jurors(judged):
    content = export_actions.export_winners(judged.selection, by=None)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = next(one for one in book.worksheets if "Juri" in [cell.value for cell in one[HEAD_ROW + 1]])

    rows = list(sheet.iter_rows(min_row=HEAD_ROW + 2, values_only=True))
    assert [row[2] for row in rows] == ["juri ruang “Jepun”", "seluruh tim penilai", "seluruh tim penilai"]
    assert [sum(mark is not None for mark in row[3:]) for row in rows] == [3, 6, 6]
