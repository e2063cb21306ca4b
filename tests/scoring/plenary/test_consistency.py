"""How evenly the jurors marked: what is read from the rows, and who may see it."""

import io

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from awards.models import Role, Rubric
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from scoring.models import Conflict, Mark, Standing
from scoring.plenary import report_views
from scoring.plenary.consistency import Outlier, consistency_of, hundredths
from scoring.ranking.agreement import agreement, severity
from tests import builders
from tests.scoring.bench import bench
from tests.scoring.plenary.plenary import hand_in, move_to

pytestmark = pytest.mark.django_db

LEVELS = (6_000, 6_500, 7_000, 7_500)
JURORS = (-600, 0, 0, 600)


def judged(levels=LEVELS, jurors=JURORS, skip=(), stage=Stage.PLENARY):
    """Candidate level + juror on every criterion, but for the (candidate, juror) pairs left out."""
    made = bench(nominations=len(levels))
    seats = [made.seat(Role.CHAIR if not n else Role.JUROR) for n in range(len(jurors))]
    for n, nomination in enumerate(made.nominations):
        for m, seat in enumerate(seats):
            if (n, m) not in skip:
                hand_in(seat, nomination, made.marks(*[levels[n] + jurors[m]] * 3))
    move_to(made.selection, stage)
    return made


def told(made):
    (found,) = consistency_of(made.selection)
    return found


def test_the_severity_put_in_is_found_again():
    found = told(judged())

    assert [round(one.effect, 2) for _seat, one in found.jurors] == [-6.0, 0.0, 0.0, 6.0]
    assert (found.refused, found.agreement.w) == ("", 1.0)


def test_who_was_marked_by_the_lenient_alone_moves_in_the_adjusted_order_and_not_in_the_official_one():
    made = judged(levels=(7_000, 6_900, 6_000, 5_000), skip={(0, 3), (1, 0)})

    found = {one.nomination: one for one in told(made).candidates}

    first, second = (found[each] for each in made.nominations[:2])
    assert [(first.official, first.place), (second.official, second.place)] == [(6_800, 2), (7_100, 1)]
    assert [(first.adjusted, first.adjusted_place), (second.adjusted, second.adjusted_place)] == [
        (7_000, 1),
        (6_900, 2),
    ]


def test_the_official_score_leaves_out_the_extremes_where_the_rubric_does():
    made = judged(levels=(9_000, 8_000, 7_000), jurors=(-7_000, 0, 0, 0, 0))
    untrimmed = [one.official for one in told(made).candidates]
    Rubric.objects.update(trims=True)

    trimmed = [one.official for one in told(made).candidates]

    assert (untrimmed, trimmed) == ([7_600, 6_600, 5_600], [9_000, 8_000, 7_000])


