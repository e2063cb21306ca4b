"""What a device brings after the network was gone: once, in order, merged per box, refused with a reason."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from awards.stages import Stage
from paritrana.accounts import trail
from paritrana.accounts.models import AuditEvent
from scoring.conflicts import actions
from scoring.models import Delivery, Mark, MarkVersion, Receipt, Remark, ScoreSheet
from scoring.panel import rules
from scoring.sheets import actions as sheet_actions
from scoring.sheets.offline import receipts
from scoring.sheets.offline.sync import DeviceEntry, deliver
from tests import builders
from tests.scoring.bench import bench
from tests.scoring.panel import panels

pytestmark = pytest.mark.django_db

PHONE, TABLET = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def judged():
    made = bench()
    made.seat()
    return made


def entry(judged, sequence, value, base=0, mark=0, nomination=0, box=""):
    box = box or f"mark_{judged.marked[mark].pk}"
    return DeviceEntry(sequence, judged.nominations[nomination].pk, box, value, base)


def bring(judged, *entries, device=PHONE, seat=0):
    seat = judged.seats[seat]
    return deliver(seat, device, entries, by=seat.user)


def outcomes(answer):
    return [(result.entry.sequence, result.outcome) for result in answer.results]


def values():
    return list(Mark.objects.order_by("sheet__nomination", "criterion").values_list("value", flat=True))


def test_a_queue_is_written_as_one_version_of_each_sheet(judged):
    answer = bring(
        judged,
        entry(judged, 1, "80"),
        entry(judged, 2, "70,25", mark=1),
        entry(judged, 3, "60", nomination=1),
        entry(judged, 4, "Rinci dan jujur", box="remark"),
    )

    assert outcomes(answer) == [(1, "written"), (2, "written"), (3, "written"), (4, "written")]
    assert (values(), [row.text for row in Remark.objects.all()]) == ([8000, 7025, 6000], ["Rinci dan jujur"])
    assert list(ScoreSheet.objects.values_list("version", flat=True)) == [1, 1]


def test_what_is_brought_twice_has_one_effect(judged):
    entries = [entry(judged, 1, "80"), entry(judged, 2, "70", mark=1)]
    bring(judged, *entries)
    saved = AuditEvent.objects.filter(verb="sheet.save").count()

    again = bring(judged, *entries)

    assert outcomes(again) == [(1, "written"), (2, "written")]
    assert (MarkVersion.objects.count(), AuditEvent.objects.filter(verb="sheet.save").count()) == (2, saved)


def test_an_old_value_brought_again_does_not_undo_a_newer_one(judged):
    bring(judged, entry(judged, 1, "80"))
    bring(judged, entry(judged, 2, "90", base=1))

    bring(judged, entry(judged, 1, "80"))

    assert values() == [9000]


def test_a_number_used_for_something_else_is_refused(judged):
    bring(judged, entry(judged, 1, "80"))

    answer = bring(judged, entry(judged, 1, "90"))

    assert [(result.outcome, result.reason) for result in answer.results] == [("refused", "number-used")]
    assert (values(), Delivery.objects.get().outcome) == ([8000], "written")


def test_a_device_never_clashes_with_itself_though_its_answer_was_lost(judged):
    bring(judged, entry(judged, 1, "80"))

    answer = bring(judged, entry(judged, 1, "80"), entry(judged, 2, "85", base=0))

    assert (outcomes(answer), values()) == ([(1, "written"), (2, "written")], [8500])


def test_a_value_typed_and_typed_back_ends_as_typed_last(judged):
    bring(judged, entry(judged, 1, "50"))

    answer = bring(judged, entry(judged, 2, "60", base=1), entry(judged, 3, "50", base=1))

    assert (outcomes(answer), values()) == ([(2, "written"), (3, "written")], [5000])


def test_two_devices_with_different_boxes_are_merged(judged):
    bring(judged, entry(judged, 1, "50"))
    bring(judged, entry(judged, 1, "55", base=1), device=TABLET)

    answer = bring(judged, entry(judged, 2, "70", base=1, mark=1))

    assert (outcomes(answer), values()) == ([(2, "written")], [5500, 7000])


def test_two_devices_with_the_same_box_are_told_both_values_and_the_rest_is_written(judged):
    bring(judged, entry(judged, 1, "50"))
    bring(judged, entry(judged, 1, "55", base=1), device=TABLET)

    answer = bring(judged, entry(judged, 2, "60", base=1), entry(judged, 3, "70", base=1, mark=1))

    assert outcomes(answer) == [(2, "clash"), (3, "written")]
    assert (answer.results[0].theirs, answer.results[0].version, values()) == (5500, 3, [5500, 7000])


def test_a_choice_between_both_is_a_new_entry_over_the_version_that_was_seen(judged):
    bring(judged, entry(judged, 1, "50"))
    bring(judged, entry(judged, 1, "55", base=1), device=TABLET)
    clash = bring(judged, entry(judged, 2, "60", base=1)).results[0]

    answer = bring(judged, entry(judged, 3, "60", base=clash.version))

    assert (outcomes(answer), values()) == ([(3, "written")], [6000])


@pytest.mark.parametrize("typed", ["85.125", "101", "abc", "-1"])
def test_a_mark_that_is_no_mark_is_refused_alone(judged, typed):
    answer = bring(judged, entry(judged, 1, typed), entry(judged, 2, "70", mark=1))

    assert (outcomes(answer), values()) == ([(1, "refused"), (2, "written")], [7000])
    assert answer.results[0].words


def keep_out(judged):
    actions.declare(judged.seats[0], reasons={judged.nominations[0].pk: "Saudara"}, by=judged.seats[0].user)


def close(judged):
    judged.selection.stage = Stage.PLENARY
    judged.selection.save()


def end(judged):
    panels.ended(judged.seats[0], builders.committee(judged.selection))


def hand_in(judged):
    sheet = sheet_actions.save_marks(
        judged.seats[0], judged.nominations[0], judged.marks(1, 1, 1), version=0, by=judged.seats[0].user
    )
    sheet_actions.hand_in(sheet, version=1, by=judged.seats[0].user)


@pytest.mark.parametrize(
    ("happen", "reason"), [(keep_out, "conflict"), (close, "closed"), (end, "closed"), (hand_in, "handed-in")]
)
def test_what_comes_too_late_is_refused_with_its_reason_and_judged_anew_next_time(judged, happen, reason):
    happen(judged)
    before = values()

    first = bring(judged, entry(judged, 1, "80"))
    second = bring(judged, entry(judged, 1, "80"))

    assert [result.reason for result in first.results + second.results] == [reason, reason]
    assert (values(), Delivery.objects.count()) == (before, 1)


def test_a_refusal_whose_reason_is_gone_no_longer_holds(judged):
    close(judged)
    bring(judged, entry(judged, 1, "80"))
    judged.selection.stage = Stage.INTERVIEW
    judged.selection.save()

    answer = bring(judged, entry(judged, 1, "80"))

    assert (outcomes(answer), values()) == ([(1, "written")], [8000])


def test_a_candidate_of_another_selection_is_refused_like_one_that_is_not_there(judged):
    foreign = bench(code="52").nominations[0]
    numbers = [foreign.pk, 999_999]

    answer = bring(
        judged, *(DeviceEntry(n, pk, f"mark_{judged.marked[0].pk}", "80", 0) for n, pk in enumerate(numbers, 1))
    )

    assert {(result.reason, result.words) for result in answer.results} == {("not-judged", answer.results[0].words)}
    assert ScoreSheet.objects.count() == 0


def test_another_persons_numbers_are_another_queue(judged):
    judged.seat()
    bring(judged, entry(judged, 1, "80"))

    answer = bring(judged, entry(judged, 1, "30"), seat=1)

    assert (outcomes(answer), sorted(values())) == ([(1, "written")], [3000, 8000])


def test_a_receipt_holds_until_a_mark_changes_and_stands_in_the_trail_without_any_mark(judged):
    receipt = bring(judged, entry(judged, 1, "81,23")).receipt
    held = receipts.is_current(receipt)

    bring(judged, entry(judged, 2, "81,24", base=1))

    event = AuditEvent.objects.filter(verb="sheet.receipt").order_by("pk").first()
    assert (held, receipts.is_current(receipt)) == (True, False)
    assert event.detail == {"digest": receipt.digest, "entries": 1, "device": str(PHONE)}
    assert (Receipt.objects.count(), list(trail.faults())) == (2, [])


def test_equal_marks_have_unequal_digests(judged):
    first = bring(judged, entry(judged, 1, "80")).receipt
    second = bring(judged, entry(judged, 1, "80")).receipt

    assert first.digest != second.digest


def test_nobody_brings_anything_for_another_seat(judged):
    other = judged.seat()

    answer = deliver(judged.seats[0], PHONE, [entry(judged, 1, "80")], by=other.user)

    assert ([result.reason for result in answer.results], values()) == (["not-your-seat"], [])


def test_a_handed_in_sheet_needs_words_beyond_the_thresholds(judged):
    rules.set_rules(
        judged.selection,
        visibility="own",
        comment_below=5000,
        comment_above=9000,
        version=1,
        by=builders.committee(judged.selection),
    )
    seat = judged.seats[0]
    seat.refresh_from_db()
    bring(judged, entry(judged, 1, "49,99"), entry(judged, 2, "50", mark=1), entry(judged, 3, "60", mark=2))
    sheet = ScoreSheet.objects.select_related("seat__panel").get()

    with pytest.raises(ValidationError) as error:
        sheet_actions.hand_in(sheet, version=1, by=seat.user)
    bring(judged, entry(judged, 4, "Belum menguasai", box=f"remark_{judged.marked[0].pk}"))
    sheet_actions.hand_in(sheet, version=2, by=seat.user)

    assert error.value.code == "without-words"
    assert ScoreSheet.objects.submitted().count() == 1
