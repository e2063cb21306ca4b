"""Other weights over a sealed result: for who designs the edition, after the seal, and nothing is kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Role
from awards.stages import Stage
from scoring.models import Mark
from scoring.standings import store
from tests import builders
from tests.once import each_once
from tests.scoring.plenary import plenary
from tests.scoring.plenary.tied import settle

pytestmark = pytest.mark.django_db
PATH = ["pemerintah-kabupaten-kota", "terbaik"]
OFFICIAL = {"inovasi": 1500, "pemahaman": 1000, "komitmen": 500, "kehadiran": 500, "regulasi": 6500}


def build():
    """The second is best in innovation, the first in regulation."""
    found = plenary.plenary(("perda", "edaran", "tidak-ada"))
    plenary.given(Mark.objects.filter(sheet__nomination=found.nominations[1], criterion__slug="inovasi"), 10_000)
    store.refresh(found.selection)
    return found


def seal():
    found = build()
    plenary.sealed(found)
    return found


def decide():
    """The first two were equal until the plenary decided; sealed."""
    found = plenary.plenary(("perda", "perda", "edaran"))
    settle(found, [[1], [0]])
    plenary.sealed(found)
    return found


STATES = {"made": build, "sealed": seal, "decided": decide}
built, made, sealed, decided = each_once(STATES)


def designer(made):
    return builders.appointed(Role.NATIONAL_COMMITTEE, made.selection.edition)


def typed(**weights):
    return {f"bobot-{slug}": f"{weight / 100:.2f}" for slug, weight in (OFFICIAL | weights).items()}


def page(client, made, user=None, **asked):
    client.force_login(user or designer(made))
    return client.get(reverse("what-if", args=[made.selection.slug, *PATH]), asked)


def places(answer):
    return {row.line.code: row.place for group in answer.context["groups"] for row in group.rows}


def test_the_official_weights_give_the_official_places(client, sealed):
    answer = page(client, sealed)

    rows = [row for group in answer.context["groups"] for row in group.rows]
    assert [(row.place, row.total) for row in rows] == [(row.line.place, row.line.total) for row in rows]
    assert answer.context["is_official"]


def test_what_the_plenary_decided_holds_while_its_tie_does(client, decided):
    official = places(page(client, decided))
    others = places(page(client, decided, **typed(inovasi=2_500, regulasi=5_500)))

    assert official == {"51.02": 1, "51.01": 2, "51.03": 3}
    assert others == {"51.02": 1, "51.01": 1, "51.03": 3}


def test_other_weights_move_the_places_as_the_kernel_has_them(client, sealed):
    answer = page(client, sealed, **typed(inovasi=7_500, regulasi=500))

    assert places(answer) == {"51.02": 1, "51.01": 2, "51.03": 3}
    moved = {row.line.code: row.moved for group in answer.context["groups"] for row in group.rows}
    assert moved == {"51.02": 1, "51.01": -1, "51.03": 0}
    assert (answer.context["moved"], answer.context["first_moved"]) == (2, 1)


@pytest.mark.parametrize("weight", [0, 1_499, 1_501])
def test_weights_that_do_not_add_up_are_refused_and_show_no_places(client, sealed, weight):
    answer = page(client, sealed, **typed(inovasi=weight))

    assert [error.code for error in answer.context["form"].non_field_errors().as_data()] == ["sum"]
    assert answer.context["groups"] == []


def test_nothing_is_written(client, sealed):
    user = designer(sealed)
    page(client, sealed, user)

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("what-if", args=[sealed.selection.slug, *PATH]), typed(inovasi=7_500, regulasi=500))

    writing = [each["sql"] for each in queries if each["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert writing == []


@pytest.mark.parametrize("stage", [Stage.NOMINATION, Stage.VERIFICATION, Stage.INTERVIEW, Stage.PLENARY])
def test_never_on_a_live_selection_before_its_seal(client, made, stage):
    plenary.move_to(made.selection, stage)

    assert page(client, made).status_code == 403


def test_a_reopened_selection_is_live_again(client, made):
    by = builders.committee(made.selection)
    plenary.seal(made.selection, by)
    user = designer(made)
    sealed = page(client, made, user).status_code
    plenary.reopened(made.selection, by)

    assert (sealed, page(client, made, user).status_code) == (200, 403)


def test_only_who_designs_the_edition_may_suppose(client, sealed):
    users = [builders.committee(sealed.selection), builders.appointed(Role.AUDITOR, sealed.selection.edition)]
    users += [builders.administrator(), builders.appointed(Role.CHAIR, sealed.selection)]

    assert [page(client, sealed, user).status_code for user in users] == [403] * 4


def test_the_start_leads_to_the_first_title(client, sealed):
    client.force_login(designer(sealed))

    answer = client.get(reverse("what-if-start", args=[sealed.selection.slug]))

    assert answer["Location"] == reverse("what-if", args=[sealed.selection.slug, *PATH])


def test_beside_the_places_stands_how_firm_the_first_is_under_these_weights(client, sealed):
    official = page(client, sealed).context["groups"][0]
    extreme = page(client, sealed, **typed(inovasi=8000, regulasi=0)).context["groups"][0]

    assert 0 < official.share <= 10_000
    assert 0 < extreme.share <= 10_000
    assert f'data-steadiness="{official.share}"' in page(client, sealed).content.decode()


def test_whoever_may_not_try_weights_is_told_why(client, sealed):
    client.force_login(builders.committee(sealed.selection))

    refusal = client.get(reverse("what-if", args=[sealed.selection.slug, *PATH]))
    result = client.get(reverse("result", args=[sealed.selection.slug]))

    assert refusal.status_code == 403
    assert "yang masih memutuskan" in refusal.content.decode()
    assert "yang masih memutuskan" in result.content.decode()
