"""The menu and the to-do list: whatever the apps registered, in one order for everybody."""

import pytest
from django.urls import reverse

import regions.todo
from awards.models import Appointment, Role
from paritrana import todo
from paritrana.pages import layout
from paritrana.todo import Source
from regions.models import Posting
from tests import builders as b
from tests.scoring.bench import bench

pytestmark = pytest.mark.django_db


def at(*names: str) -> list[str]:
    return [reverse(name) for name in names]


def test_the_menu_leads_from_the_award_to_the_regions_and_to_judging():
    judged = bench()
    user = judged.seat().user
    user.is_superuser = True
    user.save()
    Posting.objects.create(user=user, place=Posting.Place.HEAD)
    Appointment.objects.create(user=user, role=Role.NATIONAL_COMMITTEE, edition=judged.selection.edition)

    menu = layout.menu(user, "/")

    assert [[entry.url for entry in section.entries] for section in menu] == [
        at("home"),
        at("editions", "selections", "letters", "candidates", "candidate-numbers", "past-questions"),
        at("people", "operations", "trail"),
        at("atlas", "regions", "universal-coverage", "indicators", "offices", "coverage", "coverage-queue", "targets"),
        at("sheets"),
        at("public-results"),
        at("style"),
    ]


def test_the_frame_of_whoever_judges_nowhere_asks_for_no_seat(client, django_assert_num_queries):
    client.force_login(b.committee(b.selection()))
    client.get(reverse("help"))

    with django_assert_num_queries(6):  # session, account, appointments, postings, selections, example
        assert client.get(reverse("help")).status_code == 200


def test_the_tasks_come_by_urgency_then_in_the_order_of_the_menu():
    judged = bench()
    user = judged.seat(declared=False).user
    Posting.objects.create(user=user, place=Posting.Place.HEAD)
    region = b.regency("51.09", "Kabupaten Baru")
    Posting.objects.create(user=user, place=Posting.Place.BRANCH, branch=b.branch("Baru", [region]))
    Appointment.objects.create(
        user=user, role=Role.PROVINCIAL_COMMITTEE, edition=judged.selection.edition, selection=judged.selection
    )

    tasks = [(task.url.split("?")[0], task.done) for task in todo.tasks_for(user)]

    assert tasks == [
        (reverse("selection-open-next", args=[judged.selection.slug]), False),
        (reverse("declare", args=[judged.selection.slug]), False),
        (reverse("interviews", args=[judged.selection.slug]), False),
        (reverse("coverage-grid"), False),
        (reverse("coverage-grid"), False),
    ]


def test_tasks_registered_twice_or_at_a_taken_place_are_refused():
    user = b.head_officer()
    before = todo.tasks_for(user), todo.menu_for(user)

    with pytest.raises(ValueError, match=r"regions\.todo"):
        todo.register(Source(order=70, tasks_for=regions.todo.tasks_for))
    with pytest.raises(ValueError, match="order 30"):
        todo.register(Source(order=30, tasks_for=lambda user: []))

    assert (todo.tasks_for(user), todo.menu_for(user)) == before


def test_a_page_of_exactly_this_name_is_found_before_regions_that_only_sound_like_it(client):
    kupang = b.regency("53.01", "Kabupaten Kupang")
    client.force_login(b.branch_staff(kupang))

    response = client.get(reverse("search"), {"q": "cakupan"})

    assert [page.url for page in response.context["pages"]] == at("coverage", "universal-coverage")
    text = response.content.decode()
    found = text[text.index('<div class="stack">') :]
    assert found.index(reverse("universal-coverage")) < found.index(kupang.get_absolute_url())
