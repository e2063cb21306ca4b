"""Practice before the real candidates, and the order a plenary agrees on: beside the scores, never instead."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards.models import Role
from scoring.models import Deliberation, Mark, PracticeSheet, Standing
from scoring.plenary import actions, deliberation
from scoring.plenary.actions import cases
from scoring.plenary.deliberation import orders
from scoring.standings import store
from tests.refusals import code_of
from tests.scoring.bench import bench
from tests.scoring.plenary.plenary import hand_in, plenary, title_of

pytestmark = pytest.mark.django_db


def at(name, made, *more):
    return reverse(name, args=[made.selection.slug, *more])


@pytest.fixture
def practising():
    made = bench()
    made.seat(Role.CHAIR)
    made.seat()
    category = made.nominations[0].category
    case = actions.set_calibration(made.selection, category, text="Contoh", by=made.seats[0].user)
    return made, case


PRACTICE = {"inovasi": 7_000, "pemahaman": 6_000, "komitmen": 5_000}


def test_practice_marks_are_shown_to_all_once_everybody_gave_theirs_and_count_nowhere(client, practising):
    made, case = practising
    chair, juror = made.seats
    client.force_login(juror.user)
    client.post(at("practice", made, case.pk), {slug: f"{mark // 100}" for slug, mark in PRACTICE.items()})
    early = cases(made.selection.panel)[0]

    actions.give_practice(case, chair, PRACTICE, by=chair.user)

    late = cases(made.selection.panel)[0]
    assert (early.is_open_to_all, late.lines) == (False, [(seat, [7_000, 6_000, 5_000]) for seat in made.seats])
    assert (Mark.objects.count(), PracticeSheet.objects.count()) == (0, 2)


def test_practice_is_given_once_whole_and_before_the_real_sheets(practising):
    made, case = practising
    chair, juror = made.seats
    give = actions.give_practice

    assert code_of(give, case, juror, {"inovasi": 7_000}, by=juror.user) == "incomplete"
    assert code_of(give, case, juror, PRACTICE | {"inovasi": 10_001}, by=juror.user) == "out-of-range"
    assert code_of(give, case, chair, PRACTICE, by=juror.user) == "not-your-seat"
    give(case, juror, PRACTICE, by=juror.user)
    assert code_of(give, case, juror, PRACTICE, by=juror.user) == "given"
    category = made.nominations[0].category
    describe = {"text": "Lain", "by": chair.user}
    assert code_of(actions.set_calibration, made.selection, category, **describe) == "already-given"
    hand_in(juror, made.nominations[0], made.marks(1, 2, 3))
    assert code_of(actions.set_calibration, made.selection, category, **describe) == "already-scoring"


@pytest.fixture
def deliberated():
    """Four ranked candidates in the plenary, first to last."""
    made = plenary(("perda", "edaran", "tidak-ada", "tidak-ada"))
    return made, title_of(made), [each.pk for each in made.nominations]


def test_leaving_the_score_order_takes_a_reason_and_moves_no_standing(deliberated):
    made, title, keys = deliberated
    chair, before = made.seats[0].user, list(Standing.objects.values_list())
    agree = deliberation.agree
    turned = [keys[2], keys[1], keys[0], keys[3]]

    assert code_of(agree, made.selection, title, "", turned, reason=" ", version=0, by=chair) == "reason"
    agree(made.selection, title, "", turned, reason="Hasil musyawarah", version=0, by=chair)

    assert list(Standing.objects.values_list()) == before
    (order,) = orders(made.selection)
    assert [(row.place, row.agreed, row.moved) for row in order.rows] == [(1, 3, -2), (2, 2, 0), (3, 1, 2), (3, 4, 0)]


def test_any_order_among_equals_follows_the_scores(deliberated):
    made, title, keys = deliberated
    agreed = [keys[0], keys[1], keys[3], keys[2]]

    found = deliberation.agree(made.selection, title, "", agreed, reason="", version=0, by=made.seats[0].user)

    assert not found.differs


def test_three_places_or_more_are_pointed_out(deliberated):
    made, title, keys = deliberated
    agreed = [keys[1], keys[2], keys[3], keys[0]]

    deliberation.agree(made.selection, title, "", agreed, reason="Musyawarah", version=0, by=made.seats[0].user)

    (order,) = orders(made.selection)
    assert [row.is_far for row in order.rows] == [True, False, False, False]


def test_an_agreed_order_names_everybody_once_and_by_the_chair_alone(deliberated):
    made, title, keys = deliberated
    terms = {"reason": "x", "version": 0}

    for wrong in (keys[:3], [*keys[:3], keys[0]], []):
        assert (
            code_of(deliberation.agree, made.selection, title, "", wrong, **terms, by=made.seats[0].user)
            == "not-ranked"
        )
    with pytest.raises(PermissionDenied):
        deliberation.agree(made.selection, title, "", keys, **terms, by=made.seats[1].user)


def test_an_overtaken_order_gets_both_values_and_changes_nothing(client, deliberated):
    made, title, keys = deliberated
    chair = made.seats[0].user
    deliberation.agree(made.selection, title, "", keys[::-1], reason="Lebih dulu", version=0, by=chair)
    client.force_login(chair)
    typed = {f"place_{key}": n for n, key in enumerate(keys, 1)}

    answer = client.post(at("deliberation-agree", made, title.pk, 0), typed | {"version": 0})

    assert answer.status_code == 409
    assert [row["theirs"] for row in answer.context["conflict"]["rows"]] == [4, 3, 2, 1]
    assert Deliberation.objects.count() == 1


def test_an_order_agreed_on_other_scores_is_no_longer_shown(deliberated):
    made, title, keys = deliberated
    deliberation.agree(made.selection, title, "", keys, reason="", version=0, by=made.seats[0].user)
    made.nominations[0].__class__.objects.filter(pk=keys[0]).update(
        state="gugur", left_reason="Tunggakan", left_from="wawancara"
    )

    store.refresh(made.selection)

    (order,) = orders(made.selection)
    assert order.is_stale


def test_a_place_given_twice_is_refused_at_the_form(client, deliberated):
    made, title, keys = deliberated
    client.force_login(made.seats[0].user)

    answer = client.post(
        at("deliberation-agree", made, title.pk, 0), {f"place_{key}": 1 for key in keys} | {"version": 0}
    )

    assert (answer.status_code, answer.context["form"].non_field_errors().as_data()[0].code) == (200, "place-twice")
