"""One table description read: headings by any of their names, every fault of every row at once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from paritrana.intake import Column
from paritrana.intake.fields import (
    AddressField,
    ChosenField,
    CountedField,
    DayCellField,
    NameField,
    TextField,
    YearField,
    YesField,
)
from paritrana.intake.planning import plan
from paritrana.intake.reading import read
from paritrana.workbooks import Fault, Row, Table
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
        (3, "count", "“x” is not a number. Type digits."),
    ]


def test_a_hidden_column_is_read_and_named_and_one_nobody_reads_is_refused_with_the_way_to_see_it():
    known, strange = table(HEAD, "a@contoh.id,Ani,North,3"), table(f"{HEAD},colour", "a@contoh.id,Ani,North,3,red")
    known.hidden, strange.hidden = ["books"], ["colour"]

    found, refused = read(Loans(), known), read(Loans(), strange)

    assert [row.values["count"] for row in found.rows] == [3]
    assert [(warning.row, warning.column) for warning in found.warnings] == [(1, "count")]
    assert "hidden" in str(found.warnings[0].message)
    assert [fault.column for fault in refused.faults] == ["colour"]
    assert "Unhide" in refused.faults[0].message


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


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Total,,,7", "The row sums the others. Remove it."),
        ("Jumlah seluruhnya,,,7", "The row sums the others. Remove it."),
        ("J U M L A H,,,7", "The row sums the others. Remove it."),
        ("Total/Jumlah :,,,7", "The row sums the others. Remove it."),
        (",Grand Total,,7", "The row sums the others. Remove it."),
        ("Rata-rata,,,7", "The row sums the others. Remove it."),
        ("e-mail,name,shelf,books", "The row repeats the headings. Remove it."),
        ("(1),(2),(3),(4)", "The row numbers the columns. Remove it."),
        ("1,2,3,4", "The row numbers the columns. Remove it."),
    ],
)
def test_a_row_that_is_none_is_told_once(line, said):
    assert faults("a@contoh.id,Ani,North,3", line) == [(3, "", said)]


def test_a_name_that_begins_like_a_sum_is_a_name():
    assert faults("total@contoh.id,Total Jaya,North,3") == []


def test_columns_there_twice_are_told_once_with_both_places():
    book = table("e-mail,name,shelf,books,x,x", "a,b,North,1,2,3")

    found = plan(Loans(), book)

    assert found.places["x"] == "E, F · x"
    assert [fault.column for fault in found.faults] == ["x"]


def test_every_row_with_a_fault_is_one_of_the_file():
    book = table(HEAD, "a@contoh.id,Ani,North,3")
    book.faults.append(Fault(3, "", "Cell H3 has no heading."))

    found = plan(Loans(), book)

    assert (found.numbers, found.refused) == ([2, 3], [3])


@pytest.mark.parametrize(
    ("field", "cell", "meant"),
    [
        (CountedField(), date(2043, 3, 10), "52300"),
        (YearField(check=lambda year: None), date(1905, 7, 16), "2024"),
        (YearField(check=lambda year: None), date(2024, 12, 31), "2024"),
        (YearField(check=lambda year: None), "TA 2024", "2024"),
        (YearField(check=lambda year: None), "２０２４", "2024"),
        (AddressField(), "Ani <ani@contoh.id>", "ani@contoh.id"),
        (AddressField(), "аni@contoh.id", "ani@contoh.id"),
        (AddressField(), "mailto:ani@contoh.id", "ani@contoh.id"),
    ],
)
def test_what_a_cell_seems_to_mean_is_proposed(field, cell, meant):
    with pytest.raises(ValidationError, match=f"(mean|Type) “?{meant}"):
        Column("x", field).read(cell)


@pytest.mark.parametrize("cell", ["besok", "24"])
def test_of_what_may_be_any_year_none_is_proposed(cell):
    with pytest.raises(ValidationError, match="four digits"):
        Column("x", YearField(check=lambda year: None)).read(cell)


@pytest.mark.parametrize(("cell", "ticked"), [("TRUE", True), ("FALSE", False), ("yes", True), ("", False)])
def test_a_box_to_tick_is_a_yes_or_no(cell, ticked):
    assert YesField(required=False).clean(cell) is ticked


def test_a_dash_is_no_name():
    with pytest.raises(ValidationError, match="is no name"):
        NameField().clean("-")


def test_a_note_in_two_cells_is_one_fault():
    assert faults("a@contoh.id,Ani,North,3", "Sumber:,BPS 2024,,4") == [
        (3, "address", "The row holds only “Sumber: BPS 2024 4”. Fill it in, or remove it.")
    ]


def test_a_column_that_numbers_the_rows_is_passed_over_and_a_row_with_its_number_alone_is_empty():
    found = read(Loans(), table("no.,e-mail,name,shelf,books", "1,a@contoh.id,Ani,North,3", "2,,,,"))

    assert ([row.row for row in found.rows], found.empty, found.faults) == ([2], [3], [])
    assert [(warning.row, warning.column) for warning in found.warnings] == [(1, "no.")]


@pytest.mark.parametrize(
    ("heading", "is_known"), [("books (orang)", True), ("books (%)", True), ("books (ribu)", False)]
)
def test_a_unit_behind_a_heading_is_passed_over_where_it_changes_no_number(heading, is_known):
    assert (not read(Loans(), table(f"e-mail,name,shelf,{heading}", "a@contoh.id,Ani,North,3")).faults) is is_known


@pytest.mark.parametrize("nothing", ["-", "–", "n/a", "N/A", "nihil", "Tidak ada"])
def test_a_dash_says_nothing_where_a_cell_may_be_empty_and_is_refused_elsewhere(nothing):
    found = read(Loans(), table(HEAD, f"a@contoh.id,{nothing},North,3", f"{nothing},Ani,North,3"))

    assert [(row.row, row.values["person"]) for row in found.rows] == [(2, "")]
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, "address")]
    assert "says nothing" in found.faults[0].message


def test_a_dash_in_a_list_that_has_it_is_chosen():
    field = ChosenField(label="Rule", required=False, options=lambda: {"Tidak ada": 0, "Perda": 1})

    assert Column("rule", field).said("tidak ada") == "tidak ada"
    assert Column("rule", field).said("-") is None


@pytest.mark.parametrize(
    ("heading", "said"), [("e-mail;name;shelf;books", "one cell"), ("a@contoh.id", "names no column")]
)
def test_a_table_that_is_none_is_told_in_one_sentence(heading, said):
    found = read(Loans(), Table([heading], [Row(2, {heading: "x;y;z"})])).faults

    assert [said in fault.message for fault in found] == [True]


def test_a_formula_that_only_numbers_the_rows_is_not_read():
    given = table("no,e-mail,name,shelf,books", "1,a,Ani,North,1", ",b,Budi,South,2")
    given.faults.append(Fault(3, "no", "This is a formula."))
    given.rows[1] = Row(3, given.rows[1].cells, frozenset({"no"}))

    found = read(Loans(), given)

    assert ([row.row for row in found.rows], found.faults) == ([2, 3], [])


@pytest.mark.parametrize("typed", ["31/12/2024", "12/31/2024", "31 Desember 2024", "2024/12/31", "Selasa, 31-12-2024"])
def test_a_day_is_taken_where_no_other_can_be_meant(typed):
    assert Column("x", DayCellField()).read(typed) == date(2024, 12, 31)


@pytest.mark.parametrize("typed", ["31-12-24", "45657", "20241231", "30/2/2024", "Desember 2024"])
def test_a_day_without_its_whole_year_or_none_is_refused(typed):
    with pytest.raises(ValidationError):
        Column("x", DayCellField()).read(typed)


@pytest.mark.parametrize("typed", ["ani@contoh", "ani@contoh.id, ani2@contoh.id", "Ani"])
def test_what_is_no_single_address_is_told_with_how_one_is_written(typed):
    with pytest.raises(ValidationError, match="one person a row"):
        Column("x", AddressField()).read(typed)
