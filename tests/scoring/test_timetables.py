"""The timetable: slots, the drawing anybody can repeat, rearranging, running late, publishing."""

import datetime
import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from awards.models import Role
from awards.stages import NominationState, Stage
from scoring import timetable
from scoring.actions import interviews, timetables
from scoring.actions.versions import Overtaken
from scoring.models import Draw, Interview, Minutes, Panel
from scoring.timetable import Pattern, Slot
from tests import builders
from tests.scoring.bench import bench

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

    found = timetable.slots(days, ["A", "B"], pattern(closes="09:35"), WITA)

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

    assert timetable.drawn("IHSG 7.164,41", reversed(keys)) == by_hand


@given(st.text(min_size=1), st.lists(st.text(), unique=True), st.randoms())
def test_the_drawing_does_not_depend_on_the_order_it_was_given(seed, keys, chance):
    mixed = list(keys)
    chance.shuffle(mixed)

    assert timetable.drawn(seed, mixed) == timetable.drawn(seed, keys)


@pytest.fixture
def held(db):
    made = bench(nominations=4)
    made.by = builders.committee(made.selection)
    return made


def slots(*minutes, room="Ruang"):
    return [Slot(NINE + each * MINUTES, room) for each in minutes]


def plan(held, *minutes, **how):
    seen = how.pop("seen", None) or timetables.fingerprint(held.selection)
    return timetables.plan(held.selection, slots(*minutes), seen=seen, by=held.by, **how)


def order(held):
    return [each.nomination for each in timetables.scheduled(held.selection)]


def refused(code, call, *args, **kwargs):
    with pytest.raises(ValidationError) as error:
        call(*args, **kwargs)
    assert error.value.code == code


DRAWN = {"seed": "IHSG 7.164,41", "seed_source": "Bursa, 6 Mei 2024"}


def test_a_drawn_rundown_can_be_drawn_again_from_what_was_kept(held):
    draw = plan(held, 0, 35, 70, 105, **DRAWN)

    assert draw.keys == timetable.drawn(draw.seed, sorted(draw.keys))
    assert [timetables.key_of(each) for each in order(held)] == draw.keys


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
    interviews.record_attendance(interview, level="head", is_online=False, version=interview.version, by=held.by)


def test_an_interview_that_took_place_keeps_its_slot(held):
    plan(held, 0, 35, 70, 105)
    record(held, held.nominations[0])

    plan(held, 0, 35, 70, 105, 140)

    assert order(held)[0] == held.nominations[0]
    assert Interview.objects.get(nomination=held.nominations[0]).starts_at == NINE


def test_nothing_is_rearranged_over_what_was_not_seen(held):
    seen = timetables.fingerprint(held.selection)
    plan(held, 0, 35, 70, 105)

    refused("changed", plan, held, 0, 35, 70, 105, seen=seen)
    refused("changed", timetables.reorder, held.selection, held.nominations[0], to=1, seen=seen, by=held.by)


def reorder(held, nomination, to):
    seen = timetables.fingerprint(held.selection)
    timetables.reorder(held.selection, nomination, to=to, seen=seen, by=held.by)


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
    seen = timetables.fingerprint(held.selection)
    first = Interview.objects.get(nomination=nomination)
    return timetables.shift(first, minutes=minutes, every_room=every_room, reason="Macet", seen=seen, by=held.by)


