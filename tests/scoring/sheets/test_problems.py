"""A juror reports a problem with a sheet; the secretary is told, replies and closes it; the juror reads the reply."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards.models import Letter, Role
from awards.stages import Stage
from paritrana import todo
from paritrana.accounts.models import AuditEvent
from scoring.conflicts import actions as conflict_actions
from scoring.models import Conflict, Declaration, Seat, SheetProblem
from scoring.sheets import problems
from tests import builders
from tests.refusals import refused
from tests.scoring.bench import bench
from tests.scoring.plenary.plenary import move_to
from tests.scoring.sheets.own import address, given

pytestmark = pytest.mark.django_db

TEXT = "Bukti tidak dapat dibuka"


@pytest.fixture
def judged():
    """A chair, a secretary and a juror."""
    made = bench(nominations=2)
    for role in (Role.CHAIR, Role.SECRETARY, Role.JUROR):
        made.seat(role)
    return made


def people(judged):
    return [seat.user for seat in judged.seats]


def report(judged, seat=2, nomination=0):
    seat = Seat.objects.with_people().get(pk=judged.seats[seat].pk)
    return problems.report(seat, judged.nominations[nomination].pk, text=TEXT, by=seat.user)


def at(name, judged, *more):
    return reverse(name, args=[judged.selection.slug, *more])


def waits(user):
    return [task.url for task in todo.tasks_for(user) if "/masalah/" in task.url]


def test_a_report_reaches_the_secretary_by_letter_and_on_home_without_saying_which_candidate(client, judged):
    _chair, secretary, juror = people(judged)
    client.force_login(juror)

    client.post(address(judged, "sheet-problem", 0), {"text": TEXT})

    letter = Letter.objects.get()
    assert (letter.to, waits(secretary)) == (secretary, [at("sheet-problems", judged)])
    assert [words for words in (TEXT, str(judged.nominations[0])) if words in letter.body] == []
    assert AuditEvent.objects.filter(verb="problem.report").count() == 1


def test_the_reply_closes_it_and_the_juror_reads_it_on_the_sheet(client, judged):
    _chair, secretary, juror = people(judged)
    made = report(judged)
    client.force_login(secretary)
    assert TEXT in client.get(at("sheet-problem-answer", judged, made.pk)).content.decode()

    client.post(at("sheet-problem-answer", judged, made.pk), {"reply": "Berkas sudah diganti"})

    assert (waits(secretary), waits(people(judged)[0])) == ([], [])
    assert Letter.objects.filter(to=juror).count() == 1
    assert AuditEvent.objects.filter(verb="problem.answer").count() == 1
    client.force_login(juror)
    for name in ("sheet", "sheet-problem"):
        assert "Berkas sudah diganti" in client.get(address(judged, name, 0)).content.decode()


def test_two_people_may_answer_and_nobody_what_they_reported(judged):
    chair, secretary, _juror = people(judged)
    own = report(judged, seat=1)

    assert Letter.objects.get().to == chair
    refused("own", problems.answer, own, reply="Ya", by=secretary)
    problems.answer(own, reply="Ya", by=chair)
    refused("answered", problems.answer, own, reply="Ya lagi", by=chair)


@pytest.mark.parametrize("who", ["juror", "committee"])
def test_nobody_else_answers(client, judged, who):
    made = report(judged)
    user = judged.seat().user if who == "juror" else builders.committee(judged.selection)
    client.force_login(user)

    assert client.get(at("sheet-problems", judged)).status_code == 403
    with pytest.raises(PermissionDenied):
        problems.answer(made, reply="Ya", by=user)


def test_whoever_keeps_out_of_a_candidate_neither_reads_nor_answers_about_it(client, judged):
    chair, secretary, _juror = people(judged)
    Conflict.objects.create(
        seat=judged.seats[1], nomination=judged.nominations[0], kind="recusal", reason="x", declared_by=chair
    )
    made = report(judged)
    client.force_login(secretary)

    assert (Letter.objects.get().to, waits(secretary), waits(chair)) == (chair, [], [at("sheet-problems", judged)])
    assert client.get(at("sheet-problem-answer", judged, made.pk)).status_code == 404
    refused("conflict", problems.answer, made, reply="Ya", by=secretary)


def test_one_open_problem_a_sheet_and_it_is_no_way_around_the_declaration(client, judged):
    report(judged)
    refused("still-open", report, judged)
    Declaration.objects.filter(seat=judged.seats[2], nomination=judged.nominations[1]).delete()
    refused("not-judged", report, judged, nomination=1)
    client.force_login(people(judged)[2])

    assert client.get(address(judged, "sheet-problem", 1)).url == address(judged, "declare")


def test_an_assistant_does_not_report_for_the_juror(client, judged):
    seat = judged.seats[2]
    helper = builders.person()
    conflict_actions.appoint(seat, helper.email, by=seat.user)
    client.force_login(helper)

    assert client.get(address(judged, "sheet-problem", 0)).status_code == 404


def test_it_is_reported_and_answered_until_the_seal(client, judged):
    made = report(judged)
    move_to(judged.selection, Stage.SEALED)

    with pytest.raises(PermissionDenied):
        report(judged, nomination=1)
    with pytest.raises(PermissionDenied):
        problems.answer(made, reply="Ya", by=people(judged)[1])
    client.force_login(people(judged)[2])
    assert TEXT in client.get(address(judged, "sheet-problem", 0)).content.decode()


def test_a_reply_without_words_is_refused_and_an_empty_report_too(client, judged):
    made = report(judged)
    client.force_login(people(judged)[1])
    client.post(at("sheet-problem-answer", judged, made.pk), {"reply": "  "})
    client.force_login(people(judged)[2])
    client.post(address(judged, "sheet-problem", 1), {"text": " "})

    assert (SheetProblem.objects.open().count(), SheetProblem.objects.count()) == (1, 1)


def test_a_sheet_in_use_leads_to_the_form(client, judged):
    given(judged, 8_000, 7_000, 6_000, seat=2)
    client.force_login(people(judged)[2])

    assert f'href="{address(judged, "sheet-problem", 0)}"' in client.get(address(judged, "sheet", 0)).content.decode()
