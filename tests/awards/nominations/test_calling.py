"""A category calls a number of candidates to the national interview; one more takes a reason, kept in the record."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.models import Nomination, Role
from awards.nominations import calling, transitions
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent
from tests import builders as b

S = NominationState
REASON = "Dua provinsi bernilai sama"


@pytest.fixture
def nation(db):
    """Three verified provinces, of whom two are called."""
    category = b.category(slug="pemerintah-provinsi", kind="province")
    category.called = 2
    category.save()
    b.title(b.rubric(category))
    return b.selection(Stage.VERIFICATION, national=True)


@pytest.fixture
def three(nation):
    return [b.nomination(nation, b.province(code, f"Provinsi {code}"), S.VERIFIED) for code in ("11", "12", "51")]


@pytest.fixture
def page(client, nation):
    client.force_login(b.appointed(Role.NATIONAL_COMMITTEE, nation.edition))
    return client


def choose(page, nation, rows, **typed):
    picked = [f"{row.pk}:{row.version}" for row in rows]
    return page.post(reverse("nominations-choose", args=[nation.slug]), {"act": "shortlist", "pick": picked} | typed)


def listed():
    return Nomination.objects.filter(state=S.SHORTLISTED).count()


def test_as_many_as_are_called_need_no_reason_and_one_more_does(three, nation):
    by = b.person()
    for row in three[:2]:
        transitions.move("shortlist", row, by=by)

    with pytest.raises(ValidationError) as refused:
        transitions.move("shortlist", three[2], by=by)
    assert refused.value.code == "called"
    transitions.move("shortlist", three[2], by=by, reason=REASON)

    assert listed() == 3
    assert AuditEvent.objects.filter(verb="nomination.shortlist").order_by("pk").last().detail["reason"] == REASON


def test_choosing_too_many_at_once_asks_for_the_reason_and_changes_nothing_without(three, nation, page):
    review = page.get(reverse("nominations-choose", args=[nation.slug]), {"pick": [row.pk for row in three]})

    refused = choose(page, nation, three, reason=" ")

    assert review.context["form"] is not None
    assert (refused.status_code, listed()) == (422, 0)
    assert choose(page, nation, three, reason=REASON).status_code == 302
    assert listed() == 3


def test_the_list_and_the_page_of_one_say_how_many_places_are_taken(three, nation, page):
    assert choose(page, nation, three[:2]).status_code == 302

    shown = page.get(reverse("nominations", args=[nation.slug])).context["calls"]
    one = page.get(reverse("nomination-shortlist", args=[three[2].pk]))

    assert [(call.places, call.taken, call.is_beyond) for call in shown] == [(2, 2, False)]
    assert [(call.places, call.taken, call.is_beyond) for call in one.context["calls"]] == [(2, 2, True)]
    assert "reason" in one.context["form"].fields


def test_a_province_lists_as_many_as_it_likes(nation):
    province = b.selection(Stage.VERIFICATION)
    rows = [b.nomination(province, b.province(code, f"Provinsi {code}"), S.VERIFIED) for code in ("11", "12", "51")]

    for row in rows:
        transitions.move("shortlist", row, by=b.person())

    assert (calling.calls("shortlist", province, rows), listed()) == ([], 3)


def test_without_a_number_nothing_is_limited(three, nation):
    nation.categories.update(called=None)

    assert calling.calls("shortlist", nation, three) == []
