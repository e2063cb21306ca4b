"""Whoever leads the plenary and keeps out of a candidate neither reads its figures nor records what concerns it."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Role
from paritrana.refusals import ActRefused
from scoring.documents import actions, addenda, certificate_actions
from scoring.documents.certificate_actions import CertificateOrder
from scoring.models import Conflict, Seat
from scoring.plenary import deliberation, ties
from scoring.plenary.turns import turns
from scoring.sealing import announcing
from scoring.showcase import actions as showcase
from scoring.standings import store
from tests import builders
from tests.once import made_once
from tests.refusals import refused
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def build():
    """The chair keeps out of three of four candidates; the last two are tied."""
    found = plenary.plenary(("perda", "edaran", "tidak-ada", "tidak-ada"))
    chair = found.seats[0]
    terms = {"kind": "abstention", "reason": "Adik", "declared_by": chair.user}
    for nomination in (found.nominations[0], *found.nominations[2:]):
        Conflict.objects.create(seat=chair, nomination=nomination, **terms)
    store.refresh(found.selection)
    return found


built, made = made_once(build)


@pytest.fixture
def chair(client, made):
    user = made.seats[0].user
    client.force_login(user)
    return user


def page(made, name, *more):
    return reverse(name, args=[made.selection.slug, *more])


def path_of(made):
    title = plenary.title_of(made)
    return f"{title.rubric.category.slug}/{title.slug}"


def test_the_ranking_leaves_the_candidate_out_and_says_so(client, made, chair):
    shown = client.get(page(made, "ranking", path_of(made)))
    body = shown.content.decode()

    assert shown.context["hidden"] == 3
    assert [str(one) in body for one in made.nominations] == [False] * 4


def test_the_gap_of_one_candidate_tells_no_place(client, made, chair):
    Conflict.objects.exclude(nomination=made.nominations[0]).delete()
    body = client.get(page(made, "ranking", path_of(made))).content.decode()

    assert [str(one) in body for one in made.nominations] == [False] * 4


def test_no_draft_of_the_minutes_and_no_preview_tells_the_place(client, made, chair):
    asked = {"paper": "A4", "language": "id"}

    assert client.get(page(made, "checks")).status_code == 403
    assert client.post(page(made, "minutes-draft"), asked).status_code == 403

    plenary.seal(made.selection, builders.committee(made.selection), builders.committee(made.selection))
    body = client.get(page(made, "ranking", path_of(made))).content.decode()

    assert [str(one) in body for one in made.nominations] == [False] * 4
    assert client.get(page(made, "announce-preview")).status_code == 403

    announcing.ask_announcing(made.selection, by=builders.committee(made.selection))
    assert page(made, "seal-second") not in client.get(reverse("home")).content.decode()
    asked = client.get(page(made, "seal-second"))
    assert (asked.status_code, [str(one) in asked.content.decode() for one in made.nominations]) == (403, [False] * 4)


def test_others_see_the_whole_ranking(client, made):
    client.force_login(builders.committee(made.selection))
    body = client.get(page(made, "ranking", path_of(made))).content.decode()

    assert [str(one) in body for one in made.nominations] == [True] * 4


def test_what_concerns_all_of_them_is_not_shown(client, made, chair):
    title = plenary.title_of(made)
    refused_pages = [
        page(made, "firmness", title.rubric.category.slug, title.slug),
        page(made, "deliberation-agree", title.pk, 0),
        page(made, "tie", 0, 3, path_of(made)),
        page(made, "tie", 0, 1, path_of(made)),
    ]

    for address in refused_pages:
        answer = client.get(address)
        assert (answer.status_code, "benturan kepentingan" in answer.content.decode()) == (403, True)
        assert [str(one) in answer.content.decode() for one in made.nominations] == [False] * 4


def test_pages_that_leave_everything_out_say_why_and_lead_to_nothing_that_is_refused(client, made, chair):
    title = plenary.title_of(made)
    deliberation_page = client.get(page(made, "deliberation"))
    ranking_page = client.get(page(made, "ranking", path_of(made))).content.decode()

    assert (deliberation_page.context["orders"], deliberation_page.context["hidden"]) == ([], 1)
    assert "1 kelompok tidak ditampilkan" in deliberation_page.content.decode()
    assert "Belum ada" not in deliberation_page.content.decode()
    assert page(made, "firmness", title.rubric.category.slug, title.slug) not in ranking_page
    assert page(made, "result") not in ranking_page


def test_no_task_tells_of_a_tie_in_a_group_one_keeps_out_of(made, chair):
    everybody = {turn.title: turn.count for turn in turns(builders.committee(made.selection))}

    assert everybody[_("Decide about shared places")] == 1
    assert _("Decide about shared places") not in {turn.title for turn in turns(chair)}


def test_neither_the_order_nor_the_tie_is_recorded_by_whoever_keeps_out(made, chair):
    title = plenary.title_of(made)
    order = [one.pk for one in made.nominations]
    tie = ties.tie_at(made.selection, title, 0, 3)
    terms = {"reason": "Musyawarah", "version": 0, "by": chair}

    refused("conflict", deliberation.agree, made.selection, title, "", order, **terms)
    refused(
        "conflict",
        ties.settle,
        made.selection,
        tie,
        [[key] for key in tie.keys],
        group_order=0,
        votes=(2, 0, 0),
        **terms,
    )


def test_what_is_announced_is_told_to_everybody(client, made, chair):
    committee = builders.committee(made.selection)
    plenary.seal(made.selection, committee, builders.committee(made.selection))
    announcing.announce(made.selection, by=committee)

    title = plenary.title_of(made)
    assert client.get(page(made, "ranking", path_of(made))).context["hidden"] == 0
    assert client.get(page(made, "firmness", title.rubric.category.slug, title.slug)).status_code == 200


def test_papers_and_stories_are_made_by_somebody_else_until_the_announcement(client, made):
    secretary = builders.appointed(Role.SECRETARY, made.selection)
    seat = Seat.objects.create(
        panel=made.selection.panel, appointment=secretary.appointments.get(role=Role.SECRETARY), order=90
    )
    Conflict.objects.create(
        seat=seat, nomination=made.nominations[0], kind="abstention", reason="Adik", declared_by=secretary
    )
    committee = builders.committee(made.selection)
    plenary.seal(made.selection, committee, builders.committee(made.selection))
    title, order = plenary.title_of(made), CertificateOrder(number="{n}", paper="a4")
    acts = [
        lambda: actions.make_minutes(made.selection, None, by=secretary),
        lambda: certificate_actions.make_certificates(made.selection, order, by=secretary),
        lambda: addenda.ask_addendum(
            made.selection, paper="minutes", written="a", instead="b", reason="c", by=secretary
        ),
        lambda: showcase.set_rewards(made.selection, title, {}, by=secretary),
    ]

    for act in acts:
        with pytest.raises(ActRefused):
            act()
    client.force_login(secretary)
    pages = ("documents", "minutes-make", "certificates-make", "addendum-ask", "showcase")
    assert [client.get(page(made, name)).status_code for name in pages] == [403] * 5
    assert page(made, "minutes-make") not in client.get(reverse("home")).content.decode()
    client.force_login(committee)
    assert page(made, "minutes-make") in client.get(reverse("home")).content.decode()
    client.force_login(secretary)

    announcing.announce(made.selection, by=committee)

    assert client.get(page(made, "documents")).status_code == 200
