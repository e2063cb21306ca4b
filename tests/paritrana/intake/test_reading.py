"""One table description read: headings by any of their names, every fault of every row at once."""

import pytest
from django.utils import translation

from paritrana.intake import Column
from paritrana.intake.fields import TextField
from paritrana.intake.planning import plan
from paritrana.intake.reading import read
from paritrana.workbooks import Row, Table
from tests.paritrana.intake.small import Loans, table

HEAD = "e-mail,name,shelf,books"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def faults(*lines, columns=HEAD):
    return [(fault.row, fault.column, str(fault.message)) for fault in read(Loans(), table(columns, *lines)).faults]


@pytest.mark.parametrize("head", ["e-mail,name,shelf,books", "address,person,shelf,count", "mail,name,shelf,books"])
def test_a_column_is_known_by_its_heading_its_name_and_its_aliases(head):
    found = read(Loans(), table(head, "a@contoh.id,Ani,north,3"))

    assert found.rows[0].values == {"address": "a@contoh.id", "person": "Ani", "shelf": "n", "count": 3}
    assert found.faults == []


def test_every_fault_of_every_row_is_named_at_once():
    assert faults(",Ani,West,1.5", "b@contoh.id,Budi,South,x") == [
        (2, "address", "This cell is empty."),
        (2, "shelf", "“West” is not known here. Use one of: North, South."),
        (2, "count", "“1.5” has decimals. Type a whole number."),
        (3, "count", "“x” is not a number."),
    ]


def test_missing_foreign_and_repeated_columns_are_named_and_no_row_is_read():
    found = read(Loans(), table("mail,address,books,colour", "a,a,1,red"))

    assert [(fault.row, fault.column) for fault in found.faults] == [(1, "colour"), (1, "address"), (1, "shelf")]
    assert found.rows == []


def test_columns_for_the_eye_are_not_read_and_optional_ones_may_be_absent():
    found = read(Loans(), table("e-mail,shelf,books,remark", "a@contoh.id,North,3,seen"))

    assert found.rows[0].values == {"address": "a@contoh.id", "shelf": "n", "count": 3}


def test_a_number_of_a_spreadsheet_is_never_read_as_a_thousand_times_itself():
    rows = [Row(2, {"e-mail": "a", "name": "A", "shelf": "North", "books": 1.234}), Row(3, {"books": 3.0})]
    found = read(Loans(), Table(HEAD.split(","), rows))

    assert [(fault.row, fault.column) for fault in found.faults] == [(2, "count"), (3, "address"), (3, "shelf")]


def test_a_row_that_says_the_same_twice_is_refused_by_the_words_of_the_template():
    assert faults("a@contoh.id,Ani,North,1", "a@contoh.id,Ani,North,2") == [
        (3, "", "Row 2 already says something about the same E-mail, Shelf. Keep one.")
    ]


def test_rows_that_contradict_each_other_are_refused_with_both_values():
    assert faults("a@contoh.id,Ani,North,1", "a@contoh.id,Anis,South,2") == [
        (3, "person", "Row 2 has the same E-mail with “Ani” here.")
    ]


def test_an_empty_cell_contradicts_nothing():
    assert faults("a@contoh.id,,North,1", "a@contoh.id,Anis,South,2") == []


def test_a_fault_is_found_by_its_letter_and_the_heading_of_the_template():
    found = plan(Loans(), table("address,name,shelf,count", ",Ani,North,1"))

    assert (found.faults[0].column, found.places["address"], found.places["count"]) == (
        "address",
        "A · E-mail",
        "D · Books",
    )


def test_the_same_cell_is_judged_alike_in_every_row_and_by_its_kind():
    rows = [Row(at, {"e-mail": f"{at}", "name": "A", "shelf": "North", "books": 1}) for at in range(2, 5)]
    rows.append(Row(5, {"e-mail": "5", "name": "A", "shelf": "North", "books": 1.0}))

    found = read(Loans(), Table(HEAD.split(","), rows))

    assert [row.values["count"] for row in found.rows] == [1, 1, 1, 1]


class Placed(Loans):
    """One more needed column, and no row left empty."""

    def columns(self):
        return [*super().columns(), Column("place", TextField(label="Place"))]

    def is_left_empty(self, cells):
        return False


def test_a_note_below_the_table_is_one_fault_and_not_one_of_every_column():
    given = table("e-mail,name,shelf,books,place", "a,Ani,North,1,x", "Sumber: contoh,,,,")

    found = read(Placed(), given).faults

    assert [(fault.row, fault.column) for fault in found] == [(3, "address")]
    assert "Sumber: contoh" in found[0].message
