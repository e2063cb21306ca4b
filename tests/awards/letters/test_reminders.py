"""Reminders: 7, 3, 1 days and 3 hours before a close, one letter to each person who still owes something then."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from awards.letters import outbox, reminders
from awards.models import Letter, StageDate
from awards.selections import actions
from awards.stages import NominationState, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import AuditEvent
from regions.models import Posting
from tests import builders as b
from tests.awards.conftest import at

S = NominationState
NOW = timezone.now().replace(microsecond=0)
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
A_TICK = datetime.timedelta(microseconds=1)


def closing(selection, stage, left, opened=DAY):
    return StageDate.objects.create(selection=selection, stage=stage, opens_at=NOW - opened, closes_at=NOW + left)


def receivers() -> list[str]:
    return sorted(Letter.objects.values_list("to__email", flat=True))


@pytest.fixture
def owing(bali, jembrana, staff):
    """A branch with a draft; its nomination closes in two days and a half."""
    b.nomination(bali, jembrana, by=staff)
    return closing(bali, Stage.NOMINATION, 2.5 * DAY)


@pytest.mark.parametrize(
    ("left", "moment"),
    [
        (7 * DAY + A_TICK, None),
        (7 * DAY, "7d"),
        (3 * DAY + A_TICK, "7d"),
        (3 * DAY, "3d"),
        (1 * DAY, "1d"),
        (3 * HOUR + A_TICK, "1d"),
        (3 * HOUR, "3h"),
        (A_TICK, "3h"),
        (0 * DAY, None),
        (-DAY, None),
    ],
)
def test_the_nearest_moment_reached_is_due_until_the_close(left, moment):
    assert reminders.due(NOW + left, NOW) == moment


def test_each_moment_is_written_once_however_often_it_is_asked_and_missed_ones_are_not_made_up_for(owing, staff):
    written = [reminders.write(NOW - 5 * DAY), reminders.write(NOW), reminders.write(NOW + HOUR)]
    later = [reminders.write(NOW + 2 * DAY), reminders.write(NOW + 2.4 * DAY), reminders.write(NOW + 3 * DAY)]

    assert (written, later) == ([0, 1, 0], [1, 1, 0])
    assert receivers() == [staff.email] * 3


def test_an_extension_makes_its_own_moments(owing, committee):
    reminders.write(NOW)
    StageDate.objects.filter(pk=owing.pk).update(closes_at=NOW + 2.9 * DAY)

    assert reminders.write(NOW) == 1


def test_a_digest_is_one_letter_however_much_is_owed(bali, jembrana, tabanan, staff):
    staff.postings.get().branch.working_area.add(tabanan, b.regency("51.03", "Kabupaten Badung"))
    b.nomination(bali, jembrana)
    b.nomination(bali, tabanan)
    closing(bali, Stage.NOMINATION, DAY)

    reminders.write(NOW)

    [(user, owed)] = reminders.owers(bali, Stage.NOMINATION)
    assert (user, [one.count for one in owed]) == (staff, [2, 1])
    letter = Letter.objects.get()
    assert letter.body.count("http://127.0.0.1:8000/seleksi/") == 2
    assert "WITA" in letter.body


@pytest.mark.parametrize(
    ("state", "closes", "stage", "who"),
    [
        (S.DRAFT, Stage.NOMINATION, Stage.NOMINATION, "branch"),
        (S.DRAFT, Stage.VERIFICATION, Stage.NOMINATION, None),
        (S.RETURNED, Stage.NOMINATION, Stage.NOMINATION, None),
        (S.RETURNED, Stage.VERIFICATION, Stage.NOMINATION, "branch"),
        (S.RETURNED, Stage.VERIFICATION, Stage.VERIFICATION, "branch"),
        (S.SENT, Stage.NOMINATION, Stage.NOMINATION, None),
        (S.SENT, Stage.VERIFICATION, Stage.VERIFICATION, "committee"),
        (S.VERIFIED, Stage.VERIFICATION, Stage.VERIFICATION, None),
        (S.SENT, Stage.VERIFICATION, Stage.PLENARY, None),
    ],
)
def test_who_owes_what_before_which_close(bali, jembrana, staff, committee, state, closes, stage, who):
    b.nomination(at(bali, stage), jembrana, state)
    StageDate.objects.create(selection=bali, stage=closes, opens_at=NOW + HOUR, closes_at=NOW + DAY)

    people = [user for user, _owed in reminders.owers(bali, closes)]

    assert people == [user for name, user in (("branch", staff), ("committee", committee)) if name == who]


def test_the_committee_is_told_of_a_stage_that_has_begun_and_was_not_opened(bali, committee):
    closing(bali, Stage.VERIFICATION, DAY)

    assert [user for user, _owed in reminders.owers(bali, Stage.VERIFICATION)] == [committee]
    actions.open_next_stage(bali, by=committee)
    assert reminders.owers(bali, Stage.VERIFICATION) == []


def test_jurors_are_told_how_many_sheets_they_have_not_handed_in(db):
    from tests.scoring.bench import bench

    judged = bench(nominations=2)
    seat = judged.seat()
    closing(seat.panel.selection, Stage.INTERVIEW, DAY)

    found = {user: [one.count for one in owed] for user, owed in reminders.owers(seat.panel.selection, Stage.INTERVIEW)}

    assert found[seat.user] == [2]


@pytest.mark.parametrize("change", ["ended", "inactive"])
def test_whoever_has_left_gets_no_letter(owing, staff, change):
    if change == "ended":
        staff.postings.update(ended_at=NOW)
    else:
        type(staff).objects.filter(pk=staff.pk).update(is_active=False)

    assert reminders.write(NOW) == 0


def test_what_was_written_stands_in_the_trail_even_where_nobody_owes_anything(bali):
    date = closing(bali, Stage.NOMINATION, DAY)

    reminders.write(NOW)

    event = AuditEvent.objects.get(verb="reminder.write")
    assert (event.object_id, event.detail["letters"]) == (str(date.pk), 0)
    assert list(trail.faults()) == []


def test_the_command_writes_and_sends_and_a_second_time_does_nothing(owing, staff, data_folder, capsys):
    StageDate.objects.update(closes_at=timezone.now() + DAY)

    call_command("send_reminders")
    call_command("send_reminders")

    assert capsys.readouterr().out.splitlines() == ["1 written, 1 sent, 0 failed", "0 written, 0 sent, 0 failed"]
    assert [message.to for message in mail.outbox] == [[staff.email]]


def test_a_quiet_minute_costs_two_queries(bali, django_assert_num_queries):
    closing(bali, Stage.NOMINATION, 30 * DAY)

    with django_assert_num_queries(2):
        reminders.write(NOW)
        outbox.send_waiting(NOW)


def colleagues(count, selection, jembrana):
    """As many more people at the branch, and on the committee."""
    for _number in range(count):
        b.branch_staff(jembrana)
        b.committee(selection)


def test_what_is_asked_grows_with_offices_and_roles_not_with_people(owing, bali, jembrana):
    colleagues(1, bali, jembrana)
    with CaptureQueriesContext(connection) as few:
        found = reminders.owers(bali, Stage.NOMINATION)
    colleagues(20, bali, jembrana)
    with CaptureQueriesContext(connection) as many:
        found_later = reminders.owers(bali, Stage.NOMINATION)

    assert len(many) == len(few)
    assert len(found_later) == len(found) + 20


def test_each_person_owes_what_the_own_office_owes(owing, bali, jembrana, staff):
    elsewhere = b.branch_staff(b.regency("51.02", "Kabupaten Tabanan"), name="Tabanan")
    twice = b.branch_staff(jembrana)
    Posting.objects.create(user=twice, place=Posting.Place.BRANCH, branch=elsewhere.postings.get().branch)

    found = dict(reminders.owers(bali, Stage.NOMINATION))

    asked_alone = {user: reminders._owed_by(user, bali, Stage.NOMINATION) for user in (staff, elsewhere, twice)}
    assert {user: found.get(user, []) for user in asked_alone} == asked_alone
    assert asked_alone[staff] != asked_alone[elsewhere]
