"""The chair's room: states before the close, marks after it; letters, notes, practice and the agreed order."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Letter, Role
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from scoring.assignments.progress import Progress
from scoring.edit_conflicts import EditConflict
from scoring.models import Conflict, Mark, Note, Seat
from scoring.plenary import actions, dashboard_views
from scoring.plenary.dashboard import listed_for, room
from tests import builders
from tests.refusals import code_of
from tests.scoring.bench import bench
from tests.scoring.plenary.plenary import NOW, hand_in, move_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def scoring():
    """Two candidates, a chair who has handed in one sheet, a secretary and a juror who have begun nothing."""
    made = bench()
    made.seat(Role.CHAIR)
    made.seat(Role.SECRETARY)
    made.seat()
    hand_in(made.seats[0], made.nominations[0], made.marks(8_000, 7_000, 9_000))
    return made


def at(name, made, *more):
    return reverse(name, args=[made.selection.slug, *more])


@pytest.mark.parametrize("stage", [Stage.INTERVIEW, Stage.PLENARY])
def test_marks_are_in_the_room_only_after_the_close(scoring, stage):
    move_to(scoring.selection, stage)
    chair = scoring.seats[0].user

    cells = room(scoring.selection, chair).rows[0].cells

    assert [cell.state for cell in cells] == [Progress.HANDED_IN, Progress.NOT_BEGUN, Progress.NOT_BEGUN]
    after = stage == Stage.PLENARY
    assert [cell.value for cell in cells] == [7_833 if after else None, None, None]
    assert [[flag.code for flag in cell.flags] for cell in cells] == [[], *[["missing"] if after else []] * 2]


CHANCE = re.compile(r"\b[A-Za-z0-9]{64}\b|nonce=\"[^\"]*\"|[^\n]*print-head[^\n]*")
"""The token against forgery and the minute told to the printer."""


def shown(client, address) -> str:
    return CHANCE.sub("", client.get(address).content.decode())


@pytest.mark.parametrize("name", ["chair-room", "chair-candidate"])
def test_one_hidden_mark_changes_nothing_of_what_the_chair_sees_before_the_close(client, scoring, name):
    other = hand_in(scoring.seats[2], scoring.nominations[0], scoring.marks(5_000, 5_000, 5_000))
    client.force_login(scoring.seats[0].user)
    address = at(name, scoring, *([scoring.nominations[0].pk] if name == "chair-candidate" else []))
    before = shown(client, address)

    Mark.objects.filter(sheet=other).update(value=9_999)
    assert shown(client, address) == before

    move_to(scoring.selection, Stage.PLENARY)
    assert "99,99" in shown(client, address)  # the control: after the close the mark is there


def test_whoever_keeps_out_of_a_candidate_sees_no_mark_of_it_after_the_close(client, scoring):
    chair, nomination = scoring.seats[0], scoring.nominations[0]
    Conflict.objects.create(seat=chair, nomination=nomination, kind="recusal", reason="Kerabat", declared_by=chair.user)
    hand_in(scoring.seats[2], nomination, scoring.marks(5_000, 5_000, 5_000))
    move_to(scoring.selection, Stage.PLENARY)
    client.force_login(chair.user)

    assert nomination not in [row.nomination for row in room(scoring.selection, chair.user).rows]
    assert client.get(at("chair-candidate", scoring, nomination.pk)).status_code == 404


def test_marks_farther_apart_than_the_panels_limit_are_pointed_out(scoring):
    hand_in(scoring.seats[2], scoring.nominations[0], scoring.marks(6_000, 7_000, 9_000))
    move_to(scoring.selection, Stage.PLENARY)

    row = room(scoring.selection, scoring.seats[0].user).rows[0]

    assert [(criterion.slug, flag.size) for criterion, flag in row.wide] == [("inovasi", 2_000)]
    scoring.selection.panel.__class__.objects.update(spread_limit=2_000)
    assert room(scoring.selection, scoring.seats[0].user).rows[0].wide == []


def test_the_committee_sees_states_and_never_a_mark(scoring):
    move_to(scoring.selection, Stage.PLENARY)

    found = room(scoring.selection, builders.committee(scoring.selection))

    assert (found.shows_marks, {cell.value for row in found.rows for cell in row.cells}) == (False, {None})


def count_queries(client, made) -> int:
    move_to(made.selection, Stage.PLENARY)
    client.force_login(made.seats[0].user)
    client.get(at("chair-room", made))
    with CaptureQueriesContext(connection) as found:
        assert client.get(at("chair-room", made)).status_code == 200
    return len(found)


def test_the_room_costs_the_same_queries_for_few_and_for_many(client, scoring):
    few = count_queries(client, scoring)
    many = bench(nominations=8, code="52")
    for _ in range(6):
        many.seat(Role.CHAIR if not many.seats else Role.JUROR)
    for nomination in many.nominations:
        for seat in many.seats:
            hand_in(seat, nomination, many.marks(7_000, 6_000, 5_000))

    assert count_queries(client, many) == few


def test_a_letter_goes_to_who_owes_sheets_once_a_day(scoring):
    chair, observer = scoring.seats[0], scoring.seat(is_observer=True)
    hand_in(chair, scoring.nominations[1], scoring.marks(8_000, 7_000, 9_000))

    first = actions.nudge(scoring.selection, scoring.seats, by=chair.user)
    again = actions.nudge(scoring.selection, scoring.seats, by=chair.user)

    assert (first, again) == (scoring.seats[1:3], [])
    assert set(Letter.objects.values_list("to", flat=True)) == {seat.user.pk for seat in scoring.seats[1:3]}
    assert AuditEvent.objects.filter(verb="panel.nudge").count() == 2
    assert observer not in first


def test_nobody_is_reminded_once_the_panel_has_closed(scoring):
    move_to(scoring.selection, Stage.PLENARY)

    assert code_of(actions.nudge, scoring.selection, scoring.seats, by=scoring.seats[0].user) == "closed"


def test_a_juror_neither_reminds_nor_notes(scoring):
    juror = scoring.seats[2].user
    with pytest.raises(PermissionDenied):
        actions.nudge(scoring.selection, scoring.seats, by=juror)
    with pytest.raises(PermissionDenied):
        actions.write_note(scoring.nominations[0], text="x", version=0, by=juror)


def test_every_version_of_a_note_is_kept_and_an_overtaken_one_is_refused(client, scoring):
    chair, nomination = scoring.seats[0].user, scoring.nominations[0]
    client.force_login(chair)
    address = at("chair-candidate", scoring, nomination.pk)

    saved = client.post(address, {"text": "Satu", "version": 0})
    actions.write_note(nomination, text="Dua", version=1, by=scoring.seats[1].user)
    late = client.post(address, {"text": "Tiga", "version": 1})

    assert (saved.status_code, late.status_code) == (302, 409)
    assert list(Note.objects.values_list("version", "text")) == [(2, "Dua"), (1, "Satu")]
    with pytest.raises(EditConflict):
        actions.write_note(nomination, text="Tiga", version=1, by=chair)


def test_whoever_keeps_out_writes_no_note(scoring):
    chair, nomination = scoring.seats[0], scoring.nominations[0]
    Conflict.objects.create(seat=chair, nomination=nomination, kind="recusal", reason="Kerabat", declared_by=chair.user)

    assert code_of(actions.write_note, nomination, text="x", version=0, by=chair.user) == "conflict"


def test_the_chair_shares_the_reminder_of_a_juror_and_the_trail_has_it(client, scoring):
    chair, juror = scoring.seats[:2]
    client.force_login(chair.user)

    page = client.post(reverse("chair-nudge-share", args=[scoring.selection.slug, juror.pk]))

    assert page.context["message"].whatsapp in page.content.decode()
    assert page.context["message"].addressee == juror.user.name
    assert reverse("sheets") in page.context["message"].text
    assert AuditEvent.objects.filter(verb="panel.share-nudge", object_id=str(juror.pk)).count() == 1
    assert not Letter.objects.exists()


def test_no_reminder_is_shared_with_a_juror_who_owes_nothing_nor_after_the_panel_closed(scoring):
    chair, observer = scoring.seats[0], scoring.seat(is_observer=True)
    assert code_of(actions.share_nudge, observer, by=chair.user) == "nothing-due"

    move_to(scoring.selection, Stage.PLENARY)

    assert code_of(actions.share_nudge, Seat.objects.get(pk=scoring.seats[1].pk), by=chair.user) == "closed"


def test_what_is_to_be_discussed_is_told_as_soon_as_the_panel_is_closed_without_a_mark(client, scoring):
    chair, nomination = scoring.seats[0], scoring.nominations[0]
    hand_in(scoring.seats[2], nomination, scoring.marks(3_100, 7_000, 9_000))
    before = room(scoring.selection, chair.user)
    scoring.selection.panel.__class__.objects.update(closed_at=NOW, closed_by=chair.user)

    found = room(scoring.selection, chair.user)

    assert (before.to_discuss, [row.nomination for row in found.to_discuss]) == ([], [nomination])
    assert found.shows_marks is False
    page = client.force_login(chair.user) or client.get(at("chair-room", scoring)).content.decode()
    assert 'data-to-discuss="1"' in page
    assert "31,00" not in page
    assert room(scoring.selection, builders.committee(scoring.selection)).to_discuss == []


def test_a_discussion_says_who_said_what_was_decided(client, scoring):
    chair, nomination = scoring.seats[0], scoring.nominations[0]
    client.force_login(chair.user)
    typed = {"version": 0, "text": "Nilai tetap", "said_by": scoring.seats[1].pk}

    assert client.post(at("chair-candidate", scoring, nomination.pk), typed).status_code == 302
    assert Note.objects.get().is_discussion
    assert code_of(actions.write_note, nomination, text=" ", version=1, by=chair.user, said_by=chair) == "no-decision"


def test_the_chair_goes_from_candidate_to_candidate(client, scoring):
    client.force_login(scoring.seats[0].user)
    keys = list(listed_for(scoring.selection, scoring.seats[0].user).values_list("pk", flat=True))

    around = client.get(at("chair-candidate", scoring, keys[0])).context["around"]

    assert around == {"before": None, "after": keys[1], "number": 1, "of": len(keys)}


def test_who_is_late_is_told_with_the_last_sign_in_and_the_letters(client, scoring):
    chair = scoring.seats[0]
    actions.nudge(scoring.selection, scoring.seats, by=chair.user)
    client.force_login(chair.user)

    late = client.get(at("chair-room", scoring)).context["late"]

    assert {len(one.letters) for one in late} == {1}
    assert [one.owed for one in late] == sorted((one.owed for one in late), reverse=True)


def test_exceptions_are_gathered_from_all_candidates_whatever_page_of_the_matrix_is_open(client, scoring, monkeypatch):
    monkeypatch.setattr(dashboard_views, "PAGE", 1)
    chair, (first, second) = scoring.seats[0], scoring.nominations
    for nomination in (first, second):
        hand_in(scoring.seats[1], nomination, scoring.marks(9_000, 9_000, 9_000))
        hand_in(scoring.seats[2], nomination, scoring.marks(3_100, 7_000, 9_000))
    move_to(scoring.selection, Stage.PLENARY)
    client.force_login(chair.user)
    before = client.get(at("chair-room", scoring)).content.decode()
    Note.objects.create(nomination=first, version=1, text="Tetap", written_by=chair.user, said_by=chair)

    after = client.get(at("chair-room", scoring)).content.decode()

    assert [page.count("<tr data-nomination=") for page in (before, after)] == [1, 1]
    assert ['data-to-discuss="2"' in before, 'data-to-discuss="1"' in after] == [True, True]
    assert 'data-question="all-equal" data-cases="2"' in after
    assert 'data-question="missing" data-cases="1"' in after
    assert [f'href="#{kind}"' in after for kind in ("discuss", "all-equal", "missing", "short")] == [True] * 3 + [False]
