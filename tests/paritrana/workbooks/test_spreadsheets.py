"""Files as spreadsheet programs and people really write them: read right, or refused with the cause and the way out."""

from datetime import date

import pytest
from django.utils import translation

from paritrana.workbooks.headings import likened
from tests.paritrana.workbooks import spreadsheets as made
from tests.paritrana.workbooks.spreadsheets import (
    DAY,
    LITERAL,
    PERCENT,
    SHARE,
    faults,
    formula,
    number,
    read,
    refusal,
    rows,
    sheet,
    xlsx,
)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


# Numbers


def test_a_number_shown_as_a_percentage_is_the_percentage_that_is_shown():
    line = [number(0.31, PERCENT), number(1, PERCENT), number(0.07, SHARE), number(0.1 + 0.2, PERCENT)]

    table = read(xlsx(sheet(["a", "b", "c", "d"], line)))

    assert rows(table) == [(2, ["31%", "100%", "7%", "30%"])]


def test_a_percent_sign_that_is_only_text_of_the_format_changes_no_number():
    assert rows(read(xlsx(sheet(["a", "b"], [number(31.5, LITERAL), "x"])))) == [(2, [31.5, "x"])]


@pytest.mark.parametrize("written", ["2024", "2024.0", "2.024E3"])
def test_a_whole_number_is_whole_however_a_program_writes_it(written):
    table = read(xlsx(sheet(["a", "b"], [number(written), "x"])))

    assert (rows(table), type(table.rows[0].cells["a"])) == ([(2, [2024, "x"])], int)


@pytest.mark.parametrize(
    ("written", "meant"), [(45657, date(2024, 12, 31)), (45657.75, date(2024, 12, 31)), (59, date(1900, 2, 28))]
)
def test_a_number_shown_as_a_day_is_that_day(written, meant):
    assert rows(read(xlsx(sheet(["a", "b"], [number(written, DAY), "x"])))) == [(2, [meant, "x"])]


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    workbook = f'<workbook xmlns="{made.MAIN}" xmlns:r="{made.OFFICE}"><workbookPr date1904="1"/>'
    workbook += '<sheets><sheet name="a" r:id="rId1"/></sheets></workbook>'

    table = read(xlsx(sheet(["a", "b"], [number(44195, DAY), "x"]), parts={"xl/workbook.xml": workbook}))

    assert rows(table) == [(2, [date(2024, 12, 31), "x"])]


@pytest.mark.parametrize("written", ["nan", "inf", "12a"])
def test_a_number_that_is_none_is_a_fault_of_its_cell(written):
    assert faults(read(xlsx(sheet(["a", "b"], [number(written), 1]))))[0][:2] == (2, "a")


# Formulas


def test_a_formula_is_refused_with_the_menu_that_makes_values_of_it():
    table = read(xlsx(sheet(["a", "b"], [formula("1+1", "2"), formula("1+1")])))

    told = faults(table)
    assert [fault[:2] for fault in told] == [(2, "a"), (2, "b")]
    assert "Paste > Values" in told[0][2]
    assert "without a result" in told[1][2]


# Strict workbooks and spoiled parts


def test_a_strict_open_xml_workbook_is_read():
    content = xlsx(sheet(["a", "b"], ['<c t="d"><v>2024-12-31T00:00:00</v></c>', number(0.5, PERCENT)]), is_strict=True)

    assert rows(read(content)) == [(2, [date(2024, 12, 31), "50%"])]


@pytest.mark.parametrize(
    "spoiled",
    [
        '<fonts><font><color rgb="nonsense"/><family val="99"/></font></fonts><fills><fill/></fills>',
        '<cellXfs><xf numFmtId="0" fontId="77" fillId="-1" borderId="x"/></cellXfs>',
        "",
    ],
)
def test_spoiled_styles_do_not_matter_where_they_say_nothing_about_numbers(spoiled):
    assert rows(read(xlsx(sheet(["a", "b"], [number(5, 3), "x"]), styles=spoiled))) == [(2, [5, "x"])]


def test_styles_that_cannot_be_read_at_all_are_refused_with_the_way_out():
    told = refusal(xlsx(sheet(["a", "b"], [number(0.31, PERCENT), 1]), parts={"xl/styles.xml": "<styleSheet"}))

    assert "Save As > Excel Workbook (*.xlsx)" in told


