"""The main path by keys alone: a juror from signing in to a sheet handed in, a committee from the seal to the stage."""

import pytest
from django.urls import reverse

from awards.models import Role
from awards.stages import Stage
from scoring.models import Mark, ScoreSheet, Seal
from scoring.sealing import actions
from tests import builders
from tests.journeys.hands import Hands
from tests.scoring.bench import bench
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "sandi-untuk-uji-papan-tik"
CONFIRM = "main form button.btn-primary"


@pytest.fixture
def keys(visitor):
    """Sign in by keys: ``hands = keys(person)``."""

    def signed_in(person):
        person.set_password(PASSWORD)
        person.save()
        hands = Hands(visitor(service_workers="block"))
        hands.sign_in(reverse("account_login"), person.email, PASSWORD)
        return hands

    return signed_in


def test_a_juror_hands_in_a_sheet_without_a_mouse(keys):
    made = bench(nominations=1)
    seat = made.seat()
    sheet = reverse("sheet", args=[made.selection.slug, made.nominations[0].pk])

    hands = keys(seat.user)
    hands.follow(f'main a[href="{reverse("sheets")}"]')
    hands.follow(f'main a[href^="{sheet}"]')
    for criterion, typed in zip(made.marked, ("80,25", "75", "90,5"), strict=True):
        hands.write(f"input[name=mark_{criterion.pk}]", typed)
    hands.follow("button[name=then][value=hand-in]")
    hands.follow(CONFIRM)

    assert list(Mark.objects.order_by("criterion").values_list("value", flat=True)) == [8025, 7500, 9050]
    assert ScoreSheet.objects.get().submitted_by == seat.user
    assert hands.faults == []


@pytest.mark.complete
def test_a_saved_draft_leaves_the_focus_where_it_was(keys):
    made = bench(nominations=1)
    seat = made.seat()
    hands = keys(seat.user)
    hands.page.goto(reverse("sheet", args=[made.selection.slug, made.nominations[0].pk]))
    first, second = (f"input[name=mark_{criterion.pk}]" for criterion in made.marked[:2])

    hands.write(first, "80")
    with hands.page.expect_response(lambda response: response.request.method == "POST"):
        hands.reach(second)
    hands.page.wait_for_timeout(1500)

    assert hands.page.evaluate("(at) => document.activeElement.matches(at)", second)
    assert hands.faults == []


def test_committee_and_chair_seal_and_announce_without_a_mouse(keys):
    made = plenary.plenary()
    slug, committee = [made.selection.slug], builders.committee(made.selection)
    actions.lock_rubrics(made.selection, by=committee)
    hands, chair = keys(committee), keys(builders.appointed(Role.CHAIR, made.selection))

    hands.follow(f'main a[href="{reverse("checks", args=slug)}"]')
    hands.write("input[name=decree_number]", "400.5/123/2024")
    hands.write("input[name=decree_date]", "12-05-2024")
    for box in hands.page.locator("textarea[name^=override_]").all():
        hands.write(f"[name={box.get_attribute('name')}]", "Disepakati pleno")
    if hands.page.locator("input[name=confirmed]").count():
        hands.check("input[name=confirmed]")
    hands.follow(CONFIRM)
    assert hands.page.locator("[data-errors] [data-field]").all_inner_texts() == []
    chair.page.reload()
    chair.follow(f'main a[href="{reverse("seal-second", args=slug)}"]')
    chair.check("input[name=confirmed]")
    chair.follow(CONFIRM)
    hands.page.goto(reverse("home"))
    hands.follow(f'main a[href="{reverse("announce", args=slug)}"]')
    hands.check("input[name=when][value=now]")
    hands.follow(CONFIRM)
    chair.page.goto(reverse("home"))
    chair.follow(f'main a[href="{reverse("seal-second", args=slug)}"]')
    chair.check("input[name=confirmed]")
    chair.follow(CONFIRM)

    made.selection.refresh_from_db()
    assert (made.selection.stage, Seal.objects.public().count()) == (Stage.ANNOUNCED, 1)
    hands.page.goto(reverse("ceremony", args=slug))
    before = hands.page.get_attribute("body", "data-at")
    hands.press("ArrowRight", "ArrowRight")
    assert hands.page.get_attribute("body", "data-at") != before
    assert (hands.faults, chair.faults) == ([], [])
