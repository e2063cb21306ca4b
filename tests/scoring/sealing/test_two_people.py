"""A result is sealed, and opened again, by two people who have seen the same; never by one."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from awards.models import Answer, Role
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from scoring.models import Panel, Seal, SealRequest, Standing
from scoring.results import todo
from scoring.sealing import actions, requests, review
from scoring.standings import store
from tests import builders
from tests.once import parts_once
from tests.refusals import refused
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def open_plenary():
    """A plenary, one of its committee and a chair."""
    made = plenary.plenary()
    committee, chair = builders.committee(made.selection), builders.appointed(Role.CHAIR, made.selection)
    return {"made": made, "committee": committee, "chair": chair}


def ask():
    parts = open_plenary()
    return parts | {"asked": plenary.asked(parts["made"].selection, parts["committee"])}


def seal():
    parts = open_plenary()
    return parts | {"sealed": plenary.seal(parts["made"].selection, parts["committee"], parts["chair"])}


STATES = {"sealed": seal, "asked": ask, "made": open_plenary}
NAMES = ("made", "committee", "chair", "asked", "sealed")
built, parts, made, committee, chair, asked, sealed = parts_once(STATES, *NAMES)


def test_asking_seals_nothing(made, committee, asked):
    made.selection.refresh_from_db()
    assert (made.selection.stage, Seal.objects.count()) == (Stage.PLENARY, 0)


def test_whoever_asked_cannot_second(made, committee, asked):
    refused("same-person", actions.second, asked, by=committee)

    assert (SealRequest.objects.get().outcome, Seal.objects.count()) == ("", 0)


@pytest.mark.parametrize("role", [Role.PROVINCIAL_COMMITTEE, Role.CHAIR, Role.SECRETARY])
def test_another_of_the_committee_or_who_leads_the_panel_seconds(made, committee, asked, role):
    second = builders.appointed(role, made.selection)

    seal = actions.second(asked, by=second)

    assert (seal.sealed_by, seal.seconded_by, seal.number, seal.current_of) == (committee, second, 1, made.selection)


def test_nobody_else_seconds(made, committee, asked):
    for role, scope in [(Role.JUROR, made.selection), (Role.AUDITOR, made.selection.edition)]:
        with pytest.raises(PermissionDenied):
            actions.second(asked, by=builders.appointed(role, scope))


def test_the_document_names_both_people_and_the_decree(committee, chair, sealed):
    document = json.loads(sealed.payload)

    assert document["sealed_by"] == {"name": committee.name, "office": committee.office}
    assert document["seconded_by"] == {"name": chair.name, "office": chair.office}
    assert document["decree"] == {"number": "400.5/123/2024", "date": "2024-05-02"}


def test_what_was_passed_over_stands_in_the_document_with_its_reason(made, committee, chair):
    made.seat()

    document = json.loads(plenary.seal(made.selection, committee, chair).payload)

    assert document["overrides"] == [{"code": "sheets-open", "count": 3, "reason": "Disepakati pleno"}]


def test_one_request_is_open_at_a_time(made, committee, asked):
    refused("asked", plenary.asked, made.selection, builders.committee(made.selection))


def test_a_request_about_a_ranking_that_changed_is_overtaken_for_good(made, committee, chair, asked):
    Answer.objects.filter(nomination=made.nominations[0]).update(value={"level": "tidak-ada"})
    store.refresh(made.selection)

    refused("overtaken", actions.second, asked, by=chair)

    assert (SealRequest.objects.get().outcome, SealRequest.objects.get().ended_by) == ("overtaken", chair)
    assert (Seal.objects.count(), AuditEvent.objects.filter(verb="result.overtake-request").count()) == (0, 1)
    assert made.nominations[0].candidate.region.coverage.filter(locked_at__isnull=False).count() == 0
    refused("moved-on", actions.second, asked, by=chair)


def test_after_it_was_overtaken_it_is_asked_again(made, committee, chair, asked):
    Answer.objects.filter(nomination=made.nominations[0]).update(value={"level": "tidak-ada"})
    store.refresh(made.selection)
    refused("overtaken", actions.second, asked, by=chair)

    plenary.seal(made.selection, committee, chair)

    assert Standing.objects.get(nomination=made.nominations[0]).place == 2


def test_a_request_can_be_withdrawn_and_is_answered_once(made, committee, chair, asked):
    requests.withdraw(asked, by=builders.committee(made.selection))

    assert SealRequest.objects.get().outcome == "withdrawn"
    refused("moved-on", actions.second, asked, by=chair)
    refused("moved-on", requests.withdraw, asked, by=committee)


def test_an_obstacle_the_rules_do_not_let_pass_over_is_not_passed_over(made, committee):
    made.seat()
    Panel.objects.update(overridable=[])

    refused("sheets-open", plenary.asked, made.selection, committee, overrides={"sheets-open": "Disepakati"})


def test_an_obstacle_is_not_passed_over_without_a_reason(made, committee):
    made.seat()

    refused("sheets-open", plenary.asked, made.selection, committee, overrides={"sheets-open": "  "})


def test_the_database_refuses_one_person_for_two(made, committee, chair, asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        SealRequest.objects.filter(pk=asked.pk).update(outcome="granted", ended_at=plenary.NOW, ended_by=committee)
    seal = actions.second(asked, by=chair)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.create(
            selection=made.selection, number=2, payload="{}", digest="0", sealed_at=plenary.NOW,
            sealed_by=committee, seconded_by=committee, **plenary.DECREE,
        )  # fmt: skip
    assert list(Seal.objects.all()) == [seal]


def test_the_home_page_tells_the_second_person_and_not_the_first(made, committee, chair, asked):
    told = {user: [task.url for task in todo.tasks_for(user)] for user in (committee, chair)}

    ranking, second = (reverse(name, args=[made.selection.slug]) for name in ("rankings", "seal-second"))
    assert told == {committee: [ranking], chair: [ranking, second]}


def test_whoever_asked_is_told_on_the_second_page_that_another_has_to(client, made, committee, asked):
    client.force_login(committee)

    page = client.get(reverse("seal-second", args=[made.selection.slug]))

    assert (page.status_code, bool(page.context["refusal"]), page.context["is_overtaken"]) == (200, True, False)


# Opening again


def test_reopening_takes_two_people_and_a_reason(made, committee, chair, sealed):
    refused("reason", actions.ask_reopening, made.selection, reason=" ", by=committee)
    request = actions.ask_reopening(made.selection, reason="Salah hitung", by=committee)
    refused("same-person", actions.second, request, by=committee)

    seal = actions.second(request, by=chair)

    made.selection.refresh_from_db()
    assert (made.selection.stage, seal.current_of, seal.reopen_reason) == (Stage.PLENARY, None, "Salah hitung")
    assert (seal.reopened_by, seal.reopen_seconded_by, seal.digest) == (committee, chair, sealed.digest)
    assert AuditEvent.objects.get(verb="result.reopen").detail["digest"] == sealed.digest


def test_the_figures_behind_a_reopened_result_are_open_again(committee, chair, made):
    figure = builders.coverage(made.nominations[0].candidate.region, 2023, verified_at=plenary.NOW, verified_by=chair)
    plenary.seal(made.selection, committee, chair)
    figure.refresh_from_db()
    was_locked = figure.is_locked

    plenary.reopened(made.selection, committee)

    figure.refresh_from_db()
    assert (was_locked, figure.is_locked) == (True, False)


def test_a_figure_another_sealed_result_rests_on_stays_locked(committee, chair, made):
    region = made.nominations[0].candidate.region
    figure = builders.coverage(region, 2023, verified_at=plenary.NOW, verified_by=chair)
    national = builders.selection(Stage.PLENARY, made.selection.edition, national=True)
    builders.nomination(national, region, "terverifikasi")
    plenary.seal(made.selection, committee, chair)
    Seal.objects.create(
        selection=national, current_of=national, number=1, payload="{}", digest="0", sealed_at=plenary.NOW,
        sealed_by=committee, seconded_by=chair, **plenary.DECREE,
    )  # fmt: skip

    plenary.reopened(made.selection, committee)

    figure.refresh_from_db()
    assert figure.is_locked


def test_a_reopened_result_is_sealed_anew_and_the_old_seal_stays(made, committee, chair, sealed):
    plenary.reopened(made.selection, committee)
    Answer.objects.filter(nomination=made.nominations[0]).update(value={"level": "tidak-ada"})

    second = plenary.seal(made.selection, committee, chair)

    assert list(made.selection.seals.values_list("number", "digest")) == [(2, second.digest), (1, sealed.digest)]
    assert made.selection.seal == second


def test_every_seal_is_listed_and_handed_out_byte_for_byte(client, made, committee, sealed):
    plenary.reopened(made.selection, committee)
    client.force_login(committee)

    listed = client.get(reverse("seals", args=[made.selection.slug]))
    document = client.get(reverse("numbered-seal", args=[made.selection.slug, 1]))

    assert [row.number for row in listed.context["seals"]] == [1]
    assert document.content.decode() == sealed.payload
    assert client.get(reverse("numbered-seal", args=[made.selection.slug, 2])).status_code == 404


def test_reopening_from_its_pages(client, made, committee, chair, sealed):
    client.force_login(committee)
    client.post(reverse("reopen-result", args=[made.selection.slug]), {"reason": "Salah hitung"})
    request = SealRequest.objects.get(outcome="")
    client.force_login(chair)
    address = reverse("seal-second", args=[made.selection.slug])

    page = client.get(address)
    answer = client.post(address, {"asked": request.pk, "confirmed": "on"})

    assert (page.status_code, page.context["seal"]) == (200, sealed)
    assert (answer["Location"], Seal.objects.get().reopen_reason) == (
        reverse("checks", args=[made.selection.slug]),
        "Salah hitung",
    )


def test_a_request_is_withdrawn_from_its_page(client, made, committee, sealed):
    actions.ask_reopening(made.selection, reason="Salah hitung", by=committee)
    client.force_login(committee)

    client.post(reverse("seal-withdraw", args=[made.selection.slug]))

    assert SealRequest.objects.get(kind="reopen").outcome == "withdrawn"
    assert review.review(made.selection).rankings
