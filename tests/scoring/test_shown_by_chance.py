"""Whoever shows a score or a total shows the kernel's: panels drawn by seed, with trimming, gaps and absences."""

import csv
import io
import json
import random

import numpy as np
import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import gettext, override

from awards.models import Criterion, Role
from paritrana.display import formats
from scoring import ranking
from scoring.exports import actions, recaps
from scoring.exports.workbook.book import HEAD_ROW
from scoring.models import Mark, Panel
from scoring.plenary import consistency
from scoring.sheets import own_ranking
from scoring.standings import rankings, store
from tests import builders
from tests.scoring.bench import bench
from tests.scoring.documents import documents
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db

POINTS = {level["code"]: level["points"] for level in plenary.REGULATIONS}
JURORS = 6


@pytest.fixture(params=[(1, True), (2, True), (3, False), (4, True)], ids="{0[0]}-trims-{0[1]}".format)
def shown(request):
    """A plenary of this seed, and for each candidate the kernel's scores in the order of the rubric and its total."""
    seed, trims = request.param
    draw = random.Random(seed)
    made = bench(nominations=4)
    rubric = made.nominations[0].category.current_rubric
    type(rubric).objects.filter(pk=rubric.pk).update(trims=trims)
    Criterion.objects.filter(slug="regulasi").update(rules={"levels": plenary.REGULATIONS})
    builders.title(rubric)
    seats = [made.seat("chair" if not n else "juror") for n in range(JURORS)]
    figures = {each.candidate.region.code: judge(made, seats, each, draw, trims) for each in made.nominations}
    plenary.move_to(made.selection, "pleno")
    Panel.objects.filter(selection=made.selection).update(closed_at=plenary.NOW, closed_by=seats[0].user)
    store.refresh(made.selection)
    return made, figures


def judge(made, seats, nomination, draw, trims) -> tuple[list[int], int]:
    """Marks of three jurors or more; what the kernel makes of them, criterion by criterion, and the total."""
    given = [[draw.randrange(0, 10_001) for _criterion in made.marked] for _seat in seats[: draw.randint(3, JURORS)]]
    for seat, row in zip(seats, given, strict=False):
        plenary.hand_in(seat, nomination, made.marks(*row))
    plenary.attend(nomination, level := draw.choice(["head", "deputy"]))
    plenary.answer(nomination, answered := draw.choice(list(POINTS)))
    columns = np.array(given, dtype=np.int64).T
    means, _known = ranking.mean(columns, np.ones(columns.shape, dtype=bool), trim=trims)
    scores = [*map(int, means), {"head": 10_000, "deputy": 8_000}[level], POINTS[answered]]
    row, weights = np.array([scores], dtype=np.int64), np.array([1_500, 1_000, 500, 500, 6_500], dtype=np.int64)
    return scores, int(ranking.totals(row, np.ones(row.shape, dtype=bool), weights).total[0])


def title_path(made) -> str:
    title = plenary.title_of(made)
    return f"{title.rubric.category.slug}/{title.slug}"


def texts(figures) -> dict[str, set[str]]:
    return {
        code: {*map(formats.hundredths, scores), formats.hundredths(total)} for code, (scores, total) in figures.items()
    }


def test_the_pages_of_the_plenary_show_the_kernels_figures(shown, client):
    made, figures = shown
    client.force_login(builders.committee(made.selection))
    asked = [reverse("ranking", args=[made.selection.slug, title_path(made)])]
    with override("id"):
        wanted = texts(figures)
    page = client.get(asked[0]).content.decode()

    assert {text for each in wanted.values() for text in each if text not in page} == set()
    for nomination in made.nominations:
        traced = client.get(reverse("nomination-traces", args=[nomination.pk]), follow=True).content.decode()
        with override("id"):
            total = formats.hundredths(figures[nomination.candidate.region.code][1])
        assert total in traced


def test_the_page_of_consistency_takes_the_same_means(shown):
    made, figures = shown

    (found,) = consistency.consistency_of(made.selection)

    for each in found.candidates:
        scores, _total = figures[each.nomination.candidate.region.code]
        weighed = sum(score * weight for score, weight in zip(scores, (1_500, 1_000, 500), strict=False))
        assert each.official == ranking.quotient(weighed, 3_000)


def test_the_command_shows_the_kernels_totals(shown):
    made, figures = shown
    out = io.StringIO()
    call_command("rank", made.selection.slug, title_path(made), "--format", "csv", stdout=out)

    rows = csv.DictReader(io.StringIO(out.getvalue()), delimiter=";" if ";" in out.getvalue() else ",")
    found = {row["code"]: int(row["total"].replace(",", "").replace(".", "")) for row in rows}

    assert found == {code: total for code, (_scores, total) in figures.items()}


def test_seal_lists_workbook_and_minutes_show_the_kernels_figures(shown):
    made, figures = shown
    by = builders.committee(made.selection)
    plenary.sealed(made, by)
    totals = {code: total for code, (_scores, total) in figures.items()}

    (ranked,) = rankings.sealed(made.selection.seal)
    listed = json.loads(actions.export_list(made.selection, "json", by=None))["entries"]
    book = openpyxl.load_workbook(io.BytesIO(actions.export_winners(made.selection, by=None)), data_only=True)

    assert {line.code: line.total for line in ranked.lines} == totals
    assert {one["code"]: round(one["total"] * 100) for one in listed} == totals
    assert of_sheet(book.worksheets[2]) == {code: [*scores, total] for code, (scores, total) in figures.items()}
    pages = documents.opened(documents.minutes(made, by)["minutes", "a4"].content).pages
    text = " ".join(page.extract_text() for page in pages)
    with override("id"):
        assert {formats.hundredths(total) for total in totals.values()} - set(text.split()) == set()


def test_recap_and_own_sheets_show_the_kernels_figures(shown):
    made, figures = shown

    tables = recaps.of_panel(made.selection)

    recapped = [{row[0]: row[-1] for row in table.rows} for table in tables]
    wanted = {str(each): figures[each.candidate.region.code][0] for each in made.nominations}
    assert recapped == [{name: scores[place] for name, scores in wanted.items()} for place in range(3)]
    seat = made.seats[0]
    for nomination, own in own_ranking.order(seat, made.nominations).items():
        marks = Mark.objects.filter(sheet__seat=seat, sheet__nomination=nomination)
        weighed = sum(mark.value * mark.criterion.weight for mark in marks.select_related("criterion"))
        assert own.points == int(ranking.half_up(np.array(weighed), np.array(ranking.WHOLE)))


def test_the_official_weights_tried_again_give_the_kernels_totals(shown, client):
    made, figures = shown
    plenary.sealed(made)
    client.force_login(builders.appointed(Role.NATIONAL_COMMITTEE, made.selection.edition))

    answer = client.get(reverse("what-if", args=[made.selection.slug, *title_path(made).split("/")]))

    rows = [row for group in answer.context["groups"] for row in group.rows]
    assert {row.line.code: row.total for row in rows} == {code: total for code, (_scores, total) in figures.items()}


def of_sheet(sheet) -> dict[str, list[int]]:
    """Code -> the scores in the order of the rubric and the total, as they are kept beside the formulas."""
    head = [cell.value for cell in sheet[HEAD_ROW + 1]]
    with override("id"):
        code, total = head.index(gettext("Code")), head.index(gettext("Total"))
    rows = sheet.iter_rows(min_row=HEAD_ROW + 2, values_only=True)
    return {row[code]: [round(one * 100) for one in (*row[6:11], row[total])] for row in rows if row[code]}
