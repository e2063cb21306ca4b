"""Text tables, workbooks of LibreOffice, and files that only call themselves a table."""

from datetime import date

import pytest
from django.utils import translation

from tests.paritrana.workbooks import spreadsheets as made
from tests.paritrana.workbooks.spreadsheets import faults, ods, read, refusal, rows, sheet, xlsx


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


# Text files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_is_read_in_the_encodings_and_with_the_separators_programs_use(encoding, delimiter):
    text = f"a{delimiter}b\r\nKafé – „Jaya”{delimiter}1\r\n"

    assert rows(read(text.encode(encoding), "t.csv")) == [(2, ["Kafé – „Jaya”", "1"])]


def test_text_in_windows_1252_is_read_and_said_to_be():
    assert [note for note in read("a,b\nKafé,1".encode("cp1252"), "t.csv").notes if "Windows-1252" in note]


def test_text_that_mixes_encodings_is_refused_with_its_line():
    told = refusal("a,b\nKafé,1\n".encode() + "Kafé,2\n".encode("cp1252"), "t.csv")

    assert ("line 3" in told, "CSV UTF-8" in told) == (True, True)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_line_that_names_the_separator_is_no_row(separator):
    text = f"sep={separator}\r\na{separator}b\r\n1{separator}2\r\n"

    assert rows(read(text.encode(), "t.csv")) == [(2, ["1", "2"])]


def test_decimal_commas_do_not_make_a_comma_the_separator():
    assert rows(read(b"Judul, dengan koma\na;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n", "t.csv"))[0] == (
        3,
        ["1,5", "2,5", "3,5"],
    )


@pytest.mark.parametrize(
    ("written", "meant"), [("2024.0", "2024"), ("52300.0", "52300"), ("51.0", "51.0"), ("1.5", "1.5")]
)
def test_a_whole_number_that_a_program_wrote_as_a_decimal_one_is_whole(written, meant):
    assert rows(read(f"a,b\n{written},x\n".encode(), "t.csv")) == [(2, [meant, "x"])]


def test_a_text_that_keeps_its_zeros_by_a_formula_is_that_text():
    assert rows(read(b'a,b\n="00123",x\n', "t.csv")) == [(2, ["00123", "x"])]


# Workbooks of LibreOffice


def ods_cell(inside="", **attributes):
    """A cell; ``value_type`` stands for ``office:value-type``, ``table_formula`` for ``table:formula``."""
    given = {
        name.replace("_", ":", 1) if name.startswith("table_") else f"office:{name}": text
        for name, text in attributes.items()
    }
    told = " ".join(f'{name.replace("_", "-")}="{text}"' for name, text in given.items())
    return f"<table:table-cell {told}>{inside}</table:table-cell>"


def ods_row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def ods_text(text):
    return ods_cell(f"<text:p>{text}</text:p>")


def ods_table(name, *rows):
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def test_a_workbook_of_libreoffice_is_read_as_it_is_shown():
    head = ods_row(*map(ods_text, "abcd"))
    said = ods_row(
        ods_cell("<text:p>31%</text:p>", value_type="percentage", value="0.31"),
        ods_cell("<text:p>2.024</text:p>", value_type="float", value="2024"),
        ods_cell(value_type="date", date_value="2024-12-31"),
        ods_cell(
            '<text:p>PT<text:s text:c="2"/>Contoh</text:p><office:annotation><text:p>x</text:p></office:annotation>'
        ),
        more='table:visibility="filter"',
    )
    far = ods_row(
        '<table:table-cell table:number-columns-repeated="16384"/>', more='table:number-rows-repeated="1048000"'
    )

    found = read(ods(ods_table("Data", head, said, far), ods_table("Lain")), "t.ods")

    assert (found.sheet, found.unread) == ("Data", ["Lain"])
    assert rows(found) == [(2, ["31%", 2024, date(2024, 12, 31), "PT  Contoh"])]
    assert [note for note in found.notes if note.startswith("Hidden rows")]


def test_a_formula_of_libreoffice_is_refused_like_any_other():
    row = ods_row(ods_cell(table_formula="of:=1", value_type="float", value="1"))

    assert faults(read(ods(ods_table("x", ods_row(ods_text("a")), row)), "t.ods"))[0][:2] == (2, "a")


