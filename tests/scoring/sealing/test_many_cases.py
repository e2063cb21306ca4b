"""A remark of many cases shows fifty and counts the others; the fingerprint still knows each of them."""

import pytest
from django.urls import reverse

from scoring.models import Standing
from scoring.sealing import review
from scoring.sealing.actions import lock_rubrics
from scoring.sealing.checks import Item
from tests import builders
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def remark(count):
    return review.CheckResult(
        review.CHECKS[1], review.CHECKS[1].gravity, [Item(str(n), f"Kasus {n}") for n in range(count)]
    )


def test_fifty_are_shown_and_the_others_counted():
    assert [(len(each.shown), each.further) for each in map(remark, (49, 50, 51))] == [(49, 0), (50, 0), (50, 1)]


def test_the_page_of_the_checks_lists_fifty_jurors_who_have_not_declared(client):
    made = plenary.plenary(("perda",) * 52)
    for _seat in range(2):
        made.seat(declared=False)
    client.force_login(builders.committee(made.selection))

    page = client.get(reverse("checks", args=[made.selection.slug])).content.decode()

    part = page.split('data-remark="conflicts-undeclared"')[1].split("</details>")[0]
    assert part.count("<li>") == 50
    assert '<span class="count">104</span>' in part and "54" in part
    # Its box for a reason is seen at once, however many cases there are.
    assert part.split(">")[0].endswith(" open") and "override_conflicts-undeclared" in part


def test_the_fingerprint_changes_with_a_case_that_is_only_counted():
    reviews = [review.Review([], [], [remark(count)]) for count in (60, 61)]

    assert reviews[0].fingerprint != reviews[1].fingerprint


def test_the_page_of_the_checks_is_made_anew_only_once_something_was_recorded(client, django_assert_max_num_queries):
    made = plenary.plenary()
    by = builders.committee(made.selection)
    client.force_login(by)
    url = reverse("checks", args=[made.selection.slug])
    assert b'data-remark="rubric-open"' in client.get(url).content

    with django_assert_max_num_queries(14):
        client.get(url)
    lock_rubrics(made.selection, by=by)

    assert b'data-remark="rubric-open"' not in client.get(url).content


def test_a_changed_standing_is_shown_at_once(client):
    made = plenary.plenary()
    client.force_login(builders.committee(made.selection))
    url = reverse("checks", args=[made.selection.slug])
    client.get(url)

    Standing.objects.filter(place=1).update(place=2)

    assert b'data-remark="standings-differ"' in client.get(url).content


def test_what_a_page_shows_has_the_fingerprint_of_the_whole_review():
    made = plenary.plenary(("perda",) * 60)

    recent = review.recent_review(made.selection)

    whole = review.review(made.selection)
    assert recent.fingerprint == whole.fingerprint
    assert [(one.code, one.count, one.further) for one in recent.remarks] == [
        (one.code, one.count, one.further) for one in whole.remarks
    ]
