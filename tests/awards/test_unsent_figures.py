"""Figures nobody has sent count nowhere in a nomination: they are named with their state, and hold it up."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awards import actions
from awards.actions import choosing
from awards.completeness import completeness
from awards.dossier import Dossier
from awards.models import Criterion, Nomination
from awards.stages import NominationState, Stage
from regions.models import Correction, Coverage, State
from tests import builders as b
from tests.awards.conftest import at

S = NominationState
RETURNED = {"state": State.RETURNED, "returned_at": timezone.now(), "return_reason": "Bukan angka akhir tahun"}
UNSENT = [{"state": State.DRAFT}, RETURNED]
MOVES = [
    ("submit", S.DRAFT, Stage.NOMINATION),
    ("verify", S.SENT, Stage.NOMINATION),
    ("shortlist", S.VERIFIED, Stage.VERIFICATION),
]


@pytest.fixture
def figure(jembrana):
    """The figure of 2023 the rubric asks for, as sent by its branch."""
    return b.coverage(jembrana, 2023, "PU")


@pytest.fixture
def make(bali, jembrana, regulation, staff):
    """A nomination of Jembrana, answered, in the given state and stage."""

    def nomination(state=S.DRAFT, stage=Stage.NOMINATION):
        made = b.nomination(at(bali, stage), jembrana, state, by=staff)
        made.answers.create(criterion=regulation, value={"level": "perda"})
        return made

    return nomination


@pytest.fixture
def growth(bali):
    """The rubric also asks how the segment grew since the year before."""
    pu = Criterion.objects.get(slug="pu")
    made = Criterion.objects.create(
        aspect=pu.aspect, slug="tumbuh", name="Tumbuh", kind="growth", weight=0, order=9, rules={"full": 1000}
    )
    made.segments.set([b.segment("PU")])
    return made


def put(figure, **fields):
    Coverage.objects.filter(pk=figure.pk).update(**{"state": State.SENT, **fields})


def lacking(nomination):
    return completeness([Nomination.objects.with_context().get(pk=nomination.pk)])[nomination.pk]


def counted(nomination):
    found = lacking(nomination)
    return found.figures_given, found.figures_needed


def refusal(verb, nomination):
    with pytest.raises(ValidationError) as caught:
        actions.move(verb, nomination, by=b.person())
    return caught.value


@pytest.mark.parametrize("fields", UNSENT)
def test_a_figure_nobody_has_sent_does_not_count_as_complete(make, figure, fields):
    nomination = make()
    before = counted(nomination)

    put(figure, **fields)

    found = lacking(nomination)
    assert (before, counted(nomination)) == ((1, 1), (0, 1))
    assert ([one.state for one in found.unsent_figures], found.missing_figures) == ([fields["state"]], [])
    assert (found.is_complete, found.is_sendable) == (False, False)


@pytest.mark.parametrize("state", [State.SENT, State.VERIFIED])
def test_a_figure_that_was_sent_or_verified_counts(make, figure, state):
    signed = {"verified_at": timezone.now(), "verified_by": b.person()} if state == State.VERIFIED else {}
    put(figure, state=state, **signed)

    assert counted(make()) == (1, 1)


@pytest.mark.parametrize("fields", UNSENT)
@pytest.mark.parametrize(("verb", "state", "stage"), MOVES)
def test_a_nomination_is_not_moved_on_figures_nobody_has_sent(make, figure, verb, state, stage, fields):
    nomination = make(state, stage)
    put(figure, **fields)

    refused = refusal(verb, nomination)

    assert (refused.code, Nomination.objects.get().state) == ("figures", state)
    words = State(fields["state"]).label
    assert (refused.params["figures"], refused.params["branch"]) == (f"PU 2023 ({words})", "Cabang Bali Denpasar")

    put(figure)
    actions.move(verb, nomination, by=b.person())
    assert Nomination.objects.get().state != state


@pytest.mark.parametrize(("verb", "state", "stage"), MOVES)
def test_the_year_before_is_asked_for_where_growth_is_judged(make, figure, growth, jembrana, verb, state, stage):
    before = b.coverage(jembrana, 2022, "PU", state=State.DRAFT)
    nomination = make(state, stage)

    refused = refusal(verb, nomination)

    assert (counted(nomination), refused.params["figures"]) == ((1, 2), f"PU 2022 ({State.DRAFT.label})")
    put(before)
    assert counted(nomination) == (2, 2)


def test_figures_the_rubric_does_not_ask_for_hold_nothing_up(make, figure, jembrana):
    b.coverage(jembrana, 2023, "BPU", state=State.DRAFT)
    b.coverage(jembrana, 2022, "PU", state=State.DRAFT)
    nomination = make()

    actions.submit(nomination, by=b.person())

    assert nomination.state == S.SENT


def test_a_draft_that_was_locked_does_not_count_but_nobody_is_asked_to_send_it(make, figure):
    put(figure, state=State.DRAFT, locked_at=timezone.now(), locked_by=b.person())
    nomination = make()

    actions.submit(nomination, by=b.person())

    assert (nomination.state, counted(nomination)) == (S.SENT, (0, 1))


def test_a_figure_returned_after_the_nomination_was_verified_bars_the_interview_list(make, figure, bali):
    nomination = make(S.VERIFIED, Stage.VERIFICATION)
    put(figure, **RETURNED)

    with pytest.raises(ValidationError) as caught:
        choosing.choose("shortlist", {nomination: nomination.version}, by=b.committee(bali))

    assert (caught.value.code, Nomination.objects.get().state) == ("figures", S.VERIFIED)


def test_the_choice_of_the_interview_list_leaves_out_who_has_unsent_figures(make, figure, bali, committee, signed_in):
    nomination = make(S.VERIFIED, Stage.VERIFICATION)
    put(figure, state=State.DRAFT)
    address = reverse("nominations-choose", args=[bali.slug])

    page = signed_in(committee).get(address, {"pick": nomination.pk, "act": "shortlist"})

    assert page.context["movable"] == []
    assert f"PU 2023 ({State.DRAFT.label})" in str(page.context["others"][0].obstacle)


def test_the_branch_is_led_to_where_it_sends_and_the_committee_is_told_who_sends(
    make, figure, jembrana, staff, committee, signed_in
):
    nomination = make()
    put(figure, state=State.DRAFT)

    told = [
        (one["url"], one["state"], one["hint"])
        for user in (staff, committee)
        for one in signed_in(user).get(nomination.get_absolute_url()).context["missing"]
    ]

    assert told == [
        (reverse("coverage-send", args=[jembrana.code, 2023]), State.DRAFT, ""),
        (jembrana.get_absolute_url(), State.DRAFT, "Cabang Bali Denpasar"),
    ]


def test_the_branch_is_offered_the_sending_of_its_figures_instead_of_a_refusal(
    make, figure, jembrana, staff, signed_in
):
    nomination = make()
    client, url = signed_in(staff), reverse("nomination-submit", args=[nomination.pk])
    put(figure, state=State.DRAFT)
    held_up = client.get(url).content.decode()

    put(figure)

    send = f'href="{reverse("coverage-send", args=[jembrana.code, 2023])}"'
    assert ("data-not-yet" in held_up, send in held_up) == (True, True)
    assert "data-not-yet" not in client.get(url).content.decode()


def test_every_figure_of_the_dossier_has_its_state(make, figure, growth, jembrana, committee, signed_in):
    b.coverage(jembrana, 2022, "PU", state=State.DRAFT)
    nomination = make()

    page = signed_in(committee).get(nomination.get_absolute_url())

    states = {row.criterion.slug: row.state for row in page.context["dossier"].rows() if row.state}
    row = page.content.decode().partition('data-segment="PU"')[2].partition("</tr>")[0]
    assert states == {"pu": State.SENT, "tumbuh": State.DRAFT}
    assert ('data-state="terkirim"' in row, 'data-state="draf"' in row) == (True, True)


def test_a_correction_in_progress_is_told_and_holds_nothing_up(make, figure, committee, signed_in):
    put(figure, state=State.VERIFIED, verified_at=timezone.now(), verified_by=b.person())
    said = {name: getattr(figure, name) for name in ("workers", "participants", "definition")}
    Correction.objects.create(coverage=figure, version=1, reason="Salah ketik", proposed_by=b.person(), **said)
    nomination = make(S.SENT)

    shown = [row.now.is_being_corrected for row in Dossier(Nomination.objects.with_context().get()).segments()]
    actions.verify(nomination, by=committee)

    assert (shown, nomination.state) == ([True], S.VERIFIED)


def test_the_list_names_the_figures_that_were_not_sent(make, figure, bali, committee, signed_in):
    make()
    put(figure, state=State.DRAFT)

    page = signed_in(committee).get(reverse("nominations", args=[bali.slug]))

    assert 'data-unsent-figure="draf"' in page.content.decode()


def test_verifying_shows_answers_figures_and_evidence_on_one_page(
    make, figure, regulation, committee, staff, signed_in
):
    nomination = make(S.SENT)
    file = b.evidence(nomination, regulation)

    page = signed_in(committee).get(reverse("nomination-verify", args=[nomination.pk])).content.decode()

    assert "Perda" in page
    assert 'data-segment="PU"' in page
    assert 'data-state="terkirim"' in page
    assert reverse("evidence-picture", args=[file.pk, 1]) in page
    assert reverse("nomination-return", args=[nomination.pk]) in page


def test_verifying_shows_the_doubts_about_the_figures(make, figure, committee, signed_in):
    Coverage.objects.filter(pk=figure.pk).update(participants=1200)
    nomination = make(S.SENT)

    page = signed_in(committee).get(reverse("nomination-verify", args=[nomination.pk]))

    assert [doubt.segments for doubt in page.context["doubts"]] == ["PU"]
    assert "data-doubt" in page.content.decode()


def test_where_figures_are_not_sent_no_verifying_is_offered_but_the_way_back(make, figure, committee, signed_in):
    nomination = make(S.SENT)
    put(figure, state=State.DRAFT)
    url = reverse("nomination-verify", args=[nomination.pk])

    page = signed_in(committee).get(url).content.decode()
    answer = signed_in(committee).post(url, {"version": nomination.version}, follow=True)

    assert ("data-not-yet" in page, reverse("nomination-return", args=[nomination.pk]) in page) == (True, True)
    assert Nomination.objects.get().state == S.SENT
    assert "Cabang Bali Denpasar" in str(next(iter(answer.context["messages"])))


def test_the_page_of_verifying_costs_the_same_whatever_it_shows(
    make, figure, regulation, jembrana, committee, signed_in
):
    nomination = make(S.SENT)
    client, url = signed_in(committee), reverse("nomination-verify", args=[nomination.pk])
    b.evidence(nomination, regulation)
    Coverage.objects.update(participants=1200)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    Criterion.objects.get(slug="pu").segments.set([b.segment(code) for code in b.SEGMENTS])
    for code in b.SEGMENTS[1:]:
        b.coverage(jembrana, 2023, code, participants=1200)
    for number in range(5):
        b.evidence(nomination, regulation, f"foto-{number}.png")

    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(many) == len(few)
