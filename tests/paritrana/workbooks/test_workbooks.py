"""Sheets from outside: read whole, or refused in one sentence, and never trusted."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from paritrana.workbooks import MOST_COLUMNS, MOST_ROWS, Unreadable, read_path, read_table


def table(content, name="table.csv"):
    return read_table(io.BytesIO(content if isinstance(content, bytes) else content.encode()), name)


def refusal(content, name="table.csv"):
    with pytest.raises(Unreadable) as caught:
        table(content, name)
    return str(caught.value)


def book(*rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def with_member(content, name, data, compress=zipfile.ZIP_DEFLATED):
    """The same archive with one member added or replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", compress) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(name, data)
    return made.getvalue()


def cells(found):
    return [(row.number, row.cells) for row in found.rows]


@pytest.mark.parametrize(
    "content",
    ["a,b\n1,x\n", "\ufeffa;b\r\n1;x\r\n", 'A , "B"\n"1",x'],
)
def test_csv_is_read_with_comma_or_semicolon_and_with_or_without_a_mark(content):
    found = table(content)

    assert (found.columns, found.faults) == (["a", "b"], [])
    assert cells(found) == [(2, {"a": "1", "b": "x"})]


def test_blank_rows_are_skipped_and_rows_keep_the_numbers_a_spreadsheet_shows():
    assert [row.number for row in table("a,b\n\n1,2\n,\n3,4\n").rows] == [3, 5]


def test_a_row_wider_than_its_header_is_a_fault():
    found = table("a,b\n1,2,3\n4,5")

    assert [(fault.row, fault.column) for fault in found.faults] == [(2, "")]
    assert [row.number for row in found.rows] == [3]


def test_a_column_named_twice_is_a_fault():
    assert [(fault.row, fault.column) for fault in table("a,a\n1,2").faults] == [(1, "a")]


def test_a_control_character_is_a_fault_of_its_cell_alone():
    found = table("a,b\nx\x07,1")

    assert [(fault.row, fault.column) for fault in found.faults] == [(2, "a")]
    assert (cells(found), found.rows[0].refused) == ([(2, {"a": None, "b": "1"})], {"a"})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"a,b\n",
        b"a,b\n\xc3\xa9,\xe9",
        b"a,b\n\x81,1",
        b"a,b\n1,\x002",
        b'a,b\n"1,2\n3,4',
        b"x" * (10 * 1024 * 1024 + 1),
        b"a\n" + b"1\n" * (MOST_ROWS + 1),
        b",".join([b"a"] * (MOST_COLUMNS + 1)),
        b"a\n" + b'"' + b"x" * 200_000 + b'"',
    ],
)
def test_a_csv_that_is_no_table_is_refused(content):
    assert refusal(content)


def test_a_workbook_is_read_with_its_own_types():
    found = table(book(["a", "b", "c"], [1, "x", date(2024, 12, 31)], [None, None, None], [2.5, None, True]), "t.xlsx")

    assert cells(found) == [
        (2, {"a": 1, "b": "x", "c": date(2024, 12, 31)}),
        (4, {"a": 2.5, "b": None, "c": "TRUE"}),
    ]


@pytest.mark.parametrize("content", ["=1+1", "=HYPERLINK(A1)", "#DIV/0!"])
def test_formulas_and_errors_of_a_workbook_are_faults_of_their_cell(content):
    found = table(book(["a", "b"], [content, 1]), "t.xlsx")

    assert [(fault.row, fault.column) for fault in found.faults] == [(2, "a")]


@pytest.mark.parametrize("name", ["t.xls", "t.xlsm", "t.ods", "t", "t.csv.exe"])
def test_other_kinds_of_file_are_refused(name):
    assert refusal(b"a,b\n1,2", name)


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_what_only_calls_itself_a_workbook_is_refused(content):
    assert refusal(content, "t.xlsx")


