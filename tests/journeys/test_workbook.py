"""The winners workbook in front of LibreOffice: what its formulas give is what was sealed, and a changed mark shows."""

import datetime
import json

import openpyxl
import pytest
from django.utils import translation
from django.utils.translation import gettext

from scoring.exports import workbook
from scoring.exports.workbook.book import FIRST, HEAD_ROW
from scoring.exports.workbook.check_sheet import OK, SUMMARY
from tests import builders
from tests.scoring.documents import panel_documents
from tests.scoring.sealing.test_golden_seal import FOLDER

pytestmark = [pytest.mark.django_db, pytest.mark.complete]
AT = datetime.datetime(2024, 5, 1, 3, tzinfo=datetime.UTC)


def panels():
    """Four categories with every kind of criterion, of which two trim; ties by rule, by the plenary, and shared."""
    return panel_documents.agree(panel_documents.twins(panel_documents.document(7)))


@pytest.fixture
def written(tmp_path):
    """Write the workbook of a document, without the values kept beside the formulas: a reader has to compute them."""

    def write(document, change=lambda book: None):
        selection = builders.selection(at=builders.province())
        path = tmp_path / "pemenang.xlsx"
        path.write_bytes(workbook.winners(selection, document, None, exporter="Penguji", at=AT))
        told = openpyxl.load_workbook(path, data_only=True)
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
        return path, told

    return write


def cells(book):
    return {
        (sheet.title, cell.coordinate): cell.value or 0
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float) or (cell.value and cell.value != "-")
    }


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_figure_libreoffice_computes_is_the_one_that_was_sealed(written, recalculated, language):
    document = panels()
    with translation.override(language):
        path, told = written(document)
        found = openpyxl.load_workbook(recalculated(path), data_only=True)
        ranked_there = sorted(row for sheet in found for row in places(sheet))

    assert cells(found) == cells(told)
    sealed = [(line["code"], line["place"], line["total"] / 100) for line in ranked(document)]
    assert ranked_there == sorted(sealed)
    assert {line["decided_by"].get("by") for line in ranked(document)} == {None, "aspect", "criterion", "plenary"}


@pytest.mark.parametrize("name", ["above", "above-1"])
def test_a_share_above_full_is_computed_as_it_was_sealed(written, recalculated, name):
    path, told = written(json.loads((FOLDER / f"{name}.json").read_text()))

    assert cells(openpyxl.load_workbook(recalculated(path), data_only=True)) == cells(told)


def test_a_changed_mark_moves_the_place_and_the_check_turns_to_the_difference(written, recalculated):
    document = panels()
    out = document["outputs"][0]
    best = next(line for line in out["lines"] if line["place"] == 1)

    def lower(book):
        sheet = next(one for one in book if str(one.cell(HEAD_ROW + 1, 3).value).startswith("Mark 7 ·"))
        row = next(row for row in sheet.iter_rows(min_row=FIRST + 1) if row[0].value == best["code"])
        for cell in row[2:]:
            cell.value = 0

    path, _told = written(document, lower)

    found = openpyxl.load_workbook(recalculated(path), data_only=True)

    (check,) = [sheet for sheet in found if sheet.cell(FIRST + 1, SUMMARY[1] + 1).value in {OK, "BEDA", "DIFFERS"}]
    of_it = next(row for row in table(check) if row[3] == best["code"] and row[0] == out["name"])
    assert (of_it[5], of_it[8]) == (best["total"] / 100, 1)
    assert of_it[6] < of_it[5]
    assert of_it[9] > 1
    assert of_it[SUMMARY[1]] != OK
    assert check.cell(SUMMARY[0] + 1, SUMMARY[1] + 1).value != OK


def table(sheet):
    return list(sheet.iter_rows(min_row=FIRST + 1, values_only=True))


def places(sheet):
    """Code, place and total of a sheet of a title and a group; nothing of other sheets."""
    head = [cell.value for cell in sheet[HEAD_ROW + 1]]
    first, total = gettext("Place"), gettext("Total")
    return [(row[2], row[0], row[head.index(total)]) for row in table(sheet)] if head[:1] == [first] else []


def ranked(document):
    return [line for out in document["outputs"] for line in out["lines"] if line["place"]]
