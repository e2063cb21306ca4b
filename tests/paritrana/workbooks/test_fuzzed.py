"""Workbooks made at random: what is honest is read as it was written, what is spoiled ends in a sentence."""

import io
import random
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest
import xlsxwriter

from paritrana.workbooks import Unreadable, read_table
from tests.paritrana.workbooks.spreadsheets import ods, sheet, xlsx

TEXTS = ["PT Contoh", "Kabupaten Jembrana", "Ma’arif", "51.01", "0123", "1.234.567", "å ß 漢", "=1+1 bukan", "a;b,c|d"]
MANY = 40


def values(chance, columns=5, rows=8):
    """Rows of texts, whole numbers, decimals, days and gaps, none of them empty."""

    def value():
        return chance.choice(
            [
                chance.choice(TEXTS),
                chance.randrange(10**9),
                round(chance.uniform(0, 1000), 3),
                date(2000, 1, 1) + timedelta(days=chance.randrange(9000)),
                None,
            ]
        )

    return [[f"baris {number}", *(value() for _ in range(columns - 1))] for number in range(rows)]


def by_openpyxl(rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    book.save(file)
    return file.getvalue()


def by_xlsxwriter(rows):
    file = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(file, plain) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    page.write(number, column, value)
    return file.getvalue()


def spoiled(chance, content):
    """The file with some bytes of it changed, cut off or doubled."""
    found = bytearray(content)
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(found))
        kind = chance.randrange(4)
        if kind == 0:
            found[at] = chance.randrange(256)
        elif kind == 1:
            del found[at : at + chance.randrange(1, 200)]
        elif kind == 2:
            found[at:at] = found[: chance.randrange(1, 60)]
        else:
            found[at:at] = chance.randbytes(chance.randrange(1, 40))
        if not found:
            return b"PK"
    return bytes(found)


def with_spoiled_part(chance, content):
    """A sound archive one part of which is spoiled inside: what a program with a fault of its own writes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        victim = chance.choice(old.namelist())
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, spoiled(chance, data or b"<x/>") if name == victim else data)
    return made.getvalue()


def outcome(content, name):
    """What reading answers: a table, or a sentence for the person; anything else is raised."""
    try:
        return read_table(io.BytesIO(content), name)
    except Unreadable as refusal:
        assert str(refusal).strip()
        return None


def texts_of(rows):
    return "\n".join(";".join("" if value is None else str(value) for value in row) for row in rows)


def honest(chance, kind):
    rows = [[f"kolom {letter}" for letter in "abcde"], *values(chance)]
    if kind == "csv":
        return texts_of(rows).encode(chance.choice(["utf-8", "utf-8-sig", "utf-16"]))
    if kind == "openpyxl":
        return by_openpyxl(rows)
    if kind == "xlsxwriter":
        return by_xlsxwriter(rows)
    plain = [[str(value) if isinstance(value, date) else value for value in row] for row in rows]
    if kind == "strict":
        return xlsx(sheet(*plain), is_strict=True)
    cells = [["" if value is None else f"<text:p>{value}</text:p>" for value in row] for row in plain]
    lines = ["".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row) for row in cells]
    inside = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    return ods(f'<table:table table:name="a">{inside}</table:table>')


KINDS = {"csv": "a.csv", "openpyxl": "a.xlsx", "xlsxwriter": "a.xlsx", "strict": "a.xlsx", "ods": "a.ods"}


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
@pytest.mark.parametrize("seed", range(MANY))
def test_what_was_written_is_what_is_read(write, seed):
    rows = values(random.Random(seed))

    table = read_table(io.BytesIO(write([list("abcde"), *rows])), "a.xlsx")

    assert [list(row.cells.values()) for row in table.rows] == rows
    assert table.faults == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(MANY))
def test_a_spoiled_file_is_read_or_refused_in_a_sentence(kind, seed):
    chance = random.Random(f"{kind} {seed}")
    content = honest(chance, kind)
    assert outcome(content, KINDS[kind]) is not None

    for _ in range(5):
        outcome(spoiled(chance, content), KINDS[kind])
        if kind != "csv":
            outcome(with_spoiled_part(chance, content), KINDS[kind])
