"""The first places of a sealed province arrive at the national selection with a frozen copy, once, to be seen anew."""

import datetime
import io

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awards.models import Answer, Candidate, Evidence, Nomination, Role, StageDate
from awards.nominations import promotion as nomination_promotion
from awards.nominations import transitions as moves
from awards.nominations.promotion import compared
from awards.stages import TAKES_PROPOSALS, NominationState, Stage
from paritrana import todo, triggers
from paritrana.accounts.models import AuditEvent, User
from scoring.models import Standing
from scoring.national import actions, proposals
from tests import builders
from tests.once import made_once
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


built, made = made_once(plenary.plenary)


@pytest.fixture
def national(made):
    return builders.selection(Stage.NOMINATION, made.selection.edition, national=True)


@pytest.fixture
def committee(national):
    return builders.appointed(Role.NATIONAL_COMMITTEE, national.edition)


def seal(made):
    return plenary.seal(made.selection, builders.committee(made.selection))


def carried():
    return list(Nomination.objects.exclude(carried_from=None).order_by("carried_from"))


def test_sealing_proposes_the_first_place_to_be_verified_anew(made, national):
    winner = Standing.objects.get(place=1).nomination

    sealed = seal(made)

    (proposal,) = carried()
    assert (proposal.selection, proposal.carried_from, proposal.candidate) == (national, winner, winner.candidate)
    assert (proposal.state, proposal.verified_at, proposal.submitted_by) == (
        NominationState.SENT,
        None,
        sealed.sealed_by,
    )
    assert proposal.carried["seal"] == sealed.digest
    assert not ({"place", "total"} & proposal.carried.keys())
    assert AuditEvent.objects.filter(verb="nomination.propose").count() == 1


def test_as_many_are_proposed_as_the_category_says_shared_places_included(national, made):
    made.nominations[0].category.__class__.objects.update(proposed=2)
    Answer.objects.filter(nomination=made.nominations[2]).update(value={"level": "edaran"})

    seal(made)

    assert [one.carried_from for one in carried()] == made.nominations


def test_answers_and_evidence_arrive_and_the_copy_stays_when_they_change(made, national):
    first = made.nominations[0]
    criterion = first.answers.get().criterion
    Evidence.objects.create(
        nomination=first,
        criterion=criterion,
        name="perda.pdf",
        kind="pdf",
        size=10,
        sha256="a" * 64,
        key="aa/one",
        uploaded_by=first.nominated_by,
    )
    seal(made)
    (proposal,) = carried()
    same = [row.is_different for row in compared(proposal)]

    proposal.answers.update(value={"level": "edaran"})
    different = [(row.kind, row.then, row.now) for row in compared(proposal) if row.is_different]

    assert proposal.answers.get().criterion == criterion
    assert [(file.key, file.sha256) for file in proposal.evidence.all()] == [("aa/one", "a" * 64)]
    assert same == [False, False]
    assert different == [("answer", "Perda", "Edaran")]


def test_who_verified_it_in_the_province_does_not_verify_it_again(made, national):
    seal(made)
    (proposal,) = carried()

    for person in (proposal.carried_from.verified_by, proposal.nominated_by, proposal.submitted_by):
        with pytest.raises(ValidationError) as caught:
            moves.verify(proposal, by=person)
        assert caught.value.code == "four-eyes"
    moves.verify(proposal, by=builders.person())

    assert proposal.state == NominationState.VERIFIED


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in TAKES_PROPOSALS])
def test_a_national_selection_past_its_verification_takes_nothing_and_says_so(made, national, stage):
    plenary.move_to(national, stage)

    seal(made)

    (zone,) = proposals.overview(national)
    assert carried() == []
    assert [str(cell.reason) for cell in zone.lines[0].cells] == [str(proposals.TOO_LATE)]


def test_without_the_category_in_the_nation_nothing_is_proposed_and_the_page_says_why(made, national):
    national.categories.clear()

    seal(made)

    (zone,) = proposals.overview(national)
    assert carried() == []
    assert [cell.reason for cell in zone.lines[0].cells] == [proposals.NOT_NATIONAL]


def test_a_late_national_selection_takes_over_what_was_sealed_before_once(made):
    seal(made)
    national = builders.selection(Stage.PREPARATION, made.selection.edition, national=True)

    first = actions.take_over(national, by=builders.person())
    second = actions.take_over(national, by=builders.person())

    assert (first.made, second.made, len(carried())) == (1, 0, 1)


def test_one_nominated_there_in_another_way_is_refused_with_a_reason(made, national):
    winner = Standing.objects.get(place=1).nomination
    Nomination.objects.create(
        selection=national, category=winner.category, candidate=winner.candidate, nominated_by=builders.person()
    )
    seal(made)

    outcome = actions.take_over(national, by=builders.person())

    assert (outcome.made, [nomination for nomination, _reason in outcome.refused]) == (0, [winner])