def test_properties_and_names_nobody_needs_may_be_spoiled():
    parts = {"docProps/core.xml": "<broken", "xl/theme/theme1.xml": "", "xl/calcChain.xml": "<c"}

    assert rows(read(xlsx(sheet(["a", "b"], [1, 2]), parts=parts))) == [(2, [1, 2])]


def test_shared_texts_are_read_in_pieces_without_their_pronunciation():
    texts = ["<t>a_x000D_\nb</t>", "<r><t>PT </t></r><r><t>Contoh</t></r><rPh sb='0' eb='1'><t>yomi</t></rPh>"]
    content = xlsx(sheet(['<c t="s"><v>0</v></c>', "c"], ['<c t="s"><v>1</v></c>', "x"]), texts=texts)

    table = read(content)

    assert (table.columns, rows(table)) == (["a b", "c"], [(2, ["PT Contoh", "x"])])


def test_rows_and_cells_without_their_numbers_are_the_next_ones():
    data = '<row><c t="inlineStr"><is><t>a</t></is></c><c t="str"><v>b</v></c></row><row><c><v>1</v></c><c/></row>'

    table = read(xlsx(f'<worksheet xmlns="{made.MAIN}"><sheetData>{data}</sheetData></worksheet>'))

    assert (table.columns, rows(table)) == (["a", "b"], [(2, [1, None])])


# Rows and sheets


def test_a_formatted_empty_cell_far_away_is_no_row_and_no_column():
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    xml = sheet(["a", "b"], [1, 2]).replace("</sheetData>", f"{far}</sheetData>")

    table = read(xlsx(xml))

    assert (rows(table), table.faults) == ([(2, [1, 2])], [])


def test_a_filled_cell_far_below_is_refused_with_its_row():
    far = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'

    assert "1048576" in refusal(xlsx(sheet(["a", "b"], [1, 2]).replace("</sheetData>", f"{far}</sheetData>")))


def test_hidden_rows_are_taken_and_named():
    table = read(xlsx(sheet(["a", "b"], [1, 2], [3, 4], [5, 6], [7, 8], [9, 10], hidden={3, 4, 6})))

    assert len(table.rows) == 5
    assert [note for note in table.notes if "3–4, 6" in note]


def test_hidden_and_invisibly_narrow_columns_are_taken_and_named():
    columns = (
        '<cols><col min="1" max="1" width="9"/><col min="2" max="3" hidden="1"/><col min="4" max="4" width="0"/></cols>'
    )
    some = sheet(["a", "b", "c", "d"], [1, 2, 3, 4]).replace("<sheetData>", f"{columns}<sheetData>")

    table = read(xlsx(some))

    assert (rows(table), table.hidden) == ([(2, [1, 2, 3, 4])], ["b", "c", "d"])


def test_sheets_that_are_not_read_are_named_and_hidden_ones_are_called_so():
    some = sheet(["a", "b"], [1, 2])

    table = read(xlsx(some, some, some, names=["2023", "2024", "Daftar"], states=["visible", "visible", "hidden"]))

    assert (table.sheet, table.unread) == ("2023", ["2024", "Daftar (hidden)"])
    assert [note for note in table.remarks if "2024, Daftar (hidden)" in note]


def test_the_first_sheet_that_holds_anything_is_read():
    table = read(xlsx(sheet(), sheet(["a", "b"], [1, 2]), names=["Sampul", "Data"]))

    assert (table.sheet, table.unread, rows(table)) == ("Data", ["Sampul"], [(2, [1, 2])])


def test_a_hidden_sheet_is_never_read_instead_of_a_visible_one():
    content = xlsx(sheet(["a", "b"], [9, 9]), sheet(["a", "b"], [1, 2]), states=["hidden", "visible"])

    assert rows(read(content)) == [(2, [1, 2])]


def test_a_file_without_rows_names_the_sheets_they_may_stand_on():
    assert "2024" in refusal(xlsx(sheet(["a", "b"]), sheet(["a", "b"], [1, 2]), names=["2023", "2024"]))


# Headings


@pytest.mark.parametrize("start", [(1, 2), (4, 0), (7, 3)])
def test_a_table_may_begin_in_any_row_and_column_and_that_is_said(start):
    row, column = start

    table = read(xlsx(sheet(["a", "b"], [1, 2], first_row=row, first_column=column)))

    assert (table.columns, rows(table), table.header) == (["a", "b"], [(row + 1, [1, 2])], row)
    assert [note for note in table.notes if f"{made.letter(column)}{row}" in note]


