"""The workbook computes a share above 100 % as the format of its document does."""

import datetime
import io
import json

import openpyxl
import pytest

from scoring.exports import workbook
from scoring.exports.workbook.book import FIRST
from tests import builders
from tests.scoring.sealing.test_golden_seal import FOLDER

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2024, 5, 1, 3, tzinfo=datetime.UTC)


def formulas(name):
    """Those of the first contender that divide participants by workers on the sheet of scores."""
    document = json.loads((FOLDER / f"{name}.json").read_text())
    content = workbook.winners(builders.selection(at=builders.province()), document, None, exporter="Penguji", at=AT)
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [[str(cell.value) for cell in sheet[FIRST + 1]] for sheet in book]
    return [value for row in rows for value in row if value.startswith("=IF(COUNT(") and "*10000/" in value]


def test_only_a_share_that_is_cut_has_the_smaller_of_the_two_in_its_formula():
    assert [("MIN(100," in formula) for formula in formulas("above")] == [True, False]


def test_the_workbook_of_a_result_of_the_first_format_cuts_nothing():
    assert [("MIN(100," in formula) for formula in formulas("above-1")] == [False, False]
