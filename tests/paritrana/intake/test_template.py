"""The template and the words about the columns come from the description."""

import io

import openpyxl
from django.utils import translation

from paritrana.intake.template import described_columns, workbook
from tests.paritrana.intake.small import Loans


class Filled(Loans):
    def lines(self):
        return [{"address": "a@contoh.id", "shelf": "s", "count": 3, "_locked": {"address"}}]


def opened(intake):
    return openpyxl.load_workbook(io.BytesIO(workbook(intake)))


def test_the_template_has_the_headings_drop_downs_and_a_sheet_of_instructions():
    book = opened(Loans())
    sheet = book.worksheets[0]

    assert [cell.value for cell in sheet[1]] == ["E-mail", "Name", "Shelf", "Books", "Since", "Remark"]
    assert [row.formula1 for row in sheet.data_validations.dataValidation if row.type == "list"] == [
        "'Daftar'!$C$1:$C$2"
    ]
    assert [cell.value for cell in book["Daftar"]["C"]] == ["North", "South"]
    assert book.worksheets[-1].title == "Petunjuk"


def test_rows_the_portal_knows_are_filled_in_and_locked_where_they_may_not_be_typed():
    sheet = opened(Filled()).worksheets[0]

    assert [cell.value for cell in sheet[2]] == ["a@contoh.id", None, "South", 3, None, None]
    assert [cell.protection.locked for cell in sheet[2]] == [True, False, False, False, False, False]


def test_the_columns_are_described_with_what_may_be_left_empty():
    with translation.override("en"):
        found = described_columns(Loans())

    assert found[0] == {"heading": "E-mail", "help": "One a person.", "example": "a@contoh.id"}
    assert [column["heading"] for column in found if column["help"] == "May be left empty."] == [
        "Name",
        "Books",
        "Since",
    ]
