"""How firm a first place is: the figures of the rows reach the arithmetic whole, and the page tells what was found."""

import numpy as np
import pytest
from django.urls import reverse

from awards.models import Aspect, Criterion, Role, Rubric, TieRule
from scoring.models import Conflict, Mark
from scoring.proof.basis import basis_of
from scoring.proof.firmness import firmness, table_of
from scoring.standings import store
from tests import builders
from tests.once import each_once
from tests.scoring.plenary import plenary
from tests.scoring.plenary.tied import settle

pytestmark = pytest.mark.django_db
PATH = "pemerintah-kabupaten-kota/terbaik"


def one_mark_apart():
    """Two equal in everything but one mark: the first leads by what 1.00 of one juror's mark is worth."""
    found = plenary.plenary(("perda", "perda"))
    of_first = Mark.objects.filter(sheet__nomination=found.nominations[0], sheet__seat=found.seats[0])
    plenary.given(of_first.filter(criterion__slug="inovasi"), 8_100)
    store.refresh(found.selection)
    return found


def decide():
    """The first two were equal until the plenary decided."""
    found = plenary.plenary(("perda", "perda", "edaran"))
    settle(found, [[1], [0]])
    store.refresh(found.selection)
    return found


def alone():
    return plenary.plenary(("perda",))


STATES = {"made": one_mark_apart, "decided": decide, "lonely": alone}
built, made, decided, lonely = each_once(STATES)


def group_of(made):
    basis = basis_of(made.selection, PATH)
    return basis, basis.ranking.groups[0]


def page(client, made, user, **asked):
    client.force_login(user)
    return client.get(reverse("firmness", args=[made.selection.slug, *PATH.split("/")]), asked)


def test_rows_become_the_arrays_they_say(made):
    table = table_of(*group_of(made))

    assert [line.code for line in table.lines] == ["51.01", "51.02"]
    assert table.slugs == ["inovasi", "pemahaman", "komitmen", "kehadiran", "regulasi"]
    assert table.contest.weights.tolist() == [1500, 1000, 500, 500, 6500]
    assert table.contest.scores.tolist() == [[7550, 7500, 7500, 10_000, 10_000], [7500, 7500, 7500, 10_000, 10_000]]
    assert table.seats == [seat.order for seat in made.seats]
    assert table.panel.marks[0, 0].tolist() == [8_100, 7_000]
    assert table.contest.totals.tolist() == [line.total for line in table.lines]


def test_the_smallest_change_of_a_mark_moves_the_stored_ranking_and_one_less_does_not(made):
    found = firmness(*group_of(made))
    change, table = found.mark, found.table
    cell = Mark.objects.filter(
        sheet__nomination=made.nominations[change.candidate],
        criterion__slug=table.slugs[change.criterion],
        sheet__seat__order=table.seats[change.juror],
    )
    step = 1 if change.after > change.before else -1

    def first(value):
        cell.update(value=value)
        store.refresh(made.selection)
        return {line.code for line in group_of(made)[1].lines if line.place == 1}

    before = first(change.before)
    assert first(change.after - step) == before
    assert first(change.after) != before


def test_a_lead_of_one_mark_is_fragile_and_says_by_what(client, made):
    answer = page(client, made, builders.committee(made.selection))

    found = answer.context["found"]
    assert (found.is_firm, found.margin, found.is_shared) == (False, 8, False)
    assert found.checks["mark"] is False
    assert {each.code: each.holds for each in answer.context["measures"]} == found.checks


def test_who_leads_in_everything_stands_firm(client, made):
    Mark.objects.filter(sheet__nomination=made.nominations[0]).update(value=9_900)
    Mark.objects.filter(sheet__nomination=made.nominations[1]).update(value=2_000)
    store.refresh(made.selection)

    found = page(client, made, builders.committee(made.selection)).context["found"]

    assert (found.is_firm, found.share, found.turning) == (True, 10_000, 0)


def test_equals_are_told_apart_by_the_rules_and_share_where_there_are_none(made):
    Mark.objects.filter(criterion__slug="inovasi", value=8_100).update(value=8_000)
    Mark.objects.filter(sheet__nomination=made.nominations[0], criterion__slug="komitmen").update(value=7_700)
    Mark.objects.filter(sheet__nomination=made.nominations[0], criterion__slug="pemahaman").update(value=7_400)
    store.refresh(made.selection)
    shared = firmness(*group_of(made))
    TieRule.objects.create(title=plenary.title_of(made), order=1, criterion=Criterion.objects.get(slug="komitmen"))
    store.refresh(made.selection)

    told_apart = firmness(*group_of(made))

    assert len({line.total for line in shared.table.lines}) == 1
    assert (shared.is_shared, told_apart.is_shared) == (True, False)
    assert [line.place for line in told_apart.table.lines] == [1, 2]
    assert told_apart.first == told_apart.table.lines[:1]


def test_equals_the_plenary_set_apart_stand_as_it_decided_and_the_lightest_mark_undoes_it(decided):
    found = firmness(*group_of(decided))

    assert [line.code for line in found.first] == ["51.02"]
    assert (found.is_shared, found.margin, found.is_firm) == (False, 0, False)
    assert found.shares[0] == 10_000 > found.shares[1] > 0


def test_a_rule_over_an_aspect_weighs_as_the_rubric_does(made):
    TieRule.objects.create(title=plenary.title_of(made), order=1, aspect=Aspect.objects.get())
    store.refresh(made.selection)

    table = table_of(*group_of(made))

    assert table.contest.rules.tolist() == [[1500, 1000, 500, 500, 6500]]
    assert table.contest.breakers[:, 0].tolist() == table.contest.totals.tolist()


def test_where_the_rubric_trims_the_extremes_do_not_count_here_either(made):
    for _more in range(3):
        seat = made.seat()
        for nomination in made.nominations:
            plenary.hand_in(seat, nomination, made.marks(7_500, 7_500, 7_500))
    Rubric.objects.update(trims=True)
    store.refresh(made.selection)

    found = firmness(*group_of(made))

    assert found.table.panel.trims
    assert found.table.contest.totals.tolist() == [line.total for line in found.table.lines]
    assert np.unique(found.table.contest.scores[:, 0]).tolist() == [7_500]


def test_only_who_may_see_marks_is_told_which_juror(client, made):
    chair = made.seats[0].user
    names = [seat.user.name for seat in made.seats]

    committee = page(client, made, builders.committee(made.selection))
    leader = page(client, made, chair)

    assert committee.context["left_out"] == []
    assert [name for name in names if name in repr(committee.context["measures"])] == []
    assert [row["juror"] for row in leader.context["left_out"]] == names


def test_who_keeps_out_of_a_candidate_is_told_nothing_of_its_title(client, made):
    chair = made.seats[0]
    Conflict.objects.create(
        seat=chair, nomination=made.nominations[0], kind="abstention", reason="Saudara", declared_by=chair.user
    )
    store.refresh(made.selection)

    assert page(client, made, chair.user).status_code == 403


def test_a_juror_sees_no_firmness(client, made):
    assert page(client, made, builders.appointed(Role.JUROR, made.selection)).status_code == 403


def test_alone_in_a_group_there_is_nobody_to_compare_with(client, lonely):
    assert page(client, lonely, builders.committee(lonely.selection)).context["found"] is None


def test_sealed_figures_give_the_same_answer(made):
    live = firmness(*group_of(made))
    plenary.sealed(made)

    sealed = firmness(*group_of(made))

    assert (sealed.margin, sealed.mark, sealed.weight, sealed.shares) == (
        live.margin,
        live.mark,
        live.weight,
        live.shares,
    )