def test_titles_above_the_table_are_passed_over_and_named():
    title = [["CAKUPAN TAHUN 2024"], ["Provinsi", "Bali"], None]

    table = read(xlsx(sheet(*title, ["a", "b", "c", "d", "e"], [1, 2, 3, 4, 5])))

    assert (table.columns, table.header) == (["a", "b", "c", "d", "e"], 4)
    assert [note for note in table.notes if "1–2" in note]


@pytest.mark.parametrize("heading", ["region\ncode", "Region  Code", "region_code", " region\u00a0code", "REGION-CODE"])
def test_headings_are_the_same_however_their_words_are_parted(heading):
    table = read(xlsx(sheet([heading, "b"], ["51.01", 1])))

    assert (likened(table.columns[0]), table.faults) == ("region code", [])


def test_an_empty_column_inside_the_table_is_none_and_a_cell_in_it_is_named():
    table = read(xlsx(sheet(["a", None, "b"], [1, None, 2], [3, "x", 4])))

    assert (table.columns, rows(table)) == (["a", "b"], [(2, [1, 2])])
    assert "B3" in faults(table)[0][2]


# Invisible characters


@pytest.mark.parametrize(
    ("typed", "code", "meant"),
    [
        ("\u200b52300", "U+200B", "52300"),
        ("24080\u00a0", "U+00A0", "24080"),
        ("52\u202f300", "U+202F", "52300"),
        ("\u200e51.02", "U+200E", "51.02"),
        ("PU\u2066", "U+2066", "PU"),
        ("Kabu\u00adpaten", "U+00AD", "Kabupaten"),
        ("51\ufeff.02", "U+FEFF", "51.02"),
    ],
)
def test_characters_nobody_sees_are_named_with_what_was_meant(typed, code, meant):
    for content, name in ((xlsx(sheet(["a", "b"], [typed, 1])), "t.xlsx"), (f"a,b\n{typed},1".encode(), "t.csv")):
        told = faults(read(content, name))

        assert [fault[:2] for fault in told] == [(2, "a")]
        assert code in told[0][2]
        assert f"“{meant}”" in told[0][2]


def test_an_odd_space_between_words_is_a_space():
    assert rows(read("a,b\nPT\u00a0Contoh\u2003Jaya\u00a0,1".encode(), "t.csv")) == [(2, ["PT Contoh Jaya", "1"])]


@pytest.mark.parametrize("nothing", ["\u00a0", "\u200b", " \ufeff "])
def test_a_row_in_which_nothing_can_be_seen_is_no_row(nothing):
    assert [row.number for row in read(xlsx(sheet(["a", "b"], [nothing, None], [1, 2]))).rows] == [3]


COVERS = {
    "instructions": [["Petunjuk"], ["Provinsi", "Bali"], ["Isi lembar Data"]],
    "summary of Numbers": [
        ["This document was exported from Numbers."],
        [None, "Numbers Sheet Name", "Numbers Table Name", "Excel Worksheet Name"],
        [None, "Sheet 1"],
        [None, None, "Table 1", "Sheet 1"],
    ],
}


@pytest.mark.parametrize("cover", COVERS.values(), ids=COVERS.keys())
def test_a_cover_before_the_table_is_passed_over_and_named(cover):
    table = read(xlsx(sheet(*cover), sheet(["a", "b", "c"], [1, 2, 3]), names=["Sampul", "Data"]))

    assert (table.sheet, table.unread, rows(table)) == ("Data", ["Sampul"], [(2, [1, 2, 3])])


def test_of_two_tables_the_first_is_read():
    some = sheet(["a", "b", "c"], [1, 2, 3])

    assert read(xlsx(some, some, names=["2024", "2023"])).unread == ["2023"]


def test_an_apostrophe_before_a_number_is_how_people_keep_its_zeros():
    assert rows(read(b"a,b\n'0123,'51.03\n", "t.csv")) == [(2, ["0123", "51.03"])]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?"])
def test_an_error_of_a_spreadsheet_is_a_fault_as_text_too(error):
    assert faults(read(f"a,b\n{error},1\n".encode(), "t.csv"))[0][:2] == (2, "a")
