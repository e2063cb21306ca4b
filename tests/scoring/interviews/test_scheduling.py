"""The timetable: slots, the drawing anybody can repeat, rearranging, running late, publishing."""

import pytest

from awards.stages import NominationState
from scoring.interviews import actions, scheduling
from scoring.interviews import slots as interview_slots
from scoring.models import Draw, Interview
from tests import builders
from tests.refusals import refused
from tests.scoring.bench import bench
from tests.scoring.interviews.rundown import DRAWN, MINUTES, NINE, divide, four_to_hear, plan, schedule, slots


@pytest.fixture
def held(db):
    return four_to_hear()


def order(held):
    return [each.nomination for each in scheduling.scheduled(held.selection)]


def test_a_drawn_rundown_can_be_drawn_again_from_what_was_kept(held):
    draw = plan(held, 0, 35, 70, 105, **DRAWN)

    assert draw.keys == interview_slots.drawn(draw.seed, sorted(draw.keys))
    assert [scheduling.key_of(each) for each in order(held)] == draw.keys


def test_every_drawing_is_kept(held):
    plan(held, 0, 35, 70, 105, **DRAWN)
    plan(held, 0, 35, 70, 105, **DRAWN | {"seed": "lain"})

    assert list(Draw.objects.values_list("seed", flat=True)) == [DRAWN["seed"], "lain"]


def test_a_seed_without_its_source_draws_nothing(held):
    refused("no-source", plan, held, 0, 35, 70, 105, seed="IHSG")
    assert Interview.objects.count() == 0


def test_without_a_seed_the_order_is_that_of_the_list(held):
    plan(held, 0, 35, 70, 105)

    assert (order(held), Draw.objects.count()) == (held.nominations, 0)


def test_too_few_slots_schedule_nobody(held):
    refused("too-few-slots", plan, held, 0, 35, 70)
    assert Interview.objects.count() == 0


def record(held, nomination):
    interview = Interview.objects.get(nomination=nomination)
    actions.record_attendance(interview, level="head", is_online=False, version=interview.version, by=held.by)


def test_an_interview_that_took_place_keeps_its_slot(held):
    plan(held, 0, 35, 70, 105)
    record(held, held.nominations[0])

    plan(held, 0, 35, 70, 105, 140)

    assert order(held)[0] == held.nominations[0]
    assert Interview.objects.get(nomination=held.nominations[0]).starts_at == NINE


def test_nothing_is_rearranged_over_what_was_not_seen(held):
    seen = scheduling.fingerprint(held.selection)
    plan(held, 0, 35, 70, 105)

    refused("changed", plan, held, 0, 35, 70, 105, seen=seen)
    refused("changed", scheduling.reorder, held.selection, held.nominations[0], to=1, seen=seen, by=held.by)


def reorder(held, nomination, to):
    seen = scheduling.fingerprint(held.selection)
    scheduling.reorder(held.selection, nomination, to=to, seen=seen, by=held.by)


def test_moving_one_interview_moves_those_between_and_leaves_the_slots(held):
    plan(held, 0, 35, 70, 105)
    first, second, third, fourth = held.nominations

    reorder(held, first, 2)

    assert order(held) == [second, third, first, fourth]
    starts = Interview.objects.order_by("starts_at").values_list("starts_at", flat=True)
    assert list(starts) == [slot.starts_at for slot in slots(0, 35, 70, 105)]


def test_there_is_no_moving_beyond_the_rundown_nor_of_what_took_place(held):
    plan(held, 0, 35, 70, 105)
    record(held, held.nominations[0])

    refused("no-such-place", reorder, held, held.nominations[1], 3)
    refused("held", reorder, held, held.nominations[0], 1)


def shift(held, nomination, minutes, every_room=False):
    seen = scheduling.fingerprint(held.selection)
    first = Interview.objects.get(nomination=nomination)
    return scheduling.shift(first, minutes=minutes, every_room=every_room, reason="Macet", seen=seen, by=held.by)


def starts(held):
    rows = Interview.objects.in_bulk(field_name="nomination_id")
    return [(rows[each.pk].starts_at - NINE) // MINUTES for each in held.nominations]


def test_running_late_shifts_the_rest_of_the_day_and_nothing_before(held):
    plan(held, 0, 35, 70, 24 * 60)

    assert shift(held, held.nominations[1], 20) == 2
    assert starts(held) == [0, 55, 90, 24 * 60]


def test_running_late_concerns_one_room_unless_all_are_asked_for(held):
    divide(held, Ruang=1, Lain=1)
    scheduling.plan(
        held.selection,
        [*slots(0, 35), *slots(0, 35, room="Lain")],
        seen=scheduling.fingerprint(held.selection),
        by=held.by,
    )

    shift(held, held.nominations[0], 10)
    assert starts(held) == [10, 45, 0, 35]
    shift(held, held.nominations[2], 10, every_room=True)
    assert starts(held) == [20, 55, 10, 45]


def test_catching_up_never_runs_into_the_interview_before(held):
    plan(held, 0, 40, 80, 120)

    refused("clash", shift, held, held.nominations[1], -6)
    assert shift(held, held.nominations[1], -5) == 3


def test_a_candidate_is_not_heard_twice_at_the_same_time(held):
    twin = builders.nomination(held.selection, builders.regency("51.09"), NominationState.SHORTLISTED)
    twin.candidate = held.nominations[0].candidate
    twin.category = builders.category(held.selection.edition, "lain")
    twin.save()
    schedule(held, held.nominations[0], 0, "A")

    refused("clash-candidate", schedule, held, twin, 34, "B")
    assert schedule(held, twin, 35, "B").room == "B"


def test_a_juror_is_not_in_two_panels_at_the_same_time(held):
    other = bench(code="52")
    other.by = builders.committee(other.selection)
    seat = held.seat()
    other.seat(user=seat.user)
    schedule(held, held.nominations[0], 0, "A")

    refused("clash-juror", schedule, other, other.nominations[0], 34, "A")
    assert schedule(other, other.nominations[0], 35, "A").room == "A"