@pytest.mark.parametrize(
    ("levels", "jurors", "skip", "code"),
    [
        (LEVELS[:2], JURORS, (), "too-small"),
        (LEVELS, JURORS[:2], (), "too-small"),
        ((6_000,) * 6, (0,) * 6, {(n, m) for n in range(6) for m in range(6) if n // 3 != m // 3}, "not-linked"),
    ],
)
def test_too_little_is_refused_with_its_reason_and_the_official_order_stays(levels, jurors, skip, code):
    found = told(judged(levels, jurors, skip))

    assert (found.refused, found.jurors, len(found.candidates)) == (code, [], len(levels))


def test_what_is_fitted_is_the_marks_given_to_the_digit():
    """The second candidate was marked by nobody, the fifth juror marked nobody, the first lacks one mark."""
    levels, jurors = (7_013, 6_107, 8_219, 5_401, 6_653), (-613, 97, 0, 509, 41)
    made = judged(levels, jurors, {(0, 3), *((1, m) for m in range(5)), *((n, 4) for n in range(5))})
    Mark.objects.filter(sheet__seat=made.seats[2], sheet__nomination=made.nominations[3]).update(value=9_931)
    marks = np.array(
        [[64, 71.1, 70.13, 0], [76.06, 83.16, 82.19, 87.28], [47.88, 54.98, 99.31, 59.1], [60.4, 67.5, 66.53, 71.62]]
    )

    found = told(made)

    expected = severity(marks, marks > 0)
    assert [seat for seat, _one in found.jurors] == made.seats[:4]
    assert [one for _seat, one in found.jurors] == expected.jurors
    assert (found.spread, found.freedom) == (expected.spread, expected.freedom)
    assert found.agreement == agreement(marks, marks > 0)
    ((row, column, residual),) = expected.outliers
    assert (row, column) == (2, 2)
    assert found.outliers == [Outlier(made.nominations[3], made.seats[2], 9_931, residual)]
    levels = {made.nominations[n]: hundredths(expected.candidates[row]) for row, n in enumerate((0, 2, 3, 4))}
    assert {one.nomination: one.adjusted for one in found.candidates} == levels


def test_a_category_nobody_has_marked_has_no_candidate_to_compare():
    found = told(judged(skip={(n, m) for n in range(4) for m in range(4)}))

    assert (found.refused, found.agreement, found.candidates) == ("too-small", None, [])


def test_a_panel_without_jurors_is_refused_with_its_reason():
    found = told(judged(jurors=()))

    assert (found.refused, found.agreement, found.candidates) == ("too-small", None, [])


def test_marks_that_do_not_count_are_not_read():
    made = judged()
    observer = made.seat(is_observer=True)
    for nomination in made.nominations:
        hand_in(observer, nomination, made.marks(0, 0, 0))
    seat, nomination = made.seats[1], made.nominations[0]
    Conflict.objects.create(seat=seat, nomination=nomination, kind="recusal", reason="Kerabat", declared_by=seat.user)

    found = told(made)

    assert [one.marks for _seat, one in found.jurors] == [4, 3, 4, 4]


def test_the_report_moves_no_standing(client):
    made = judged()
    before = list(Standing.objects.values_list())
    client.force_login(made.seats[0].user)

    assert client.get(reverse("uniformity", args=[made.selection.slug])).status_code == 200
    assert list(Standing.objects.values_list()) == before


@pytest.mark.parametrize("stage", list(Stage))
def test_it_opens_after_the_close_alone(client, stage):
    made = judged(stage=stage)
    client.force_login(made.seats[0].user)

    answer = client.get(reverse("uniformity", args=[made.selection.slug]))

    after = stage in {Stage.PLENARY, Stage.SEALED, Stage.ANNOUNCED}
    assert answer.status_code == (200 if after else 403)


def test_whoever_keeps_out_of_a_candidate_does_not_find_it_in_the_report(client):
    made = judged()
    chair, hidden = made.seats[0], made.nominations[0]
    Conflict.objects.create(seat=chair, nomination=hidden, kind="abstention", reason="Kerabat", declared_by=chair.user)
    client.force_login(chair.user)

    answer = client.get(reverse("uniformity", args=[made.selection.slug]))

    (category,) = answer.context["categories"]
    assert {one.nomination for one in category["found"].candidates} == set(made.nominations[1:])


def test_a_page_shows_a_part_of_the_candidates_and_says_how_many_pages_there_are(client, monkeypatch):
    monkeypatch.setattr(report_views, "ROWS_A_PAGE", 3)
    made = judged()
    client.force_login(made.seats[0].user)

    pages = [client.get(f"{reverse('uniformity', args=[made.selection.slug])}?page={n}").context for n in (1, 2)]

    shown = [[one.nomination for one in page["categories"][0]["found"].candidates] for page in pages]
    assert (pages[0]["page"].paginator.num_pages, len(shown[0])) == (2, 3)
    assert {*shown[0], *shown[1]} == set(made.nominations)


def test_the_workbook_stands_in_the_trail_and_holds_every_juror_and_candidate(client):
    made = judged()
    auditor = builders.appointed(Role.AUDITOR, made.selection.edition)
    client.force_login(auditor)

    answer = client.post(reverse("uniformity-book", args=[made.selection.slug]))

    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=5, values_only=True))
    names = {row[2] for row in rows}
    assert {seat.user.name for seat in made.seats} | {each.candidate.name for each in made.nominations} <= names
    assert AuditEvent.objects.filter(verb="agreement.export", actor=auditor).count() == 1


def queries(client, made) -> int:
    client.force_login(made.seats[0].user)
    address = reverse("uniformity", args=[made.selection.slug])
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_report_costs_the_same_queries_for_few_and_for_many(client):
    few = queries(client, judged(LEVELS[:3], JURORS[:3]))
    made = bench(nominations=9, code="52")
    for _ in range(6):
        made.seat(Role.CHAIR if not made.seats else Role.JUROR)
    for nomination in made.nominations:
        for seat in made.seats:
            hand_in(seat, nomination, made.marks(7_000, 6_000, 5_000))
    move_to(made.selection, Stage.PLENARY)

    assert queries(client, made) == few
