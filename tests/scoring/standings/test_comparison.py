"""Standings changed past the portal are found by the checks, and shown by no page and sealed by nobody."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from awards.models import Criterion, Nomination, TitleWeight
from awards.stages import Stage
from paritrana import triggers
from paritrana.accounts.models import AuditEvent
from scoring.models import Mark, Seal, Standing
from scoring.sealing import actions
from scoring.sealing.invariants import broken
from scoring.standings import comparison, store
from scoring.standings.actions import recompute
from tests import builders
from tests.once import made_once
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def build():
    made = plenary.plenary()
    actions.lock_rubrics(made.selection, by=builders.committee(made.selection))
    return made


built, made = made_once(build)


@pytest.fixture
def committee(made):
    return builders.committee(made.selection)


def by_sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def of_first(change: str) -> str:
    return f"UPDATE scoring_standing SET {change} WHERE place = 1"


def without_first(made) -> None:
    by_sql("DELETE FROM scoring_standing WHERE place = 1")


def one_too_many(made) -> None:
    """The row of a candidate that does not compete."""
    other = made.shortlist(9)
    Nomination.objects.filter(pk=other.pk).update(state="tidak-lolos")
    row = Standing.objects.get(place=3)
    row.pk, row.nomination, row.place = None, other, 1
    row.save()


CHANGED = {
    "place": lambda made: by_sql(of_first("place = 2")),
    "total": lambda made: by_sql(of_first("total = total + 1")),
    "is_tied": lambda made: by_sql(of_first(f"is_tied = {'1' if connection.vendor == 'sqlite' else 'true'}")),
    "group": lambda made: by_sql(of_first("\"group\" = 'Lain'")),
    "scores": lambda made: by_sql(of_first("scores = '{}'")),
    "evidence": lambda made: by_sql(of_first("evidence = '{}'")),
    "decided_by": lambda made: by_sql(of_first('decided_by = \'{"by": "plenary"}\'')),
    "not stored": without_first,
    "not among the ranked": one_too_many,
}
"""What an owner of the database could do -> what names it."""


@pytest.mark.parametrize("named", CHANGED)
def test_a_standing_changed_in_the_database_is_named_before_any_seal(made, capsys, named):
    CHANGED[named](made)
    touched = Nomination.objects.filter(state="tidak-lolos").first() or made.nominations[0]

    with pytest.raises(CommandError):
        call_command("check_invariants")

    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("standings: ")
    assert (str(touched) in line, named in line) == (True, True)


@pytest.mark.parametrize("named", CHANGED)
def test_a_standing_changed_in_the_database_is_shown_to_nobody(client, made, committee, named):
    client.force_login(committee)
    address = reverse("ranking", args=[made.selection.slug, "terbaik"])
    before = client.get(address)

    CHANGED[named](made)

    after = client.get(address)
    assert (before.status_code, after.status_code) == (200, 409)
    assert "data-standings-differ" in after.content.decode()


@pytest.mark.parametrize("named", CHANGED)
def test_a_standing_changed_in_the_database_is_not_sealed(made, committee, named):
    CHANGED[named](made)

    with pytest.raises(ValidationError) as refusal:
        actions.ask_seal(made.selection, **plenary.DECREE, confirmed=True, by=committee)

    assert (refusal.value.code, Seal.objects.count()) == ("standings-differ", 0)


def test_the_page_says_in_indonesian_what_is_wrong(client, made, committee):
    CHANGED["place"](made)
    client.force_login(committee)

    told = client.get(reverse("ranking", args=[made.selection.slug, "terbaik"])).content.decode()

    assert "Peringkat tersimpan tidak sama dengan hasil hitung ulang" in told


def test_what_changed_between_the_two_people_is_not_sealed(made, committee):
    request = plenary.asked(made.selection, committee)
    CHANGED["place"](made)

    with pytest.raises(ValidationError) as refusal:
        actions.second(request, by=builders.appointed("chair", made.selection))

    request.refresh_from_db()
    assert (refusal.value.code, request.outcome, Seal.objects.count()) == ("standings-differ", "", 0)


def test_standings_behind_changed_marks_are_shown_to_nobody_and_named(client, made, committee):
    Mark.objects.filter(sheet__nomination=made.nominations[0]).update(value=100)
    client.force_login(committee)

    answer = client.get(reverse("ranking", args=[made.selection.slug, "terbaik"]))

    assert answer.status_code == 409
    assert {one.code for one in broken(made.selection)} == {"standings", "mark-version"}


def places_shown(made):
    title = plenary.title_of(made)
    path, slug, pk = title.rubric.category.slug, made.selection.slug, made.nominations[0].pk
    return {
        "ranking": [slug, f"{path}/terbaik"],
        "deliberation": [slug],
        "deliberation-agree": [slug, title.pk, 0],
        "tie": [slug, 0, 1, f"{path}/terbaik"],
        "trace": [slug, path, "terbaik", pk],
        "nomination-traces": [pk],
        "firmness": [slug, path, "terbaik"],
    }


def test_every_page_that_shows_a_stored_place_refuses(client, made):
    CHANGED["place"](made)
    client.force_login(builders.appointed("chair", made.selection))

    answers = {name: client.get(reverse(name, args=args)).status_code for name, args in places_shown(made).items()}

    assert answers == dict.fromkeys(answers, 409)


def test_who_may_not_see_the_ranking_does_not_learn_that_it_differs(client, made):
    CHANGED["place"](made)
    client.force_login(made.seats[1].user)

    assert client.get(reverse("ranking", args=[made.selection.slug, "terbaik"])).status_code == 403


def test_the_checks_name_the_candidate_and_computing_again_mends_it(client, made, committee):
    CHANGED["total"](made)
    client.force_login(committee)
    address = reverse("checks", args=[made.selection.slug])
    (remark,) = client.get(address).context["review"].blockers

    client.post(reverse("standings-recompute", args=[made.selection.slug]))

    assert [str(made.nominations[0]) in str(item) for item in remark.items] == [True]
    assert client.get(address).context["review"].blockers == []
    assert client.get(reverse("ranking", args=[made.selection.slug, "terbaik"])).status_code == 200
    assert list(comparison.differences(made.selection)) == []


def test_computing_again_is_in_the_trail_without_a_value_and_once(made, committee):
    CHANGED["total"](made)
    wrong = Standing.objects.get(place=1).total

    counts = [recompute(made.selection, by=committee) for _time in range(2)]

    event = AuditEvent.objects.get(verb="standings.recompute")
    category = plenary.title_of(made).rubric.category.slug
    assert (counts, event.actor) == ([1, 0], committee)
    assert event.detail == {"count": 1, "titles": {f"{category}/terbaik": 1}, "facts": ["total"]}
    assert str(wrong) not in json.dumps(event.detail)


def test_a_view_computes_nothing_while_nothing_stored_changed(client, made, committee, django_assert_num_queries):
    client.force_login(committee)
    address = reverse("ranking", args=[made.selection.slug, "terbaik"])
    client.get(address)

    asked = comparison.are_true(made.selection)
    with django_assert_num_queries(1):  # for what is stored
        again = comparison.are_true(made.selection)

    assert (asked, again) == (True, True)


def test_after_its_time_everything_is_compared_anew(made, monkeypatch):
    monkeypatch.setattr(comparison, "SECONDS", 0)
    before = comparison.are_true(made.selection)

    Mark.objects.filter(sheet__nomination=made.nominations[0]).update(value=100)

    assert (before, comparison.are_true(made.selection)) == (True, False)


def test_a_standing_stored_before_anybody_may_read_one_is_named(made):
    plenary.move_to(made.selection, Stage.INTERVIEW)

    assert [one.code for one in broken(made.selection)] == ["standings"] * 3


def test_weights_changed_in_the_database_are_named_whatever_the_stage(made):
    other = builders.selection("persiapan", at=builders.province("63", "Kalimantan Selatan"))
    made.selection.contests.update(rubric=None)
    standing_before = list(broken(other))

    with triggers.lifted(connection):
        Criterion.objects.filter(pk=made.marked[0].pk).update(weight=1)
        TitleWeight.objects.filter(criterion=made.marked[0]).update(weight=1)

    assert standing_before == []
    assert [one.code for one in broken(other)] == ["weights", "weights"]


def test_weights_that_make_no_ranking_possible_are_told_on_a_page(client, made, committee):
    with triggers.lifted(connection):
        TitleWeight.objects.update(weight=1)
    client.force_login(committee)

    answer = client.get(reverse("checks", args=[made.selection.slug]))

    assert (answer.status_code, "data-standings-differ" in answer.content.decode()) == (409, True)


def test_every_change_by_an_act_keeps_the_standings_true(made):
    assert (store.refresh(made.selection), comparison.are_true(made.selection)) == (0, True)
