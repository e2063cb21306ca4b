"""The chair closes the panel: marks are locked, and whoever owed a sheet was absent, which is no zero."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Role
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from scoring.assignments.progress import Progress, progress
from scoring.models import Delivery, Panel, ScoreSheet
from scoring.plenary import actions as plenary_actions
from scoring.plenary import closing
from scoring.plenary.dashboard import room
from scoring.sealing import checks
from scoring.sheets import actions
from scoring.sheets.offline import sync
from scoring.sheets.offline.board import board_file
from scoring.sheets.offline.sync import DeviceEntry
from scoring.standings.inputs import counting_marks
from tests.scoring.bench import bench
from tests.scoring.plenary.plenary import hand_in, move_to

pytestmark = pytest.mark.django_db

ALIKE = (7_000, 8_000, 6_000)


@pytest.fixture
def judged():
    """Two candidates: the chair handed in both, a juror one and left a draft of the other, a third one nothing."""
    made = bench()
    for role in (Role.CHAIR, Role.JUROR, Role.JUROR):
        made.seat(role)
    chair, juror, _absent = made.seats
    for nomination in made.nominations:
        hand_in(chair, nomination, made.marks(*ALIKE))
    hand_in(juror, made.nominations[0], made.marks(*ALIKE))
    actions.save_marks(juror, made.nominations[1], made.marks(5_000, None, None), version=0, by=juror.user)
    return made


def close(made):
    chair, juror, absent, *_observers = made.seats
    closing.close(made.selection, reasons={juror.pk: "Dipanggil gubernur", absent.pk: "Sakit"}, by=chair.user)


def states(made):
    told = progress(made.seats, made.nominations)
    return [[told[seat.pk, each.pk] for each in made.nominations] for seat in made.seats]


def refusal(act, *args, **more):
    with pytest.raises(ValidationError) as caught:
        act(*args, **more)
    return caught.value.code


def at(name, made, *more):
    return reverse(name, args=[made.selection.slug, *more])


def test_whoever_owes_a_sheet_when_the_panel_closes_was_absent_for_it(judged):
    close(judged)

    handed_in, absent = Progress.HANDED_IN, Progress.ABSENT
    assert states(judged) == [[handed_in, handed_in], [handed_in, absent], [absent, absent]]
    reasons = ScoreSheet.objects.exclude(absent_at=None).order_by("seat__order").values_list("absent_reason", flat=True)
    assert list(reasons) == ["Dipanggil gubernur", "Sakit", "Sakit"]


def test_an_absent_juror_is_no_zero(judged):
    before = counting_marks(judged.marked, judged.nominations)
    close(judged)

    assert counting_marks(judged.marked, judged.nominations) == before
    first, second = judged.nominations
    given = {key: len(of) for key, of in before.items()}
    assert given == {(each.pk, one.pk): n for each, n in ((first, 2), (second, 1)) for one in judged.marked}


def test_an_absent_juror_counts_neither_as_able_nor_as_waiting(judged):
    close(judged)
    found = room(judged.selection, judged.seats[0].user)

    assert [(row.strength.handed_in, row.strength.able) for row in found.rows] == [(2, 2), (1, 1)]
    assert (found.sheets_due(), checks.sheets_open(checks.Situation(judged.selection))) == ([], [])


@pytest.mark.parametrize("reasons", [{}, {1: "Sakit"}])
def test_the_panel_is_not_closed_over_a_sheet_nobody_was_asked_about(judged, reasons):
    code = refusal(closing.close, judged.selection, reasons=reasons, by=judged.seats[0].user)

    assert (code, Panel.objects.get().closed_at) == ("changed", None)


def test_an_absence_has_a_reason(judged):
    reasons = {seat.pk: " " for seat in judged.seats[1:]}

    assert refusal(closing.close, judged.selection, reasons=reasons, by=judged.seats[0].user) == "no-reason"


def test_a_panel_is_closed_once(judged):
    close(judged)

    assert refusal(closing.close, judged.selection, reasons={}, by=judged.seats[0].user) == "closed"
    assert AuditEvent.objects.filter(verb="panel.close").count() == 1


def test_observers_owe_nothing(judged):
    judged.seat(is_observer=True)
    close(judged)

    assert ScoreSheet.objects.filter(seat=judged.seats[3]).count() == 0


def test_after_the_close_no_channel_takes_a_mark(judged):
    close(judged)
    juror, second = judged.seats[1], judged.nominations[1]
    draft = ScoreSheet.objects.get(seat=juror, nomination=second)

    for act in (
        lambda: actions.save_marks(juror, second, judged.marks(*ALIKE), version=1, by=juror.user),
        lambda: actions.hand_in(draft, version=1, by=juror.user),
    ):
        with pytest.raises(PermissionDenied):
            act()
    entry = DeviceEntry(1, second.pk, f"mark_{judged.marked[0].pk}", "99", 1)
    answer = sync.deliver(juror, uuid.uuid4(), [entry], by=juror.user)

    assert [(result.outcome, result.reason) for result in answer.results] == [(Delivery.Outcome.REFUSED, "closed")]
    assert list(draft.marks.order_by("criterion").values_list("value", flat=True)) == [5_000]


def test_the_pages_of_a_closed_panel_are_for_reading(judged, client):
    close(judged)
    first, second = judged.nominations
    client.force_login(judged.seats[1].user)

    answers = [client.post(at("sheet", judged, second.pk), judged.posted("90", "90", "90")).status_code]
    answers += [client.get(at("sheet-hand-in", judged, second.pk)).status_code]
    pages = [client.get(at("sheet", judged, each.pk)) for each in (first, second)]

    assert answers == [403, 403]
    assert [(page.status_code, page.context["is_open"]) for page in pages] == [(200, False), (200, False)]
    assert not client.get(reverse("sheets")).context["panels"][0]["is_open"]
    assert [sheet["isClosed"] for sheet in _board(judged, 1)["sheets"]] == [True, True]


def _board(made, seat):
    held = type(made.seats[seat]).objects.with_people().get(pk=made.seats[seat].pk)
    return board_file(held, reader=held.user)


def test_a_closed_panel_is_neither_nudged_nor_opened_sheet_by_sheet(judged):
    close(judged)
    chair = judged.seats[0]

    assert refusal(plenary_actions.nudge, judged.selection, judged.seats, by=chair.user) == "closed"
    handed_in = ScoreSheet.objects.submitted().first()
    assert refusal(actions.reopen, handed_in, reason="Salah ketik", by=chair.user) == "panel-closed"


def test_an_opened_panel_scores_again_and_remembers_the_close_in_the_trail(judged):
    close(judged)
    chair, juror, _absent = judged.seats
    closing.reopen(judged.selection, reason="Juri datang terlambat", by=chair.user)
    sheet = actions.save_marks(juror, judged.nominations[1], judged.marks(*ALIKE), version=1, by=juror.user)
    actions.hand_in(sheet, version=2, by=juror.user)

    assert states(judged)[1:] == [[Progress.HANDED_IN, Progress.HANDED_IN], [Progress.NOT_BEGUN, Progress.NOT_BEGUN]]
    told = AuditEvent.objects.filter(verb__in=["panel.close", "panel.reopen"]).order_by("pk")
    assert [event.verb for event in told] == ["panel.close", "panel.reopen"]


@pytest.mark.parametrize(("reason", "code"), [(" ", "no-reason"), ("Keliru", "not-closed")])
def test_opening_needs_a_reason_and_a_closed_panel(judged, reason, code):
    assert refusal(closing.reopen, judged.selection, reason=reason, by=judged.seats[0].user) == code


def test_only_the_chair_closes_and_not_before_the_panel_scores(judged):
    with pytest.raises(PermissionDenied):
        closing.close(judged.selection, reasons={}, by=judged.seats[1].user)
    move_to(judged.selection, Stage.VERIFICATION)
    with pytest.raises(PermissionDenied):
        close(judged)


def test_a_panel_left_open_bars_the_seal_until_the_chair_closes_it_in_the_plenary(judged):
    move_to(judged.selection, Stage.PLENARY)
    before = checks.panel_open(checks.Situation(judged.selection))
    close(judged)

    assert [item.url for item in before] == [at("panel-close", judged)]
    assert checks.panel_open(checks.Situation(judged.selection)) == []
    assert states(judged)[2] == [Progress.ABSENT, Progress.ABSENT]


def test_a_panel_closed_before_the_plenary_is_not_opened_in_it(judged, client):
    close(judged)
    move_to(judged.selection, Stage.PLENARY)
    client.force_login(judged.seats[0].user)

    with pytest.raises(PermissionDenied):
        closing.reopen(judged.selection, reason="Juri datang terlambat", by=judged.seats[0].user)
    assert client.get(at("panel-reopen", judged)).status_code == 403
    assert at("panel-reopen", judged) not in client.get(at("chair-room", judged)).content.decode()


@pytest.mark.parametrize("lacks", ["seats", "candidates"])
def test_where_there_is_nothing_to_close_nothing_bars_the_seal(lacks):
    made = bench(nominations=0 if lacks == "candidates" else 1)
    if lacks == "candidates":
        made.seat(Role.CHAIR)
    move_to(made.selection, Stage.PLENARY)

    assert checks.panel_open(checks.Situation(made.selection)) == []


def test_the_chair_closes_on_a_page_that_names_everybody_who_is_missing(judged, client):
    client.force_login(judged.seats[0].user)
    _chair, juror, absent = judged.seats

    review = client.get(at("panel-close", judged))
    half = client.post(at("panel-close", judged), {f"why_{juror.pk}": "Dipanggil gubernur"})
    open_still = Panel.objects.get().closed_at
    whole = {f"why_{juror.pk}": "Dipanggil gubernur", f"why_{absent.pk}": "Sakit"}
    done = client.post(at("panel-close", judged), whole)

    assert {seat.pk: len(left) for seat, left, _further in review.context["missing"]} == {juror.pk: 1, absent.pk: 2}
    assert (half.status_code, open_still, done.url) == (200, None, at("chair-room", judged))
    assert b"data-panel-closed" in client.get(at("chair-room", judged)).content


def test_a_complete_panel_is_closed_without_a_reason(client):
    made = bench()
    made.seat(Role.CHAIR)
    for nomination in made.nominations:
        hand_in(made.seats[0], nomination, made.marks(*ALIKE))
    client.force_login(made.seats[0].user)

    looked = client.get(at("panel-close", made))
    client.post(at("panel-close", made))

    assert (looked.status_code, Panel.objects.get().closed_by) == (200, made.seats[0].user)
    client.post(at("panel-reopen", made), {"reason": "Keliru menutup"})
    assert Panel.objects.get().closed_by is None


def test_the_review_asks_as_many_questions_at_two_candidates_as_at_six(client):
    counts = []
    for code, size in (("51", 2), ("52", 6)):
        made = bench(nominations=size, code=code)
        made.seat(Role.CHAIR)
        for _number in range(size - 2):
            made.seat()
        client.force_login(made.seats[0].user)
        client.get(at("panel-close", made))
        with CaptureQueriesContext(connection) as asked:
            client.get(at("panel-close", made))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_database_refuses_an_absence_of_a_handed_in_sheet_and_half_a_close(judged):
    chair = judged.seats[0].user
    signs = {"absent_at": "2024-05-06T00:00Z", "absent_by": chair, "absent_reason": "Sakit"}
    for rows, fields in [
        (ScoreSheet.objects.submitted(), signs),
        (ScoreSheet.objects.filter(submitted_at=None), signs | {"absent_reason": ""}),
        (Panel.objects.all(), {"closed_by": chair}),
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**fields)
