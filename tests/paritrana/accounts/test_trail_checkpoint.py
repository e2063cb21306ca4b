"""What was verified of the trail is not read again by a page; the whole of it is, once a day and on request."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from paritrana import triggers
from paritrana.accounts import chaining, trail
from paritrana.accounts.models import AuditEvent, TrailCheckpoint, TrailHead
from tests import builders
from tests.access.reading import Reading
from tests.happening import happen

pytestmark = pytest.mark.django_db


def happen_and_chain(count):
    happen(builders.person(), count)
    chaining.chain()


def change(sequence, **fields):
    with triggers.lifted(connection):
        AuditEvent.objects.filter(sequence=sequence).update(**fields)


def first(found):
    return next(found, None)


def test_only_what_came_after_is_read():
    happen_and_chain(50)
    assert trail.verify() is None
    happen_and_chain(3)

    with Reading(connection) as read:
        fault = first(trail.recent_faults())

    assert (fault, read.rows) == (
        None,
        8,
    )  # the checkpoint, its event, signature, head, three new ones, the one before in their lane


def test_without_a_checkpoint_everything_is_read():
    happen_and_chain(5)
    change(2, verb="person.create")

    assert first(trail.recent_faults()) == "event 2 (person.create) was changed after it was written"


def test_a_change_of_what_came_after_is_found():
    happen_and_chain(5)
    trail.verify()
    happen_and_chain(3)
    change(7, verb="person.create")

    assert first(trail.recent_faults()) == "event 7 (person.create) was changed after it was written"


@pytest.mark.parametrize("fields", [{"verb": "person.create"}, {"digest": "0" * 64}])
def test_a_change_of_the_checkpoints_own_event_is_found(fields):
    happen_and_chain(5)
    trail.verify()
    change(5, **fields)

    assert first(trail.recent_faults()) == "event 5 is no longer as it was verified"


def test_an_older_change_is_found_by_the_whole_pass_and_told_by_every_page_from_then_on():
    happen_and_chain(5)
    trail.verify()
    change(2, verb="person.create")
    before = first(trail.recent_faults())

    with pytest.raises(CommandError, match="event 2"):
        call_command("verify_trail")

    assert before is None
    assert "event 2" in first(trail.recent_faults())


def test_a_trail_mended_from_a_backup_is_whole_again():
    happen_and_chain(5)
    change(2, verb="person.create")
    trail.verify()
    change(2, verb="person.update")

    call_command("verify_trail", verbosity=0)

    assert first(trail.recent_faults()) is None


def test_the_schedule_reads_the_whole_once_a_day_and_else_what_is_new():
    happen_and_chain(5)
    call_command("verify_trail", in_turn=True, verbosity=0)
    whole_at = TrailCheckpoint.objects.get().whole_at
    happen_and_chain(2)
    call_command("verify_trail", in_turn=True, verbosity=0)
    after_a_minute = TrailCheckpoint.objects.get()
    yesterday = timezone.now() - datetime.timedelta(days=1)
    TrailCheckpoint.objects.update(whole_at=yesterday)
    call_command("verify_trail", in_turn=True, verbosity=0)

    assert (after_a_minute.sequence, after_a_minute.whole_at) == (7, whole_at)
    assert TrailCheckpoint.objects.get().whole_at > yesterday


def test_an_event_after_the_end_is_found():
    happen_and_chain(3)
    with triggers.lifted(connection):
        TrailHead.objects.update(sequence=2, digest=AuditEvent.objects.get(sequence=2).digest)

    assert first(trail.faults()) == "event 3 stands after the end of the trail, its head says 2"