def test_what_libreoffice_keeps_under_a_merged_cell_is_no_value():
    upper = ods_row('<table:table-cell table:number-rows-spanned="2"><text:p>1</text:p></table:table-cell>')
    lower = ods_row("<table:covered-table-cell><text:p>9</text:p></table:covered-table-cell>")

    found = faults(read(ods(ods_table("x", ods_row(ods_text("a")), upper, lower)), "t.ods"))

    assert [(row, column) for row, column, _text in found] == [(3, "a")]


@pytest.mark.parametrize(("repeated", "most"), [(3, 3), (1_048_000, None)])
def test_a_filled_row_that_is_repeated_is_there_as_often_or_too_often(repeated, most):
    again = ods_row(ods_text("1"), more=f'table:number-rows-repeated="{repeated}"')
    content = ods(ods_table("Data", ods_row(ods_text("a")), again))

    if most:
        assert [row.number for row in read(content, "t.ods").rows] == [2, 3, 4]
    else:
        assert "more than 50000 rows" in refusal(content, "t.ods")


def test_a_hidden_sheet_of_libreoffice_is_named_and_not_read():
    hiding = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    hidden = ods_table("Daftar", ods_row(ods_text("x"))).replace(
        "<table:table ", '<table:table table:style-name="ta1" '
    )
    shown = ods_table("Data", ods_row(ods_text("a")), ods_row(ods_text("1")))

    found = read(ods(hidden, shown, styles=hiding), "t.ods")

    assert (found.sheet, found.unread) == ("Data", ["Daftar (hidden)"])


def test_hidden_columns_of_libreoffice_are_taken_and_named():
    columns = '<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="{}"/>'
    rows_of = (ods_row(ods_text("a"), ods_text("b"), ods_text("c"), ods_text("d")), ods_row(ods_text("1")))

    for how in ("collapse", "filter"):
        found = read(ods(ods_table("Data", columns.format(how), *rows_of)), "t.ods")

        assert (found.columns, found.hidden) == (["a", "b", "c", "d"], ["b", "c"])


# What is refused


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "name", "cause"),
    [
        (OLE + "Workbook".encode("utf-16-le"), "t.xls", "old .xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "t.xlsx", "password"),
        (b"<html><table><tr><td>a</td></tr></table>", "t.xls", "web page"),
        (b"a,b\n1,2", "t.xls", ".xls"),
        (b'{"url": "https://docs.google.com"}', "t.gsheet", "Google Sheets"),
        (b"%PDF-1.7", "t.xlsx", "PDF"),
        (made.archive({"xl/workbook.bin": b"x"}), "t.xlsb", ".xlsb"),
        (made.archive({"Index/Document.iwa": b"x"}), "t.numbers", "Apple Numbers"),
        (made.archive({"word/document.xml": b"x"}), "t.docx", "Word"),
        (xlsx(sheet(["a"], [1]), parts={"xl/vbaProject.bin": "x"}), "t.xlsm", "macros"),
        (xlsx(sheet(["a"], [1]), parts={"xl/externalLinks/externalLink1.xml": "<x/>"}), "t.xlsx", "Edit Links"),
        (ods(manifest="<encryption-data/>"), "t.ods", "password"),
    ],
)
def test_what_is_no_table_of_ours_is_refused_by_what_it_is(content, name, cause):
    assert cause in refusal(content, name)


@pytest.mark.parametrize("name", ["t.xls", "t.xlsb", "t.doc"])
def test_the_way_out_names_the_menu_of_excel_in_indonesian(name):
    with translation.override("id"):
        assert "Simpan Sebagai > Buku Kerja Excel (*.xlsx)" in refusal(OLE, name)


def test_queries_of_other_data_do_not_keep_a_table_from_being_read():
    parts = {"xl/connections.xml": "<connections/>", "xl/queryTables/q1.xml": "<x/>", "customXml/item1.xml": "<x/>"}

    assert rows(read(xlsx(sheet(["a", "b"], [1, 2]), parts=parts))) == [(2, [1, 2])]


def test_a_workbook_is_known_by_its_content_whatever_it_is_called():
    assert rows(read(xlsx(sheet(["a", "b"], [1, 2])), "t.csv")) == [(2, [1, 2])]
