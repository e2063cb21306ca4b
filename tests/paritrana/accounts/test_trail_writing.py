"""An event is signed as it is written and chained soon after; whoever tampers in between is found, too."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from paritrana import triggers
from paritrana.accounts import chaining, trail, vouching
from paritrana.accounts.models import AuditEvent, SignedHead, TrailHead
from tests import builders
from tests.happening import happen

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    return builders.person()


def owner(statement, *values):
    """Whoever owns the database, without its guards."""
    with triggers.lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement, values)


def first_fault():
    return next(trail.faults(), None)


def test_an_event_waits_to_be_chained_and_is_then_part_of_the_chain(person):
    events = happen(person, 3)
    waiting = AuditEvent.objects.waiting().count()

    chained = chaining.chain()

    assert (waiting, chained, AuditEvent.objects.waiting().count()) == (3, 3, 0)
    assert list(AuditEvent.objects.order_by("sequence").values_list("pk", flat=True)) == [each.pk for each in events]
    assert first_fault() is None


def test_a_chain_made_in_batches_is_one_chain(person):
    happen(person, 5)

    batches = [chaining.chain(most=2) for _round in range(4)]

    assert batches == [2, 2, 1, 0]
    assert (first_fault(), trail.head().sequence) == (None, 5)


def test_verifying_chains_what_waits_first(person):
    happen(person, 2)

    call_command("verify_trail", verbosity=0)

    assert (AuditEvent.objects.waiting().count(), SignedHead.objects.get().sequence) == (0, 2)


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'person.create'",
        "detail = '{}'",
        "at = '2026-01-01 00:00:00+00:00'",
        "object_label = 'Lain'",
        "turn = 9",
    ],
)
@pytest.mark.parametrize("is_chained_after", [False, True])
def test_an_event_changed_before_it_is_chained_is_found(person, change, is_chained_after):
    key = happen(person, 3)[2].pk
    owner(f"UPDATE accounts_auditevent SET {change} WHERE id = %s", key)
    if is_chained_after:
        chaining.chain()

    assert "was changed after it was written" in first_fault()


@pytest.mark.parametrize("is_chained_after", [False, True])
def test_an_event_removed_before_it_is_chained_is_found(person, is_chained_after):
    event = happen(person, 3)[1]
    owner("DELETE FROM accounts_auditevent WHERE id = %s", event.pk)
    if is_chained_after:
        chaining.chain()

    assert f"was removed: number 2 of lane {event.lane}" in first_fault()


@pytest.mark.django_db(transaction=True)
def test_the_last_event_of_a_connection_that_was_removed_is_found_as_soon_as_it_writes_again():
    person = builders.person()
    happen(person, 2)
    owner("DELETE FROM accounts_auditevent WHERE turn = 2")
    unseen = first_fault()
    happen(person)

    assert unseen is None
    assert "was removed: number 2 of lane" in first_fault()


def test_an_event_written_by_hand_is_found(person):
    trail.verify()  # signing has begun
    event = AuditEvent(actor=person, verb="person.update", object_type="x", object_id="1", object_label="x")
    event.at = person.joined_at
    event.save()

    assert f"event {event.pk}, not yet chained, (person.update) was written by no server" == first_fault()


def test_a_copy_of_an_event_is_refused(person):
    event = happen(person)[0]
    event.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        event.save()


def test_chaining_is_the_only_change_the_database_allows(person):
    key = happen(person)[0].pk

    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.filter(pk=key).update(sequence=1, verb="person.create")
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.filter(pk=key).update(digest="0" * 64)
    chaining.chain()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.filter(pk=key).update(sequence=2)


def test_the_end_of_the_chain_is_one_of_its_events(person):
    happen(person, 2)
    chaining.chain()

    with pytest.raises(IntegrityError), transaction.atomic():
        TrailHead.objects.update(sequence=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        TrailHead.objects.update(sequence=1, digest=AuditEvent.objects.get(sequence=1).digest)


def test_events_rolled_back_leave_no_gap(person):
    with transaction.atomic():
        trail.record(person, "person.update", person)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            trail.record(person, "person.update", person)
            raise ZeroDivisionError
        trail.record(person, "person.update", person)

    assert list(AuditEvent.objects.order_by("pk").values_list("turn", flat=True)) == [1, 2]
    assert first_fault() is None


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_failed_leaves_no_gap_in_the_next_one():
    person = builders.person()
    happen(person)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        trail.record(person, "person.update", person)
        raise ZeroDivisionError
    happen(person, 2)

    assert list(AuditEvent.objects.order_by("pk").values_list("turn", flat=True)) == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_a_session_that_broke_off_in_a_transaction_begins_a_new_lane():
    """Nobody knows whether its commit arrived."""
    person = builders.person()
    before = happen(person)[0].lane
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        trail.record(person, "person.update", person)
        connection.close()
        raise ZeroDivisionError
    after = happen(person)[0]
    connection.close()
    later = happen(person)[0]

    assert after.lane != before
    assert (after.turn, later.lane, later.turn) == (1, after.lane, 2)
    assert first_fault() is None


def unsigned(count=1):
    """As a server of the release before writes: chained at once, without a signature."""
    for _number in range(count):
        head = trail.head()
        event = AuditEvent(verb="person.update", object_type="x", object_id="1", sequence=head.sequence + 1)
        event.at, event.previous = builders.person().joined_at, head.digest
        event.digest = chaining.digest_of(event)
        event.save()
        TrailHead.objects.get_or_create(pk=1)
        TrailHead.objects.update(sequence=event.sequence, digest=event.digest)


def test_the_trail_of_the_release_before_is_whole_and_is_signed_from_now_on(person):
    unsigned(3)

    call_command("verify_trail", verbosity=0)

    assert SignedHead.objects.get().sequence == 3


def test_servers_of_the_release_before_may_write_for_a_day(person):
    unsigned(1)
    trail.verify()
    happen(person)
    chaining.chain()
    unsigned(1)
    within = first_fault()
    SignedHead.objects.update(since=SignedHead.objects.get().since - vouching.OLD_SERVERS)

    assert within is None
    assert "the signature of the trail" in first_fault()  # the moment it began is signed as well


def test_where_nothing_was_before_nothing_unsigned_is_taken(person):
    trail.verify()
    unsigned(1)

    assert first_fault() == "event 1 (person.update) was written by no server"


def test_another_key_vouches_for_nothing_until_somebody_accepts_it_with_a_reason(person, settings):
    happen(person)
    trail.verify()
    settings.TRAIL_KEY, old = "another key " * 5, settings.TRAIL_KEY
    with pytest.raises(CommandError, match="not by the key of this installation"):
        call_command("verify_trail", verbosity=0)
    settings.TRAIL_KEY_FALLBACKS = [old]
    call_command("verify_trail", verbosity=0)
    settings.TRAIL_KEY_FALLBACKS = []

    call_command("verify_trail", accept="the disk with the key is lost", verbosity=0)

    event = AuditEvent.objects.get(verb="trail.accept")
    assert event.detail["reason"] == "the disk with the key is lost"
    assert "not by the key" in event.detail["fault"]
    assert first_fault() is None


def test_a_broken_chain_is_not_accepted(person):
    happen(person, 3)
    trail.verify()
    owner("UPDATE accounts_auditevent SET verb = 'person.create' WHERE sequence = 2")

    with pytest.raises(CommandError, match="event 2"):
        call_command("verify_trail", accept="why", verbosity=0)
