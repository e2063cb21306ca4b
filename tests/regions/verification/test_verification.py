"""Sending with doubts mended or answered, returning with reasons, and other eyes that verify."""

import pytest
from django.core.exceptions import ValidationError

from paritrana.accounts import trail
from paritrana.accounts.models import AuditEvent
from regions.coverage import actions
from regions.models import Coverage, CoverageVersion, Justification, State
from regions.permissions import POSTING_TABLE
from regions.verification import transitions
from regions.verification.doubts import doubts
from regions.verification.transitions import MOVES
from tests.builders import branch_staff, coverage, definition, person, regency, regional_officer, segment

pytestmark = pytest.mark.django_db
YEAR = 2024
EXCESS = {("PU", "excess"): "Pekerja dari kabupaten tetangga"}


@pytest.fixture
def jembrana():
    return regency("51.01", "Kabupaten Jembrana")


@pytest.fixture
def clerk(jembrana):
    return branch_staff(jembrana)


def send(region, notes=None, by=None, version=1, code="PU"):
    return transitions.send(region, YEAR, {code: version}, notes or {}, by=by or person())


def codes(error):
    return [(one.code, one.params.get("doubt")) for one in error.value.error_list]


def test_a_figure_without_doubt_is_sent_by_whoever_sends_it(jembrana, clerk):
    row = coverage(jembrana, YEAR, state=State.DRAFT)

    sent = send(jembrana, by=clerk)

    row.refresh_from_db()
    assert [figure.pk for figure in sent] == [row.pk]
    assert (row.state, row.sent_by) == (State.SENT, clerk)
    assert AuditEvent.objects.get().verb == "coverage.send"
    assert list(trail.faults()) == []


def test_a_doubted_figure_is_not_sent_without_a_note(jembrana, clerk):
    coverage(jembrana, YEAR, workers=1000, participants=1200, state=State.DRAFT)

    with pytest.raises(ValidationError) as refused:
        send(jembrana, {("PU", "excess"): "   "}, by=clerk)

    assert codes(refused) == [("doubt", "excess")]
    assert (Coverage.objects.get().state, Justification.objects.count()) == (State.DRAFT, 0)


def test_a_note_lets_a_doubted_figure_pass_and_stays_with_its_version(jembrana, clerk):
    row = coverage(jembrana, YEAR, workers=1000, participants=1200, state=State.DRAFT)

    send(jembrana, EXCESS, by=clerk)

    assert Justification.objects.values_list("coverage", "code", "note", "version", "by").get() == (
        row.pk,
        "excess",
        EXCESS["PU", "excess"],
        1,
        clerk.pk,
    )
    assert Coverage.objects.get().state == State.SENT


def test_a_mended_figure_needs_no_note(jembrana, clerk):
    coverage(jembrana, YEAR, workers=1000, participants=1200, state=State.DRAFT)
    entry = actions.FigureEntry(segment(), 1000, 700, definition(), based_on=1)
    actions.enter(jembrana, YEAR, [entry], by=clerk, origin="/test/")

    send(jembrana, by=clerk, version=2)

    assert Coverage.objects.get().state == State.SENT


def test_a_new_version_needs_a_new_note(jembrana, clerk):
    coverage(jembrana, YEAR, workers=1000, participants=1200, state=State.DRAFT)
    send(jembrana, EXCESS, by=clerk)
    entry = actions.FigureEntry(segment(), 1000, 1300, definition(), based_on=1)
    actions.enter(jembrana, YEAR, [entry], by=clerk, origin="/test/")

    with pytest.raises(ValidationError) as refused:
        send(jembrana, by=clerk, version=2)

    assert codes(refused) == [("doubt", "excess")]
    assert Coverage.objects.with_notes().get().notes == []


def test_one_unanswered_doubt_holds_back_the_whole_form(jembrana, clerk):
    coverage(jembrana, YEAR, "PU", participants=1200, state=State.DRAFT)
    coverage(jembrana, YEAR, "BPU", state=State.DRAFT)

    with pytest.raises(ValidationError):
        transitions.send(jembrana, YEAR, {"PU": 1, "BPU": 1}, {}, by=clerk)

    assert set(Coverage.objects.values_list("state", flat=True)) == {State.DRAFT}


def test_a_figure_changed_after_it_was_seen_is_not_sent(jembrana, clerk):
    coverage(jembrana, YEAR, state=State.DRAFT, version=2)

    with pytest.raises(ValidationError) as refused:
        send(jembrana, by=clerk, version=1)

    assert refused.value.code == "conflict"


def test_a_draft_is_not_verified(jembrana):
    coverage(jembrana, YEAR, state=State.DRAFT)

    assert transitions.verify(jembrana, YEAR, {"PU": 1}, by=person()) == []
    assert Coverage.objects.get().state == State.DRAFT


def test_whoever_sent_a_figure_does_not_verify_it(jembrana, clerk):
    coverage(jembrana, YEAR, state=State.DRAFT)
    send(jembrana, by=clerk)

    with pytest.raises(ValidationError) as refused:
        transitions.verify(jembrana, YEAR, {"PU": 1}, by=clerk)

    assert refused.value.code == "four-eyes"
    assert Coverage.objects.get().state == State.SENT


