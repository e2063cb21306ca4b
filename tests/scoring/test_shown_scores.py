"""Whatever shows a score or a total shows the kernel's: pages, workbooks, lists, papers, the seal and the command."""

import copy
import csv
import io
import json
import re

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import strip_tags

from awards.models import Role
from paritrana.display import formats
from scoring import ranking
from scoring.documents.letterhead import letterhead_of
from scoring.documents.minutes import minutes
from scoring.documents.pages import Meeting
from scoring.documents.roll import roll_of
from scoring.documents.source import source_of
from scoring.exports import actions, recaps
from scoring.exports.workbook.book import FIRST
from scoring.models import Standing
from scoring.plenary.consistency import consistency_of
from tests import builders
from tests.once import each_once
from tests.scoring.trimmed import CAME, RANKED, SCORES, TOTALS, WEIGHTS, code, drawn, judged, published

pytestmark = pytest.mark.django_db
PATH = ["pemerintah-kabupaten-kota", "terbaik"]


STATES = {"live": judged, "announced": published}
built, live, announced = each_once(STATES)
BOTH = pytest.mark.parametrize("built", STATES, indirect=True, scope="module")


@pytest.fixture
def either(built, db):
    return copy.deepcopy(built)


def opened(client, made, name: str, *more, user=None, **asked) -> str:
    client.force_login(user or builders.committee(made.selection))
    answer = client.get(reverse(name, args=[made.selection.slug, *more]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(page: str, of: str = "code") -> dict[str, str]:
    """The rows of the page's tables by their code, or what else tells them apart."""
    return dict(re.findall(rf'<(?:tr|li)[^>]* data-{of}="([^"]+)"[^>]*>(.*?)</(?:tr|li)>', page, re.DOTALL))


def figures(cell: str) -> list[int]:
    """Every figure with two decimals in what is shown, in hundredths."""
    return [int(found.replace(",", "")) for found in re.findall(r"\d+,\d\d\b", strip_tags(cell))]


def cells(row: str, mark: str = "") -> list[list[int]]:
    return [figures(cell) for cell in re.findall(rf"<td[^>]*{mark}[^>]*>(.*?)</td>", row, re.DOTALL)]


def workbook(content: bytes) -> openpyxl.Workbook:
    """With the values kept beside the formulas."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def hundredths(points: object) -> int | None:
    return round(points * 100) if isinstance(points, int | float) else None


def test_the_selection_has_what_it_is_meant_to_have():
    assert (TOTALS["51.05"], TOTALS["51.06"]) == (None, TOTALS["51.07"])
    assert len(set(RANKED.values())) == 5
    assert any(ranking.score(row.tolist()) != ranking.score(row.tolist(), trim=True) for row in drawn()[0])


def test_the_stored_standings(live):
    found = Standing.objects.values_list("nomination__candidate__region__code", "total")

    assert dict(found) == TOTALS


@BOTH
def test_the_ranking_page(client, either):
    page = opened(client, either, "ranking", "/".join(PATH))

    found = rows(page)
    ranked = {key: row for key, row in found.items() if key in RANKED}
    assert {key: figures(row.split("<strong>")[1].split("</strong>")[0])[0] for key, row in ranked.items()} == RANKED
    assert {key: [one[0] for one in cells(row, "data-fold")] for key, row in ranked.items()} == {
        key: list(SCORES[key].values()) for key in RANKED
    }


@BOTH
@pytest.mark.parametrize("number", range(len(CAME)))
def test_the_trace_of_a_candidate(client, either, number):
    page = opened(client, either, "trace", *PATH, either.nominations[number].pk)

    steps = {slug: cells(row)[0] for slug, row in rows(page, "criterion").items()}
    sums = re.findall(r"<strong data-total>(.*?)</strong>", page)
    assert steps == {slug: [] if one is None else [one] for slug, one in SCORES[code(number)].items()}
    assert [figures(one)[-1:] for one in sums if figures(one)] == ([[TOTALS[code(number)]]] if number != 4 else [])


def official() -> dict[str, int]:
    """The scores the jurors gave, weighed against each other."""
    asked = list(WEIGHTS)[:3]
    return {
        key: ranking.weighted(
            [(SCORES[key][slug], WEIGHTS[slug]) for slug in asked], sum(WEIGHTS[slug] for slug in asked)
        )
        for key in RANKED
    }


def test_the_page_of_even_marking(client, live):
    page = opened(client, live, "uniformity", user=live.seats[0].user)

    shown = {int(key): cells(row)[0] for key, row in rows(page, "nomination").items()}
    codes = {one.pk: one.candidate.region.code for one in live.nominations}
    assert {codes[key]: value for key, (value,) in shown.items()} == official()
    (category,) = consistency_of(live.selection)
    assert {one.nomination.candidate.region.code: one.official for one in category.candidates} == official()


def test_the_recap_of_the_panel(live):
    tables = recaps.of_panel(live.selection)

    names = {str(one): one.candidate.region.code for one in live.nominations}
    for slug, table in zip(list(WEIGHTS)[:3], tables, strict=True):
        assert {names[str(row[0])]: row[-1] for row in table.rows} == {key: SCORES[key][slug] for key in TOTALS}


@pytest.mark.parametrize("form", ["plain", "criteria"])
def test_the_command_that_ranks(live, form):
    out = io.StringIO()
    more = ["--criteria"] if form == "criteria" else []
    call_command("rank", live.selection.slug, "/".join(PATH), "--format", "csv", *more, stdout=out)

    found = {row["code"]: row for row in csv.DictReader(io.StringIO(out.getvalue()))}
    shown = {key: {name: cell.replace(".", "") for name, cell in row.items()} for key, row in found.items()}
    assert {key: row["total"] for key, row in shown.items()} == {key: text(total) for key, total in TOTALS.items()}
    if form == "criteria":
        assert {key: {slug: int(row[slug] or -1) for slug in WEIGHTS} for key, row in shown.items()} == {
            key: {slug: -1 if one is None else one for slug, one in of.items()} for key, of in SCORES.items()
        }


def text(value: int | None) -> str:
    return "" if value is None else str(value)


def test_other_weights_that_are_the_official_ones(client, announced):
    designer = builders.appointed(Role.NATIONAL_COMMITTEE, announced.selection.edition)
    page = opened(client, announced, "what-if", *PATH, user=designer)

    shown = {key: [of[0] for of in cells(row) if of] for key, row in rows(page).items()}
    assert shown == {key: [total, total] for key, total in RANKED.items()}


@BOTH
def test_the_winners_workbook_with_the_values_kept_in_it(either):
    book = workbook(actions.export_winners(either.selection, by=None))

    (head, *found) = list(book.worksheets[2].iter_rows(min_row=FIRST, values_only=True))
    scores, total = slice(6, 6 + len(WEIGHTS)), 6 + 2 * len(WEIGHTS)
    ranked = {row[2]: row for row in found if row[2] in RANKED}
    assert head[total]
    assert {key: hundredths(row[total]) for key, row in ranked.items()} == RANKED
    assert {key: [hundredths(one) for one in row[scores]] for key, row in ranked.items()} == {
        key: list(SCORES[key].values()) for key in RANKED
    }


@BOTH
@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_the_plain_lists(either, form):
    content = actions.export_list(either.selection, form, by=None)

    assert READ[form](content) == RANKED


def of_csv(content: bytes) -> dict[str, int]:
    entries = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    return {one["code"]: int(one["total"].replace(",", "")) for one in entries}


def of_json(content: bytes) -> dict[str, int | None]:
    return {one["code"]: hundredths(one["total"]) for one in json.loads(content)["entries"]}


def of_xlsx(content: bytes) -> dict[str, int | None]:
    found = workbook(content).worksheets[0].iter_rows(min_row=FIRST + 1, values_only=True)
    return {row[7]: hundredths(row[10]) for row in found}


READ = {"csv": of_csv, "json": of_json, "xlsx": of_xlsx}


def test_the_sealed_document(announced):
    (output,) = json.loads(announced.selection.seal.payload)["outputs"]

    assert {line["code"]: line["total"] for line in output["lines"]} == TOTALS
    assert {line["code"]: line["scores"] for line in output["lines"]} == SCORES


@BOTH
def test_the_minutes(either):
    selection = either.selection

    at = {"head": letterhead_of(selection), "paper": "a4", "code": ""}
    told = minutes(source_of(selection), Meeting(), roll_of(selection), DEFAULTS, **at)

    (table,) = told["rankings"]
    column = table["numbers"][0]
    shown = sorted(row[column] for group in table["groups"] for row in group["rows"])
    assert shown == sorted(formats.hundredths(total) for total in RANKED.values())


DEFAULTS = dict.fromkeys(["opening", "legal", "method", "closing", "attachments"], "")


def test_the_result_page(client, announced):
    page = opened(client, announced, "result")

    assert {key: cells(row)[-1][0] for key, row in rows(page).items()} == RANKED


def test_the_page_before_the_seal(client, live):
    page = opened(client, live, "checks")

    assert {key: cells(row)[-1][0] for key, row in rows(page).items()} == RANKED


@pytest.mark.parametrize("number", [0, 2, 6])
def test_the_copy_for_the_candidate(client, announced, number):
    page = opened(client, announced, "candidate-copy", *PATH, announced.nominations[number].pk)

    summary = page.split("<tbody>")[1].split("</tfoot>")[0]
    scores = [cells(row)[0] for row in re.findall(r"<tr>(.*?)</tr>", summary.split("</tbody>")[0], re.DOTALL)]
    assert scores == [[one] for one in SCORES[code(number)].values()]
    assert figures(summary.split("<tfoot>")[1])[-1] == TOTALS[code(number)]


def test_the_public_page_and_its_file(client, announced):
    page = client.get(reverse("public-result", args=[announced.selection.slug])).content.decode()
    listed = json.loads(client.get(reverse("winners-json")).content)["winners"]

    assert {key: figures(row)[-1] for key, row in rows(page).items()} == RANKED
    assert sorted(int(one["total"].replace(".", "")) for one in listed) == sorted(RANKED.values())
