"""Substitution with real names, observers whose marks never count, and jurors of several panels."""

import pytest
from django.urls import reverse

from awards.models import Role
from awards.stages import Stage
from scoring.models import Invitation, Panel, Seat, Standing
from scoring.panel import invitations
from scoring.sealing import actions
from scoring.sealing import review as sealing_review
from scoring.standings import store
from tests import builders
from tests.refusals import refused
from tests.scoring.bench import bench
from tests.scoring.panel import panels
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged():
    made = bench()
    made.by = builders.committee(made.selection)
    return made


def test_the_successor_has_a_seat_of_their_own_that_names_whom_it_replaces(judged):
    former = judged.seat(Role.CHAIR)
    successor = panels.substituted(former, judged.by)

    former.refresh_from_db()
    assert (former.appointment.ended_at is None, former.ended_reason) == (False, "Mutasi")
    assert (successor.replaces, successor.element, successor.appointment.role) == (former, "Pakar", "chair")


def test_a_substitution_needs_a_reason_and_a_seat_that_is_held(judged):
    former, person = judged.seat(), builders.person()
    refused("no-reason", panels.asked_to_substitute, former, user=person, reason=" ", by=judged.by)
    panels.substituted(former, judged.by, person)

    refused("already-ended", panels.asked_to_substitute, former, by=judged.by)


def test_marks_of_the_former_member_stop_counting_with_the_substitution():
    made = plenary.plenary(stage=Stage.INTERVIEW)
    before = plenary.tallied(plenary.title_of(made), made.selection)["51.01"].total

    panels.substituted(made.seats[1], builders.committee(made.selection))

    after = plenary.tallied(plenary.title_of(made), made.selection)["51.01"].total
    assert after - before == (8_000 - 7_500) * 3_000 // 10_000


def test_a_successor_takes_over_when_the_invitation_is_accepted_and_confirmed(client, judged):
    former, successor = judged.seat(), builders.person()
    client.force_login(judged.by)
    url = reverse("seat-substitute", args=[judged.selection.slug, former.pk])

    client.post(url, {"email": successor.email, "reason": "Pensiun", "name": "Ibu Baru"})
    asked = invitations.accept(Invitation.objects.get(), by=successor)
    former.appointment.refresh_from_db()
    assert former.appointment.ended_at is None
    seat = panels.confirmed(asked)

    former.appointment.refresh_from_db()
    assert (seat.replaces, former.appointment.ended_at is None) == (former, False)


def test_marks_of_an_observer_never_count():
    made = plenary.plenary()
    observer = made.seat(is_observer=True)
    before = list(Standing.objects.order_by("pk").values_list("total", "place"))

    for nomination in made.nominations:
        plenary.hand_in(observer, nomination, made.marks(100, 100, 100))
    store.refresh(made.selection)

    assert list(Standing.objects.order_by("nomination").values_list("total", "place")) == before
    Seat.objects.filter(pk=observer.pk).update(is_observer=False)
    store.refresh(made.selection)
    assert list(Standing.objects.order_by("nomination").values_list("total", "place")) != before


def test_an_observer_owes_nothing_and_makes_no_quorum():
    made = plenary.plenary()
    made.seat(is_observer=True)
    Panel.objects.update(quorum=3)

    review = sealing_review.review(made.selection)

    assert ("below-quorum", 3) in [(each.code, len(each.items)) for each in review.notes]


@pytest.mark.parametrize(("blocks", "where"), [(False, "notes"), (True, "blockers")])
def test_below_the_quorum_is_a_remark_or_forbids_the_seal_as_the_panel_says(blocks, where):
    made = plenary.plenary()
    Panel.objects.update(quorum=3, quorum_blocks=blocks)
    actions.lock_rubrics(made.selection, by=builders.committee(made.selection))

    found = {"notes": [], "blockers": []}
    review = sealing_review.review(made.selection)
    for name in found:
        found[name] = [each.code for each in getattr(review, name) if each.code != "winners-unreachable"]

    assert found == {"notes": [], "blockers": []} | {where: ["below-quorum"]}


def test_progress_counts_per_candidate_without_observers(client, judged):
    judged.seat()
    judged.seat(is_observer=True)
    Panel.objects.update(quorum=2)
    client.force_login(judged.by)

    answer = client.get(reverse("progress", args=[judged.selection.slug]))

    told = [(one.able, one.handed_in, one.is_short) for _nomination, _cells, one in answer.context["rows"]]
    assert told == [(1, 0, True), (1, 0, True)]


def test_a_juror_of_two_panels_finds_both_on_one_page(client, judged):
    other = bench(code="52")
    seat = judged.seat()
    other.seat(user=seat.user)
    client.force_login(seat.user)

    answer = client.get(reverse("sheets"))

    shown = {panel["selection"] for panel in answer.context["panels"]}
    assert shown == {judged.selection, other.selection}
