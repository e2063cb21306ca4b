"""Saving and handing in ask the database a fixed number of questions: jurors do it by the thousand at one moment."""

import pytest
from django.urls import reverse

from tests.scoring.bench import bench

pytestmark = pytest.mark.django_db

FRAME = 2
"""The test's savepoint, which is the transaction of a real request: begun and ended."""


@pytest.fixture
def judged():
    made = bench(nominations=2)
    made.seat()
    return made


@pytest.fixture
def browser(client, judged):
    client.force_login(judged.seats[0].user)
    return client


def address(judged, name="sheet"):
    return reverse(name, args=[judged.selection.slug, judged.nominations[0].pk])


def save(browser, judged, version):
    return browser.post(address(judged), judged.posted(f"8{version}", "70", "60", version=version, then="next"))


def test_saving_asks_eighteen_questions(browser, judged, django_assert_num_queries):
    for version in range(2):  # with the first mark the rubric is locked, and then it is read once
        save(browser, judged, version)

    with django_assert_num_queries(18 + FRAME):
        assert save(browser, judged, 2).status_code == 302


def test_handing_in_asks_sixteen_questions(browser, judged, django_assert_num_queries):
    for version in range(2):
        save(browser, judged, version)

    with django_assert_num_queries(16 + FRAME):
        assert browser.post(address(judged, "sheet-hand-in"), {"version": 2}).status_code == 302
