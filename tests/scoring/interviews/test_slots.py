"""Slots of a day, and the drawing anybody can repeat; no database."""

import datetime
import hashlib

from hypothesis import given
from hypothesis import strategies as st

from scoring.interviews import slots
from scoring.interviews.slots import Pattern

WITA = datetime.timezone(datetime.timedelta(hours=8))
NINE = datetime.datetime(2024, 5, 6, 1, 0, tzinfo=datetime.UTC)
MINUTES = datetime.timedelta(minutes=1)


def clock(text):
    return datetime.time.fromisoformat(text)


def pattern(opens="09:00", closes="11:00", length=35, *breaks):
    return Pattern(clock(opens), clock(closes), length * MINUTES, [tuple(map(clock, each)) for each in breaks])


def shown(times):
    return [each.strftime("%H:%M") for each in times]


def test_slots_follow_each_other_until_the_end_of_the_day():
    assert shown(pattern().times()) == ["09:00", "09:35", "10:10"]


def test_no_slot_reaches_into_a_break():
    found = pattern("09:00", "12:00", 35, ("10:00", "10:15"), ("11:00", "11:30")).times()

    assert shown(found) == ["09:00", "10:15"]


def test_rooms_run_side_by_side_on_every_day():
    days = [datetime.date(2024, 5, 7), datetime.date(2024, 5, 6)]

    found = slots.slots(days, ["A", "B"], pattern(closes="09:35"), WITA)

    assert [(each.starts_at.day, each.room) for each in found] == [(6, "A"), (6, "B"), (7, "A"), (7, "B")]


@given(st.integers(5, 90), st.lists(st.tuples(st.integers(0, 600), st.integers(1, 120)), max_size=4))
def test_slots_never_overlap_each_other_nor_a_break(length, breaks):
    start = datetime.datetime(2000, 1, 1, 7)
    pauses = [((start + at * MINUTES).time(), (start + (at + long) * MINUTES).time()) for at, long in breaks]
    made = Pattern(clock("07:00"), clock("18:00"), length * MINUTES, pauses)
    busy = [datetime.datetime.combine(start, each) for each in made.times()]

    assert all(later - earlier >= length * MINUTES for earlier, later in zip(busy, busy[1:], strict=False))
    for begins, ends in pauses:
        begin, end = (datetime.datetime.combine(start, each) for each in (begins, ends))
        assert all(at >= end or at + length * MINUTES <= begin for at in busy)


def test_the_order_is_that_of_the_sha256_of_seed_and_key():
    keys = ["k/51.01/A", "k/51.02/B", "k/51.03/C"]
    by_hand = sorted(keys, key=lambda key: hashlib.sha256(f"IHSG 7.164,41:{key}".encode()).hexdigest())

    assert slots.drawn("IHSG 7.164,41", reversed(keys)) == by_hand


@given(st.text(min_size=1), st.lists(st.text(), unique=True), st.randoms())
def test_the_drawing_does_not_depend_on_the_order_it_was_given(seed, keys, chance):
    mixed = list(keys)
    chance.shuffle(mixed)

    assert slots.drawn(seed, mixed) == slots.drawn(seed, keys)
