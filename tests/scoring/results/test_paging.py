"""A ranking in leaves: every line once and in order, ties known across leaves, as many questions for any number."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring.models import Standing
from scoring.results import page as paging
from scoring.standings import store
from scoring.standings.store import titles_of
from tests import builders
from tests.scoring.bench import bench
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db

TOTALS = [9000, 8000, 8000, 8000, 7000, None, 6000]


@pytest.fixture
def selection(monkeypatch):
    """Seven nominations, three of them tied, one of them not ranked; two lines a page."""
    monkeypatch.setattr(paging, "LINES", 2)
    made = bench(nominations=len(TOTALS))
    rubric = made.marked[0].aspect.rubric
    title = builders.title(rubric)
    stand(made.selection, title, made.nominations, TOTALS)
    return made.selection


def stand(selection, title, nominations, totals):
    """Standings as they would be stored for these totals."""
    slugs = [weight.criterion.slug for weight in title.weights.all()]
    told = {"scores": dict.fromkeys(slugs, 5000), "evidence": {slug: {} for slug in slugs}}
    known = [total for total in totals if total is not None]
    Standing.objects.bulk_create(
        Standing(
            selection=selection,
            title=title,
            nomination=nomination,
            place=None if total is None else 1 + sum(other > total for other in known),
            is_tied=known.count(total) > 1,
            total=total,
            **told,
        )
        for nomination, total in zip(nominations, totals, strict=True)
    )


def all_pages(selection):
    first = paging.ranking_page(selection, titles_of(selection)[0].slug, "1")
    rest = [
        paging.ranking_page(selection, titles_of(selection)[0].slug, str(n))
        for n in first.page.paginator.page_range[1:]
    ]
    return [first, *rest]


def test_the_pages_hold_every_line_once_best_first_and_the_unranked_last(selection):
    told = [[line.total for line in page.lines] for page in all_pages(selection)]

    assert told == [[9000, 8000], [8000, 8000], [7000, 6000], [None]]


def test_a_tie_is_known_beyond_the_page(selection):
    found = [[len(page.ranking.equals(line)) for line in page.lines if line.place] for page in all_pages(selection)]

    assert found == [[0, 2], [2, 2], [0, 0], []]


def test_a_page_shows_its_own_lines_only(selection):
    told = [[line.total for line in page.shown.lines] for page in all_pages(selection)]

    assert told == [[9000, 8000], [8000, 8000], [7000, 6000], [None]]


def test_the_ranking_asks_the_same_for_three_and_for_sixty(client, monkeypatch):
    monkeypatch.setattr(paging, "LINES", 60)
    made = plenary.plenary(("perda", "perda", "edaran"))  # a tie asks for the decisions of the plenary
    title = plenary.title_of(made)
    client.force_login(builders.committee(made.selection))
    url = reverse("ranking", args=[made.selection.slug, title.slug])
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(4, 61):
        nomination = made.shortlist(number)
        plenary.answer(nomination, "perda")
        plenary.attend(nomination)
        plenary.hand_in(made.seats[0], nomination, made.marks(8_000, 8_000, 8_000))
    store.refresh(made.selection)

    with CaptureQueriesContext(connection) as many:
        page = client.get(url)

    assert (len(page.context["ranking"].lines), len(many)) == (60, len(few))
