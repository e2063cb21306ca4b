"""A remark of many cases shows fifty and counts the others; the fingerprint still knows each of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from awards.models import StageDate
from paritrana.accounts import chaining
from paritrana.accounts.models import AuditEvent
from scoring.models import Standing
from scoring.sealing import review
from scoring.sealing.actions import lock_rubrics
from scoring.sealing.checks import Item
from tests import builders
from tests.happening import happen
from tests.once import taken_back
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


@pytest.fixture
def selection():
    return plenary.plenary().selection


def test_an_event_that_was_given_its_key_earlier_and_committed_later_is_noticed(selection):
    (last,) = happen(builders.person(), 1)
    for key in (last.pk + 2, last.pk + 1):
        before = review.recent_review(selection)
        assert review.recent_review(selection) is before
        AuditEvent.objects.create(pk=key, at=last.at, verb=last.verb, object_type=last.object_type)

        assert review.recent_review(selection) is not before


def test_chaining_what_was_recorded_makes_no_page_anew(selection):
    happen(builders.person(), 2)
    before = review.recent_review(selection)

    assert chaining.chain() > 0

    assert review.recent_review(selection) is before


def test_each_language_has_its_own_review(selection):
    found = review.recent_review(selection)
    with translation.override("en"):
        assert review.recent_review(selection) is not found
    assert review.recent_review(selection) is found


def test_after_a_minute_everything_is_checked_again(selection, monkeypatch):
    found = review.recent_review(selection)
    kept = review.recent_review(selection)
    monkeypatch.setattr(review, "SECONDS", 0)
    over = review.recent_review(selection, anew=True)

    assert kept is found
    assert review.recent_review(selection) is not over


def test_a_review_ends_at_the_published_moment_of_the_plenary(selection):
    assert review._seconds_valid(selection) == review.SECONDS
    opens = timezone.now() + timedelta(seconds=20)
    StageDate.objects.create(selection=selection, stage="pleno", opens_at=opens, closes_at=opens + timedelta(days=1))

    assert 0 < review._seconds_valid(selection) <= 20


def test_the_checks_ask_the_same_for_ten_nominations_and_for_thirty():
    asked = []
    for count in (10, 30):
        with taken_back():
            selection = plenary.plenary(("perda",) * count).selection
            review.review(selection)
            with CaptureQueriesContext(connection) as queries:
                review.review(selection)
            asked.append(len(queries))

    assert asked[0] == asked[1]