def starts(held):
    rows = Interview.objects.in_bulk(field_name="nomination_id")
    return [(rows[each.pk].starts_at - NINE) // MINUTES for each in held.nominations]


def test_running_late_shifts_the_rest_of_the_day_and_nothing_before(held):
    plan(held, 0, 35, 70, 24 * 60)

    assert shift(held, held.nominations[1], 20) == 2
    assert starts(held) == [0, 55, 90, 24 * 60]


def test_running_late_concerns_one_room_unless_all_are_asked_for(held):
    timetables.plan(
        held.selection,
        [*slots(0, 35), *slots(0, 35, room="Lain")],
        seen=timetables.fingerprint(held.selection),
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


def schedule(held, nomination, minutes, room):
    at = NINE + minutes * MINUTES
    return interviews.schedule(nomination, starts_at=at, room=room, version=0, by=held.by)


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


def test_the_plan_is_shown_before_it_is_written(client, held):
    client.force_login(held.by)
    url = reverse("interviews-plan", args=[held.selection.slug])
    typed = {
        "seen": timetables.fingerprint(held.selection),
        "day_1": "2024-05-06",
        "opens": "09:00",
        "closes": "12:00",
        "breaks": "10.10-10.25",
        "rooms": "Jepun, jepun , Cempaka",
        "order": "drawn",
        **DRAWN,
    }

    answer = client.post(url, typed)
    assert (len(answer.context["planned"]), Interview.objects.count()) == (4, 0)
    client.post(url, typed | {"then": "save"})

    rooms = Interview.objects.order_by("starts_at", "room").values_list("starts_at", "room")
    assert [((at - NINE) // MINUTES, room) for at, room in rooms] == [
        (0, "Cempaka"),
        (0, "Jepun"),
        (35, "Cempaka"),
        (35, "Jepun"),
    ]


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("breaks", "12-13", "break"),
        ("breaks", "25.00-26.00", "break"),
        ("breaks", "13.00-12.00", "break"),
        ("rooms", " , ", "no-room"),
        ("closes", "08:00", "closes"),
        ("seed", "", "required"),
        ("seed_source", "", "required"),
    ],
)
def test_what_cannot_be_a_timetable_is_told_at_its_field(client, held, name, typed, code):
    client.force_login(held.by)
    filled = {"seen": "-", "day_1": "2024-05-06", "opens": "09:00", "closes": "12:00", "breaks": "", "rooms": "A"}

    answer = client.post(
        reverse("interviews-plan", args=[held.selection.slug]),
        filled | {"order": "drawn"} | DRAWN | {name: typed},
    )

    assert [error.code for error in answer.context["form"].errors.as_data()[name]] == [code]


def events(client, name, held):
    answer = client.get(reverse(name, args=[held.selection.slug]))
    if answer.status_code != 200:
        return answer.status_code
    return [
        (event["summary"].to_ical().decode(), event.decoded("dtstart"), event.decoded("dtend"), str(event["location"]))
        for event in Calendar.from_ical(answer.content).walk("VEVENT")
    ]


def test_the_public_calendar_exists_once_published_and_names_nobody(client, held):
    schedule(held, held.nominations[0], 0, "Jepun")
    assert events(client, "interviews-public-file", held) == 404
    client.force_login(held.by)
    client.post(reverse("interviews-publish", args=[held.selection.slug]), {"public": "1"})
    client.logout()

    ((summary, *rest),) = events(client, "interviews-public-file", held)

    assert rest == [NINE, NINE + 30 * MINUTES, "Jepun"]
    assert str(held.nominations[0]) not in summary
    timetables.publish(held.selection, by=held.by, is_public=False)
    assert events(client, "interviews-public-file", held) == 404


def test_the_calendar_of_the_panel_names_the_candidates(client, held):
    schedule(held, held.nominations[0], 0, "Jepun")
    client.force_login(held.seat().user)

    ((summary, *_rest),) = events(client, "interviews-file", held)

    assert str(held.nominations[0]) in summary
    client.force_login(builders.branch_staff(held.nominations[0].candidate.region))
    assert events(client, "interviews-file", held) == 403


def test_paper_lists_every_interview_by_day(client, held):
    plan(held, 0, 35, 70, 24 * 60)
    client.force_login(held.by)

    for name in ("interviews-paper", "attendance-paper"):
        days = client.get(reverse(name, args=[held.selection.slug])).context["days"]
        assert [len(rows) for _day, rows in days] == [3, 1]


def test_two_officials_are_written_down_with_who_came(client, held):
    schedule(held, held.nominations[0], 0, "Jepun")
    client.force_login(held.seat(Role.SECRETARY).user)
    url = reverse("interview-attendance", args=[held.selection.slug, held.nominations[0].pk])
    typed = {"level": "head", "version": 1, "name_1": "Ni Contoh", "office_1": "Kadisnaker", "name_2": "I Contoh"}

    assert client.post(url, typed).context["form"].errors.as_data()["office_2"][0].code == "half"
    client.post(url, typed | {"office_2": "Asisten II"})

    assert interviews.named(Interview.objects.get()) == [["Ni Contoh", "Kadisnaker"], ["I Contoh", "Asisten II"]]
    assert client.get(url).context["form"]["name_2"].value() == "I Contoh"


def write(held, by, text="Komitmen anggaran", version=0):
    interview = Interview.objects.get(nomination=held.nominations[0])
    return interviews.write_minutes(interview, text=text, version=version, by=by)


def test_minutes_are_never_written_over_somebody_elses(held):
    schedule(held, held.nominations[0], 0, "Jepun")
    secretary = held.seat(Role.SECRETARY).user
    write(held, secretary)
    write(held, held.by, "Lebih lengkap", 1)

    with pytest.raises(Overtaken):
        write(held, secretary, "Lain", 1)
    assert Minutes.objects.get().text == "Lebih lengkap"
    refused("no-text", write, held, secretary, "  ", 2)


def test_minutes_are_read_by_the_panel_once_declared_and_written_by_the_secretary(client, held):
    schedule(held, held.nominations[0], 0, "Jepun")
    write(held, held.seat(Role.SECRETARY).user)
    url = reverse("interview-minutes", args=[held.selection.slug, held.nominations[0].pk])
    seen = {}
    for name, user in {
        "juror": held.seat().user,
        "undeclared": held.seat(declared=False).user,
        "branch": builders.branch_staff(held.nominations[0].candidate.region),
        "auditor": builders.appointed(Role.AUDITOR, held.selection.edition),
    }.items():
        client.force_login(user)
        seen[name] = (client.get(url).status_code, client.post(url, {"text": "x", "version": 1}).status_code)

    assert seen == {"juror": (200, 403), "undeclared": (404, 404), "branch": (403, 403), "auditor": (200, 403)}


def test_the_rundown_is_not_rearranged_by_those_who_only_read_it(client, held):
    schedule(held, held.nominations[0], 0, "Jepun")
    client.force_login(held.seat(Role.SECRETARY).user)

    for name in ("interviews-plan", "interviews-shift"):
        assert client.get(reverse(name, args=[held.selection.slug])).status_code == 403
    for name in ("interviews-reorder", "interviews-publish"):
        assert client.post(reverse(name, args=[held.selection.slug])).status_code == 403


def test_slots_are_as_long_as_the_panel_says(held):
    Panel.objects.update_or_create(selection=held.selection, defaults={"question_minutes": 30})

    refused("clash", plan, held, 0, 35, 70, 105)


def test_nothing_is_scheduled_after_the_interviews(held):
    held.selection.stage = Stage.PLENARY
    held.selection.save()
    with pytest.raises(PermissionDenied):
        plan(held, 0, 35, 70, 105)
    assert Interview.objects.count() == 0
