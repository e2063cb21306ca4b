"""Conflicts of interest: declared by the juror, or recused by chair and secretary."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards.models import Role
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from scoring.assignments.progress import Progress, progress
from scoring.conflicts import actions, views
from scoring.models import Conflict, Declaration, ScoreSheet, Standing
from scoring.sheets import actions as sheet_actions
from scoring.standings import store
from tests import builders
from tests.refusals import refused
from tests.scoring.bench import bench
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged():
    made = bench()
    made.seat(declared=False)
    return made


def test_a_declaration_covers_every_candidate_of_the_panel(judged):
    seat, (first, second) = judged.seats[0], judged.nominations

    actions.declare(seat, reasons={first.pk: "Ipar bupati"}, by=seat.user)

    assert list(Conflict.objects.values_list("nomination", "kind", "reason")) == [
        (first.pk, "abstention", "Ipar bupati")
    ]
    assert list(Declaration.objects.values_list("nomination", flat=True)) == [second.pk]


def test_a_candidate_shortlisted_later_waits_for_its_own_declaration(judged):
    seat = judged.seats[0]
    actions.declare(seat, reasons={}, by=seat.user)
    third = judged.shortlist(3)

    actions.declare(seat, reasons={}, by=seat.user)

    assert Declaration.objects.filter(seat=seat, nomination=third).count() == 1
    assert Declaration.objects.filter(seat=seat).count() == 3


def test_a_juror_may_still_abstain_after_declaring_no_conflict(judged):
    seat, first = judged.seats[0], judged.nominations[0]
    actions.declare(seat, reasons={}, by=seat.user)

    actions.declare(seat, reasons={first.pk: "Baru tahu"}, by=seat.user)

    assert progress([seat], [first]) == {(seat.pk, first.pk): Progress.ABSTAINED}


def test_a_conflict_is_never_recorded_twice_nor_without_a_reason(judged):
    seat, first = judged.seats[0], judged.nominations[0]
    refused("no-reason", actions.declare, seat, reasons={first.pk: "  "}, by=seat.user)
    actions.declare(seat, reasons={first.pk: "Saudara"}, by=seat.user)

    refused("already-recorded", actions.declare, seat, reasons={first.pk: "Saudara"}, by=seat.user)
    assert Conflict.objects.count() == 1


def test_nobody_declares_for_another_seat(judged):
    other = judged.seat()

    refused("not-your-seat", actions.declare, judged.seats[0], reasons={}, by=other.user)


def test_nobody_declares_about_a_candidate_of_another_panel(judged):
    foreign = bench(code="52").nominations[0]
    seat = judged.seats[0]

    refused("not-judged", actions.declare, seat, reasons={foreign.pk: "Saudara"}, by=seat.user)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.SECRETARY])
def test_chair_and_secretary_recuse_others_but_not_themselves(judged, role):
    leader = judged.seat(role)
    seat, first = judged.seats[0], judged.nominations[0]

    actions.recuse(seat, first, reason="Bekerja di sana", by=leader.user)

    assert Conflict.objects.get().kind == Conflict.Kind.RECUSAL
    refused("own-seat", actions.recuse, leader, first, reason="Saya", by=leader.user)


def test_jurors_and_committee_recuse_nobody(judged):
    for person in [judged.seat().user, builders.committee(judged.selection)]:
        with pytest.raises(PermissionDenied):
            actions.recuse(judged.seats[0], judged.nominations[0], reason="x", by=person)


@pytest.mark.parametrize("stage", [Stage.SEALED, Stage.ANNOUNCED])
def test_nobody_is_recused_after_the_seal(judged, stage):
    leader = judged.seat(Role.SECRETARY)
    judged.selection.stage = stage
    judged.selection.save()

    with pytest.raises(PermissionDenied):
        actions.recuse(judged.seats[0], judged.nominations[0], reason="x", by=leader.user)


def test_marks_handed_in_before_a_recusal_stop_counting_and_the_trail_says_so(judged):
    rubric = judged.marked[0].aspect.rubric
    builders.title(rubric, "terbaik")
    secretary, seat, first = judged.seat(Role.SECRETARY), judged.seat(), judged.nominations[0]
    sheet = sheet_actions.save_marks(seat, first, judged.marks(8000, 7000, 6000), version=0, by=seat.user)
    sheet_actions.hand_in(sheet, version=1, by=seat.user)
    plenary.move_to(judged.selection, Stage.PLENARY)
    store.refresh(judged.selection)
    counted = Standing.objects.get(nomination=first).scores["inovasi"]

    actions.recuse(seat, first, reason="Bekerja di sana", by=secretary.user)

    assert (counted, Standing.objects.get(nomination=first).scores["inovasi"]) == (8000, None)
    assert AuditEvent.objects.get(verb="conflict.recusal").detail["after"]["sheet_stops_counting"] is True
    assert ScoreSheet.objects.visible_to(seat.user).count() == 0


def test_a_page_of_names_is_declared_about_at_a_time(client, judged, monkeypatch):
    monkeypatch.setattr(views, "ROWS_A_PAGE", 1)
    seat, (first, second) = judged.seats[0], judged.nominations
    client.force_login(seat.user)
    address = reverse("declare", args=[judged.selection.slug])

    asked = client.get(address).context
    again = client.post(address, {"about": first.pk, "clear": "on"})
    left = client.get(address).context
    done = client.post(address, {"about": second.pk, "clear": "on", f"out_{second.pk}": "on", f"why_{second.pk}": "x"})

    assert ([row[0] for row in asked["rows"]], asked["left"]) == ([first], 2)
    assert ([row[0] for row in left["rows"]], left["left"]) == ([second], 1)
    assert (again["Location"], done["Location"]) == (address, reverse("sheets"))
    assert list(Declaration.objects.values_list("nomination", flat=True)) == [first.pk]
    assert list(Conflict.objects.values_list("nomination", flat=True)) == [second.pk]
