"""A deadline is one rule: open while now < the close, by the database's clock, on the clock of each place."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone, translation

from awards import deadlines
from awards.models import Nomination, Selection, StageDate
from awards.nominations import actions, transitions
from awards.permissions import granted, granted_on, require_on
from awards.stages import ENDS_WITH, NominationState, Permission, Stage
from tests import builders as b
from tests.awards.conftest import at

S = NominationState
A_TICK = datetime.timedelta(microseconds=1)
HOUR = datetime.timedelta(hours=1)
WALL = datetime.datetime(2026, 3, 31, 23, 59)
PLACES = [("51", "WITA", "Asia/Makassar"), ("32", "WIB", "Asia/Jakarta"), ("91", "WIT", "Asia/Jayapura")]


def closing(selection, stage, closes_at):
    opens_at = closes_at - datetime.timedelta(days=20)
    return StageDate.objects.create(selection=selection, stage=stage, opens_at=opens_at, closes_at=closes_at)


def refused(act, *arguments, **options) -> str:
    with pytest.raises(ValidationError) as caught:
        act(*arguments, **options)
    return caught.value.code


@pytest.fixture
def draft(bali, jembrana, regulation, staff):
    b.coverage(jembrana, 2023)
    nomination = b.nomination(bali, jembrana, by=staff)
    nomination.answers.create(criterion=regulation, value={"level": "perda"})
    return nomination


@pytest.mark.parametrize(("after", "is_open"), [(-A_TICK, True), (0 * A_TICK, False), (A_TICK, False)])
def test_open_until_the_tick_before_the_close_and_closed_from_the_close_on(bali, after, is_open):
    close = WALL.replace(tzinfo=datetime.UTC)
    nomination = b.nomination(bali)
    closing(bali, Stage.NOMINATION, close)

    in_database = Nomination.objects.mendable(close + after).filter(pk=nomination.pk).exists()

    assert deadlines.is_open(close, close + after) is is_open
    assert in_database is is_open
    assert StageDate.objects.closed(close + after).exists() is not is_open


def test_a_stage_without_a_date_has_no_deadline(bali):
    nomination = b.nomination(bali)

    assert deadlines.is_open(None, timezone.now())
    assert list(Nomination.objects.mendable()) == [nomination]


@pytest.mark.parametrize("server", ["UTC", "America/New_York"])
def test_one_wall_clock_deadline_passes_at_three_instants_in_three_zones(db, server):
    b.category()
    made = {}
    with timezone.override(server):
        for code, zone, name in PLACES:
            selection = b.selection(Stage.NOMINATION, at=b.province(code, zone, time_zone=zone))
            closing(selection, Stage.NOMINATION, WALL.replace(tzinfo=selection.tzinfo))
            made[zone] = b.nomination(selection, b.regency(f"{code}.01", f"Kabupaten {zone}")), ZoneInfo(name)

        def still_open(instant):
            return {row.selection.province.time_zone for row in Nomination.objects.mendable(instant)}

        close = {zone: WALL.replace(tzinfo=tz).astimezone(datetime.UTC) for zone, (_row, tz) in made.items()}
        passing = [(close[zone], still_open(close[zone] - A_TICK), still_open(close[zone])) for zone in made]

    assert close["WIT"] + HOUR == close["WITA"] == close["WIB"] - HOUR
    assert sorted(passing) == [
        (close["WIT"], {"WIT", "WITA", "WIB"}, {"WITA", "WIB"}),
        (close["WITA"], {"WITA", "WIB"}, {"WIB"}),
        (close["WIB"], {"WIB"}, set()),
    ]


@pytest.mark.parametrize("minutes", [-1, 1])
def test_the_clock_that_decides_is_the_databases(bali, minutes):
    b.nomination(bali)
    closing(bali, Stage.NOMINATION, timezone.now() + datetime.timedelta(minutes=minutes))

    assert Nomination.objects.mendable().exists() is (minutes > 0)
    assert StageDate.objects.filter(closes_at__lte=Now()).exists() is (minutes < 0)


def test_a_refusal_names_the_deadline_only_to_whom_the_deadline_alone_refuses(draft, bali, staff):
    closing(bali, Stage.NOMINATION, timezone.now() - HOUR)

    def words(user, permission):
        with pytest.raises(PermissionDenied) as caught:
            require_on(user, permission, draft)
        return str(caught.value)

    late = deadlines.too_late(deadlines.missed(draft)).messages[0]
    assert words(staff, Permission.REPAIR) == late
    assert late not in {words(staff, Permission.CLEAR), words(b.person(), Permission.REPAIR)}


@pytest.mark.parametrize("stage", [Stage.NOMINATION, Stage.VERIFICATION])
@pytest.mark.parametrize("late", [None, Stage.NOMINATION, Stage.VERIFICATION])
@pytest.mark.parametrize("state", list(S))
def test_a_draft_ends_with_the_nomination_and_a_returned_one_with_the_verification(bali, state, late, stage):
    nomination = b.nomination(at(bali, stage), state=state)
    if late:
        closing(bali, late, timezone.now() - HOUR)
    wanted = {S.DRAFT: stage == Stage.NOMINATION and late != Stage.NOMINATION, S.RETURNED: late != Stage.VERIFICATION}

    assert Nomination.objects.mendable().exists() is wanted.get(state, False)
    assert deadlines.is_mendable(nomination) is wanted.get(state, False)


def test_after_the_close_nobody_nominates_answers_or_sends_and_nothing_is_written(
    bali, draft, tabanan, regulation, staff
):
    closing(bali, Stage.NOMINATION, timezone.now() - HOUR)
    candidate = actions.government(tabanan)
    staff.postings.get().branch.working_area.add(tabanan)
    draft.refresh_from_db()

    assert refused(actions.nominate, bali, draft.category, candidate, by=staff) == "deadline"
    assert refused(actions.answer, draft, {regulation: ({"level": "tidak-ada"}, "")}, by=staff) == "deadline"
    assert refused(transitions.submit, draft, by=staff) == "deadline"
    assert Nomination.objects.get().version == draft.version
    assert Nomination.objects.get().answers.get().value == {"level": "perda"}


def test_a_returned_one_is_repaired_and_sent_until_the_verification_closes(bali, draft, regulation, staff):
    closing(bali, Stage.NOMINATION, timezone.now() - HOUR)
    date = closing(at(bali, Stage.VERIFICATION), Stage.VERIFICATION, timezone.now() + HOUR)
    Nomination.objects.update(state=S.RETURNED, submitted_at=timezone.now(), submitted_by=staff)

    actions.answer(draft, {regulation: ({"level": "tidak-ada"}, "")}, by=staff)
    StageDate.objects.filter(pk=date.pk).update(closes_at=timezone.now())
    assert refused(transitions.submit, draft, by=staff) == "deadline"
    StageDate.objects.filter(pk=date.pk).update(closes_at=timezone.now() + HOUR)
    transitions.submit(draft, by=staff)

    assert draft.state == S.SENT


def test_a_deadline_takes_nothing_from_a_nomination_that_was_sent(bali, draft, staff):
    Nomination.objects.filter(pk=draft.pk).update(state=S.SENT)
    draft.refresh_from_db()
    before = granted_on(staff, draft)
    closing(bali, Stage.NOMINATION, timezone.now() - HOUR)

    assert Permission.REPAIR in before
    assert granted_on(staff, draft) == before


def test_what_is_late_is_not_offered_and_the_refusal_names_the_moment_on_the_place_s_clock(bali, draft, staff):
    assert Permission.NOMINATE in granted(staff, bali)
    assert Permission.REPAIR in granted_on(staff, draft)
    closing(bali, Stage.NOMINATION, datetime.datetime(2024, 3, 31, 15, 59, tzinfo=datetime.UTC))

    assert Permission.NOMINATE not in granted(staff, bali)
    assert Permission.REPAIR not in granted_on(staff, draft)
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        transitions.submit(draft, by=staff)
    assert "31 March 2024 23:59 WITA" in str(caught.value.messages[0])


def test_what_was_typed_into_a_page_opened_in_time_comes_back_with_the_refusal(
    bali, draft, regulation, staff, signed_in
):
    client, address = signed_in(staff), reverse("nomination-answers", args=[draft.pk])
    assert client.get(address).status_code == 200
    closing(bali, Stage.NOMINATION, timezone.now() - HOUR)
    field = f"level-{regulation.pk}"
    typed = {"version": draft.version, field: "tidak-ada"}

    late = client.post(address, typed)

    assert late.status_code == 409
    assert late.context["form"].non_field_errors().as_data()[0].code == "deadline"
    assert late.context["form"].data[field] == "tidak-ada"
    assert client.get(address).status_code == 403


def test_every_editable_state_has_its_deadline():
    assert ENDS_WITH.keys() == {S.DRAFT, S.RETURNED}


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (datetime.timedelta(days=3, hours=2), "closes in 3 days"),
        (datetime.timedelta(days=1), "closes in 1 day"),
        (datetime.timedelta(hours=23, minutes=59), "closes in 23 hours"),
        (datetime.timedelta(minutes=59, seconds=59), "closes in 59 minutes"),
        (datetime.timedelta(seconds=59), "closes in less than a minute"),
        (datetime.timedelta(0), "closed"),
    ],
)
def test_what_is_left_is_told_in_whole_units_rounded_down(left, words):
    now = timezone.now()

    with translation.override("en"):
        assert deadlines.remaining(now + left, now) == words


def test_the_deadlines_of_many_selections_cost_one_query(bali, staff, django_assert_num_queries):
    from awards.permissions import granted_in

    others = [b.selection(Stage.NOMINATION, b.edition(year)) for year in (2021, 2022)]
    for selection in (bali, *others):
        closing(selection, Stage.NOMINATION, timezone.now() - HOUR)
    selections = list(Selection.objects.with_context())

    with django_assert_num_queries(4):
        granted_in(staff, selections)