@pytest.mark.parametrize(
    "member",
    ["xl/vbaProject.bin", "xl/embeddings/oleObject1.bin", "xl/externalLinks/externalLink1.xml", "xl/activeX/a.bin"],
)
def test_a_workbook_with_active_parts_is_refused(member):
    assert refusal(with_member(book(["a"], [1]), member, b"<x/>"), "t.xlsx") != refusal(b"PK\x03\x04", "t.xlsx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = with_member(book(["a"], [1]), "xl/worksheets/sheet1.xml", b"\0" * 60_000_000)

    assert len(bomb) < 100_000
    assert refusal(bomb, "t.xlsx")


def test_many_small_members_are_refused():
    content = book(["a"], [1])
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as archive:
        for number in range(400):
            archive.writestr(f"xl/media/{number}.png", b"")

    assert refusal(made.getvalue(), "t.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused(encoding):
    evil = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'

    assert refusal(with_member(book(["a"], [1]), "xl/worksheets/sheet1.xml", evil.encode(encoding)), "t.xlsx")


def test_a_document_type_behind_a_long_comment_is_refused():
    evil = f'<?xml version="1.0"?><!--{"x" * 9000}--><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'

    assert refusal(with_member(book(["a"], [1]), "xl/worksheets/sheet1.xml", evil), "t.xlsx")


@pytest.mark.parametrize("claimed", ["A1:XFD1048576", f"{'1' * 500_000}x{'1' * 500_000}"])
def test_a_sheet_that_lies_about_its_size_is_read_by_what_it_holds(claimed):
    content = book(["a"], [1])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        honest = archive.read("xl/worksheets/sheet1.xml").decode()
    lying = honest.replace('ref="A1:A2"', f'ref="{claimed}"')
    assert lying != honest

    assert cells(table(with_member(content, "xl/worksheets/sheet1.xml", lying), "t.xlsx")) == [(2, {"a": 1})]


def test_a_cell_far_down_is_refused_without_walking_there():
    content = book(["a"], [1])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    far = sheet.replace('r="2"', 'r="1048576"').replace('r="A2"', 'r="A1048576"')
    assert far != sheet

    assert refusal(with_member(content, "xl/worksheets/sheet1.xml", far), "t.xlsx")


def test_a_cell_far_to_the_right_is_refused():
    assert refusal(book(["a"] * (MOST_COLUMNS + 1)), "t.xlsx")


def test_a_file_on_disk_is_read_and_an_absent_one_refused(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a\n1", encoding="utf-8")

    assert cells(read_path(path)) == [(2, {"a": "1"})]
    with pytest.raises(Unreadable):
        read_path(tmp_path / "absent.csv")
    with pytest.raises(Unreadable):
        read_path(tmp_path)


def test_a_comma_inside_a_number_does_not_shift_the_cells_behind_it():
    found = table("a,b,c,d\n1,52,300,x,\n2,5,6,x\n")

    assert [(fault.row, fault.column) for fault in found.faults] == [(2, "")]
    assert cells(found) == [(3, {"a": "2", "b": "5", "c": "6", "d": "x"})]


def test_empty_cells_every_line_ends_with_are_no_cells():
    assert cells(table("a,b,,\n1,2,,\n")) == [(2, {"a": "1", "b": "2"})]


@pytest.mark.parametrize(
    ("lines", "columns"),
    [
        (
            "Year,Code,Number,,Source\n,,Workers,Participants,\n2024,51,5,3,x",
            ["year", "code", "workers", "participants"],
        ),
        (
            "Year,Code,Source,Number,\n,,,Workers,Participants\n2024,51,x,5,3",
            ["year", "code", "workers", "participants"],
        ),
    ],
)
def test_headings_in_groups_on_two_lines_are_those_of_the_lower_line(lines, columns):
    found = table(lines)

    assert set(found.columns) == {*columns, "source"}
    assert [row.number for row in found.rows] == [3]
    assert ["2" in note for note in found.notes] == [True]


@pytest.mark.parametrize(
    "line", ["2024,51,x,y,z,w", ",,x,,,w", "2024,,Workers,,,w", ",,5,6,,", "a,b,Workers,Participants,,"]
)
def test_a_row_of_words_is_no_second_line_of_headings(line):
    found = table(f"Year,Code,Number,,Source,\n{line}\n2024,51,5,3,x,\n")

    assert "number" in found.columns
    assert {fault.row for fault in found.faults} >= {2}


@pytest.mark.parametrize(("name", "content"), [("t.xlsx", b"a,b\n1,2"), ("t.xls", b"a\tb\n1\t2")])
def test_a_text_table_that_calls_itself_a_workbook_is_told_its_ending(name, content):
    assert ".csv" in refusal(content, name).partition(name[1:])[2]
