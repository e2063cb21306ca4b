"""Many hands at once: one effect, and nothing lost. The same on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from awards.models import Selection
from awards.stages import Stage
from paritrana.accounts import trail
from paritrana.accounts.models import AuditEvent
from scoring.edit_conflicts import EditConflict
from scoring.models import Mark, MarkVersion, ScoreSheet
from scoring.sheets import actions
from tests.scoring.bench import bench

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def judged():
    made = bench(nominations=1)
    made.seat()
    return made


def at_once(verb, inputs):
    """What became of each input: "done", or the name of the refusal."""

    def one(value):
        try:
            verb(value)
        except (ValidationError, PermissionDenied, EditConflict) as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, inputs))


def save(judged, seat, *values, version=0):
    return actions.save_marks(seat, judged.nominations[0], judged.marks(*values), version=version, by=seat.user)


def test_a_sheet_handed_in_many_times_at_once_is_handed_in_once(judged):
    seat = judged.seats[0]
    sheet = save(judged, seat, 8000, 7000, 6000)

    results = at_once(lambda _n: actions.hand_in(sheet, version=1, by=seat.user), range(16))

    assert sorted(results) == ["ValidationError"] * 15 + ["done"]
    assert AuditEvent.objects.filter(verb="sheet.hand-in").count() == 1


def test_devices_that_begin_one_sheet_at_once_agree_on_one_value(judged):
    seat = judged.seats[0]

    results = at_once(lambda value: save(judged, seat, value, None, None), [1000 + n for n in range(16)])

    assert sorted(results) == ["EditConflict"] * 15 + ["done"]
    assert (ScoreSheet.objects.count(), Mark.objects.count(), MarkVersion.objects.count()) == (1, 1, 1)


def test_all_jurors_saving_at_once_lose_nothing(judged):
    seats = [judged.seats[0], *(judged.seat() for _n in range(8))]

    results = at_once(lambda seat: save(judged, seat, 5000 + seat.order, None, None), seats)

    assert results == ["done"] * 9
    assert sorted(Mark.objects.values_list("value", flat=True)) == [5000 + seat.order for seat in seats]
    assert list(trail.faults()) == []


def test_a_mark_racing_the_end_of_scoring_is_either_kept_or_refused(judged):
    seats = [judged.seats[0], *(judged.seat() for _n in range(8))]

    def act(seat):
        if seat is not None:
            return save(judged, seat, 5000, None, None)
        with transaction.atomic():
            Selection.objects.filter(pk=judged.selection.pk).update(stage=Stage.PLENARY)
            kept.append(Mark.objects.count())
        return None

    kept = []
    results = at_once(act, [*seats[:4], None, *seats[4:]])

    saved = [result for number, result in enumerate(results) if number != 4 and result == "done"]
    assert Mark.objects.count() == len(saved) == kept[0]