def test_one_figure_is_returned_with_its_reason_and_the_rest_verified(jembrana, clerk):
    for code in ("PU", "BPU"):
        coverage(jembrana, YEAR, code)
    officer = person()

    transitions.return_figures(jembrana, YEAR, {"PU": 1}, {"PU": "Sumber tidak disebut"}, by=officer)
    transitions.verify(jembrana, YEAR, {"BPU": 1}, by=officer)

    assert list(Coverage.objects.values_list("segment__code", "state", "return_reason")) == [
        ("PU", State.RETURNED, "Sumber tidak disebut"),
        ("BPU", State.VERIFIED, ""),
    ]


def test_a_figure_is_not_returned_without_a_reason(jembrana):
    coverage(jembrana, YEAR)

    with pytest.raises(ValidationError) as refused:
        transitions.return_figures(jembrana, YEAR, {"PU": 1}, {"PU": " "}, by=person())

    assert refused.value.code == "reason"
    assert Coverage.objects.get().state == State.SENT


def test_a_returned_figure_is_mended_or_answered_each_time_anew(jembrana, clerk):
    coverage(jembrana, YEAR)
    answer = {("PU", "returned"): "Sudah benar, lihat lampiran"}
    give_back = {"PU": "Periksa lagi"}
    transitions.return_figures(jembrana, YEAR, {"PU": 1}, give_back, by=person())
    with pytest.raises(ValidationError) as first:
        send(jembrana, by=clerk)
    send(jembrana, answer, by=clerk)
    transitions.return_figures(jembrana, YEAR, {"PU": 1}, give_back, by=person())

    with pytest.raises(ValidationError) as second:
        send(jembrana, by=clerk)

    assert codes(first) == codes(second) == [("doubt", "returned")]
    assert Justification.objects.count() == 1


@pytest.mark.parametrize("state", State.values)
def test_a_locked_figure_refuses_every_move(jembrana, clerk, state):
    signs = {"locked_at": "2025-01-01T00:00Z", "locked_by": clerk}
    if state == State.VERIFIED:
        signs |= {"verified_at": "2025-01-01T00:00Z", "verified_by": clerk}
    if state == State.RETURNED:
        signs |= {"returned_at": "2025-01-01T00:00Z", "returned_by": clerk, "return_reason": "Periksa"}
    coverage(jembrana, YEAR, state=state, **signs)

    moved = [
        send(jembrana, {("PU", "returned"): "Benar"}, by=clerk),
        transitions.verify(jembrana, YEAR, {"PU": 1}, by=person()),
        transitions.return_figures(jembrana, YEAR, {"PU": 1}, {"PU": "Periksa"}, by=person()),
    ]

    assert moved == [[], [], []]
    assert Coverage.objects.get().state == state


def test_every_move_is_open_to_its_kinds_of_office_only():
    allowed = {
        verb: {place.value for place, granted in POSTING_TABLE.items() if permission in granted}
        for verb, (_sources, _target, permission) in MOVES.items()
    }

    assert allowed == {"send": {"branch", "regional"}, "verify": {"regional", "head"}, "return": {"regional", "head"}}


def test_a_doubt_names_another_region_only_to_those_who_answer_for_it(jembrana, clerk):
    twin = regency("51.02", "Kabupaten Tabanan")
    rows = [coverage(region, YEAR, workers=123_457, participants=65_431) for region in (jembrana, twin)]
    rows = list(Coverage.objects.filter(pk=rows[0].pk).with_context().select_related("region__parent"))

    told = " ".join(message for doubt in doubts(rows, reader=clerk) for message in doubt.messages)
    told_both = doubts(rows, reader=regional_officer())

    assert "Kabupaten" not in told
    assert [doubt.code for doubt in told_both] == ["twin"]
    assert "Kabupaten" in told_both[0].messages[0]


def test_doubts_cost_the_same_for_one_figure_and_for_many(jembrana, clerk, django_assert_max_num_queries):
    for year in range(2018, 2025):
        for code in ("PU", "BPU", "JAKON"):
            coverage(jembrana, year, code, participants=400 + year - 2018)
    figures = list(Coverage.objects.with_context().select_related("region__parent"))

    for amount in (1, len(figures)):
        with django_assert_max_num_queries(5):
            doubts(figures[:amount], reader=clerk)


def test_every_version_stays_whatever_was_done_with_it(jembrana, clerk):
    coverage(jembrana, YEAR)
    transitions.return_figures(jembrana, YEAR, {"PU": 1}, {"PU": "Periksa"}, by=person())
    entry = actions.FigureEntry(segment(), 1000, 700, definition(), based_on=1)
    actions.enter(jembrana, YEAR, [entry], by=clerk, origin="/test/")
    send(jembrana, by=clerk, version=2)
    transitions.verify(jembrana, YEAR, {"PU": 2}, by=person())

    assert list(CoverageVersion.objects.values_list("version", "participants")) == [(2, 700), (1, 500)]
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "coverage.return",
        "coverage.enter",
        "coverage.send",
        "coverage.verify",
    ]
