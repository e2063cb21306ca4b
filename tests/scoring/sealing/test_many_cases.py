"""A remark of many cases shows fifty and counts the others; the fingerprint still knows each of them."""

import pytest
from django.urls import reverse

from scoring.sealing import review
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