def test_nobody_is_proposed_by_a_place_changed_in_the_database(made):
    seal(made)
    national = builders.selection(Stage.PREPARATION, made.selection.edition, national=True)
    last = Standing.objects.get(place=3)
    with triggers.lifted(connection):
        Standing.objects.filter(pk=last.pk).update(place=1)

    outcome = actions.take_over(national, by=builders.person())

    assert (outcome.made, last.nomination in dict(outcome.refused)) == (0, True)


def test_an_exception_needs_a_reason_and_keeps_it(client, made, national, committee):
    seal(made)
    other = made.nominations[2]
    client.force_login(committee)
    address = reverse("proposal-exception", args=[national.slug])

    refused = client.post(address, {"nomination": other.pk, "reason": " "})
    done = client.post(address, {"nomination": other.pk, "reason": "Wakil Tuan Rumah"})

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    assert done.status_code == 302
    assert Nomination.objects.get(carried_from=other).carried_reason == "Wakil Tuan Rumah"
    assert client.post(address, {"nomination": other.pk, "reason": "Lagi"}).status_code == 422


def test_an_open_province_proposes_nobody_even_by_exception(made, national):
    with pytest.raises(ValidationError) as caught:
        nomination_promotion.propose(made.nominations[0], national, by=builders.person(), seal="", reason="x")

    assert (caught.value.code, carried()) == ("not-sealed", [])


def test_the_overview_tells_who_is_late_by_the_calendar_of_its_province(made, national):
    past = timezone.now() - datetime.timedelta(days=1)
    StageDate.objects.create(
        selection=made.selection, stage=Stage.PLENARY, opens_at=past - datetime.timedelta(days=1), closes_at=past
    )
    builders.zone(national.edition, "Jawa-Bali", made.selection.province, builders.province("31", "DKI Jakarta"))
    before = proposals.overview(national)[0].lines

    seal(made)
    after = proposals.overview(national)[0].lines

    assert [(line.province.code, line.is_late, line.has_arrived) for line in before] == [
        ("31", False, False),
        ("51", True, False),
    ]
    assert [(line.is_late, line.has_arrived) for line in after] == [(False, False), (False, True)]


def queries(national):
    with CaptureQueriesContext(connection) as captured:
        proposals.overview(national)
    return len(captured)


def test_the_overview_costs_the_same_for_one_province_and_for_many(made, national):
    seal(made)
    one = queries(national)

    for code in ("31", "63", "64", "73"):
        builders.selection(Stage.PLENARY, national.edition, builders.province(code, f"Provinsi {code}"))

    assert queries(national) == one


def test_the_page_the_workbook_and_taking_over_are_the_national_committees(client, made, national, committee):
    seal(made)
    page = reverse("proposals", args=[national.slug])
    client.force_login(committee)

    shown = client.get(page)
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("proposals-book", args=[national.slug])).content))
    taken = client.post(reverse("proposals-take-over", args=[national.slug]))
    client.force_login(builders.appointed(Role.AUDITOR, national.edition))
    refused = client.post(reverse("proposals-take-over", args=[national.slug]))

    assert shown.context["may_propose"]
    assert str(carried()[0].candidate) in {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    assert taken.status_code == 302
    assert (client.get(page).status_code, refused.status_code) == (200, 403)


def test_the_page_of_a_province_does_not_exist(client, made, national):
    client.force_login(builders.committee(made.selection))

    assert client.get(reverse("proposals", args=[made.selection.slug])).status_code == 404


def test_the_dossier_of_a_proposal_shows_the_copy_beside_the_present(client, made, national, committee):
    seal(made)
    (proposal,) = carried()
    client.force_login(committee)

    page = client.get(proposal.get_absolute_url())

    assert [row.kind for row in page.context["carried_rows"]] == ["answer"]
    assert page.content.count(b"data-carried") == 1
    assert Candidate.objects.count() == 3


def test_home_tells_the_national_committee_what_is_to_be_taken_over_and_who_is_awaited(made):
    """The result was sealed before the national selection was open; another province has not sealed its own yet."""
    seal(made)
    to = builders.selection(Stage.PREPARATION, made.selection.edition, national=True)
    builders.selection(Stage.PLENARY, made.selection.edition, builders.province("61", "Kalbar"))
    nation, page = builders.appointed(Role.NATIONAL_COMMITTEE, to.edition), reverse("proposals", args=[to.slug])

    def counts(tasks):
        return [task.count for task in tasks if task.url == page]

    assert (counts(todo.tasks_for(nation)), counts(todo.awaited_by(nation))) == ([1], [1])

    actions.take_over(to, by=builders.person())

    fresh = User.objects.get(pk=nation.pk)
    assert (counts(todo.tasks_for(fresh)), counts(todo.awaited_by(fresh))) == ([], [1])
