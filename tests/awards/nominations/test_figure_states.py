"""What the pages, the tasks and the letters of a nomination show of figures: each with its state."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awards import todo
from awards.letters import reminders
from awards.models import Criterion, Nomination, StageDate
from awards.nominations import transitions
from awards.nominations.detail import Dossier
from awards.nominations.promotion import compared, frozen_copy
from awards.stages import NominationState, Stage
from regions.models import Correction, Coverage, State
from tests import builders as b
from tests.awards.conftest import put

S = NominationState
NOW = timezone.now()


def test_the_choice_of_the_interview_list_leaves_out_who_has_unsent_figures(
    answered, sent_figure, bali, committee, signed_in
):
    nomination = answered(S.VERIFIED, Stage.VERIFICATION)
    put(sent_figure, state=State.DRAFT)
    address = reverse("nominations-choose", args=[bali.slug])

    page = signed_in(committee).get(address, {"pick": nomination.pk, "act": "shortlist"})

    assert page.context["movable"] == []
    assert f"PU 2023 ({State.DRAFT.label})" in str(page.context["others"][0].obstacle)


def test_the_branch_is_led_to_where_it_sends_and_the_committee_is_told_who_sends(
    answered, sent_figure, jembrana, staff, committee, signed_in
):
    nomination = answered()
    put(sent_figure, state=State.DRAFT)

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
    answered, sent_figure, jembrana, staff, signed_in
):
    nomination = answered()
    client, url = signed_in(staff), reverse("nomination-submit", args=[nomination.pk])
    put(sent_figure, state=State.DRAFT)
    held_up = client.get(url).content.decode()

    put(sent_figure)

    send = f'href="{reverse("coverage-send", args=[jembrana.code, 2023])}"'
    assert ("data-not-yet" in held_up, send in held_up) == (True, True)
    assert "data-not-yet" not in client.get(url).content.decode()


def test_every_figure_of_the_dossier_has_its_state(answered, sent_figure, growth, jembrana, committee, signed_in):
    b.coverage(jembrana, 2022, "PU", state=State.DRAFT)
    nomination = answered()

    page = signed_in(committee).get(nomination.get_absolute_url())

    states = {row.criterion.slug: row.state for row in page.context["dossier"].rows() if row.state}
    row = page.content.decode().partition('data-segment="PU"')[2].partition("</tr>")[0]
    assert states == {"pu": State.SENT, "tumbuh": State.DRAFT}
    assert ('data-state="terkirim"' in row, 'data-state="draf"' in row) == (True, True)


def test_a_correction_in_progress_is_told_and_holds_nothing_up(answered, sent_figure, committee, signed_in):
    put(sent_figure, state=State.VERIFIED, verified_at=NOW, verified_by=b.person())
    said = {name: getattr(sent_figure, name) for name in ("workers", "participants", "definition")}
    Correction.objects.create(coverage=sent_figure, version=1, reason="Salah ketik", proposed_by=b.person(), **said)
    nomination = answered(S.SENT)

    shown = [row.now.is_being_corrected for row in Dossier(Nomination.objects.with_context().get()).segments()]
    transitions.verify(nomination, by=committee)

    assert (shown, nomination.state) == ([True], S.VERIFIED)


def test_the_list_names_the_figures_that_were_not_sent(answered, sent_figure, bali, committee, signed_in):
    answered()
    put(sent_figure, state=State.DRAFT)

    page = signed_in(committee).get(reverse("nominations", args=[bali.slug]))

    assert 'data-unsent-figure="draf"' in page.content.decode()


def test_verifying_shows_answers_figures_and_evidence_on_one_page(
    answered, sent_figure, regulation, committee, staff, signed_in
):
    nomination = answered(S.SENT)
    file = b.evidence(nomination, regulation)

    page = signed_in(committee).get(reverse("nomination-verify", args=[nomination.pk])).content.decode()

    assert "Perda" in page
    assert 'data-segment="PU"' in page
    assert 'data-state="terkirim"' in page
    assert reverse("evidence-picture", args=[file.pk, 1]) in page
    assert reverse("nomination-return", args=[nomination.pk]) in page


def test_verifying_shows_the_doubts_about_the_figures(answered, sent_figure, committee, signed_in):
    Coverage.objects.filter(pk=sent_figure.pk).update(participants=1200)
    nomination = answered(S.SENT)

    page = signed_in(committee).get(reverse("nomination-verify", args=[nomination.pk]))

    assert [doubt.segments for doubt in page.context["doubts"]] == ["PU"]
    assert "data-doubt" in page.content.decode()


def test_where_figures_are_not_sent_no_verifying_is_offered_but_the_way_back(
    answered, sent_figure, committee, signed_in
):
    nomination = answered(S.SENT)
    put(sent_figure, state=State.DRAFT)
    url = reverse("nomination-verify", args=[nomination.pk])

    page = signed_in(committee).get(url).content.decode()
    answer = signed_in(committee).post(url, {"version": nomination.version}, follow=True)

    assert ("data-not-yet" in page, reverse("nomination-return", args=[nomination.pk]) in page) == (True, True)
    assert Nomination.objects.get().state == S.SENT
    assert "Cabang Bali Denpasar" in str(next(iter(answer.context["messages"])))


def test_the_page_of_verifying_costs_the_same_whatever_it_shows(
    answered, sent_figure, regulation, jembrana, committee, signed_in
):
    nomination = answered(S.SENT)
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


def test_the_branch_finds_the_figures_its_nominations_wait_for_among_its_tasks(
    answered, sent_figure, jembrana, staff, committee
):
    answered()
    put(sent_figure, state=State.DRAFT)
    send = reverse("coverage-send", args=[jembrana.code, 2023])

    told = [[task.count for task in todo.tasks_for(user) if task.url == send] for user in (staff, committee)]
    put(sent_figure)
    afterwards = [task for task in todo.tasks_for(staff) if task.url == send]

    assert (told, afterwards) == ([[1], []], [])


def test_the_branch_is_reminded_of_the_figures_its_nominations_wait_for(answered, sent_figure, bali, staff, jembrana):
    nomination = answered(S.DRAFT)
    put(sent_figure, state=State.DRAFT)

    def owed(stage):
        bali.refresh_from_db()
        people = dict(reminders.owers(bali, stage))
        return [one.count for one in people.get(staff, []) if one.words == todo.SEND_FIGURES]

    StageDate.objects.bulk_create(
        StageDate(selection=bali, stage=stage, opens_at=NOW, closes_at=NOW + timedelta(days=9))
        for stage in (Stage.NOMINATION, Stage.VERIFICATION)
    )
    as_draft = owed(Stage.NOMINATION), owed(Stage.VERIFICATION)
    Nomination.objects.filter(pk=nomination.pk).update(state=S.RETURNED)

    assert (as_draft, owed(Stage.VERIFICATION)) == (([1], []), [1])


def test_a_carried_copy_tells_how_far_each_figure_had_come_also_one_of_an_older_portal(answered, sent_figure):
    nomination = answered(S.VERIFIED)
    copy = frozen_copy(nomination, "0" * 64)
    (with_state,) = copy["coverage"]
    without = {name: value for name, value in with_state.items() if name != "state"}
    told = []
    for figure in (with_state, without):
        nomination.carried = copy | {"coverage": [figure]}
        told += [row.then.rpartition(" · ")[2] for row in compared(nomination) if row.kind == "coverage"]

    assert told == ["terkirim", "belum diverifikasi"]
