"""A file of figures is read whole: every fault is told with its row and column, nothing is guessed."""

import io
from datetime import date
from types import SimpleNamespace

import openpyxl
import pytest

from paritrana.intake.reading import read
from paritrana.workbooks import read_table
from regions.imports.intake import CoverageIntake
from tests.builders import province, regency, segment

pytestmark = pytest.mark.django_db

HEADER = "year,province_code,segment,workers,participants,territory"


@pytest.fixture(autouse=True)
def country():
    for code in ("PU", "BPU"):
        segment(code)
    return [province("51"), regency("51.01"), regency("51.10", "Kabupaten Karangasem")]


def reading(content, name="figures.csv"):
    content = content.encode() if isinstance(content, str) else content
    return read(CoverageIntake(), read_table(io.BytesIO(content), name))


def faults(content, name="figures.csv"):
    found = reading(content, name)
    return [(fault.row, fault.column) for fault in found.faults]


def sheet(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("24,51,PU,1000,500,province", "year"),
        ("2.024,51,PU,1000,500,province", "year"),
        ("2013,51,PU,1000,500,province", "year"),
        ("2999,51,PU,1000,500,province", "year"),
        (",51,PU,1000,500,province", "year"),
        ("2024,59,PU,1000,500,province", "region_code"),
        ("2024,51.1,PU,1000,500,province", "region_code"),
        ("2024,5101,PU,1000,500,province", "region_code"),
        ("2024,Bali,PU,1000,500,province", "region_code"),
        ("2024,,PU,1000,500,province", "region_code"),
        ("2024,51,PX,1000,500,province", "segment"),
        ("2024,51,PU,0,0,province", "workers"),
        ("2024,51,PU,-1,0,province", "workers"),
        ("2024,51,PU,1.23,1,province", "workers"),
        ('2024,51,PU,"1,234",1,province', "workers"),
        ("2024,51,PU,1e3,1,province", "workers"),
        ("2024,51,PU,12O,1,province", "workers"),
        ("2024,51,PU,NaN,1,province", "workers"),
        ("2024,51,PU,\uff11\uff12,1,province", "workers"),
        ("2024,51,PU,9999999999999,1,province", "workers"),
        ("2024,51,PU,,1,province", "workers"),
        ("2024,51,PU,1000,-5,province", "participants"),
        ("2024,51,PU,1000,,province", "participants"),
        ("2024,51,PU,1000,500,", "territory"),
        (f"2024,51,PU,1000,500,{'x' * 81}", "territory"),
    ],
)
def test_a_wrong_cell_is_told_with_row_and_column(line, column):
    assert faults(f"{HEADER}\n2024,51,BPU,10,5,province\n{line}\n") == [(3, column)]


@pytest.mark.parametrize("day", ["31/12/24", "2024-02-30", "2999-01-01", "soon"])
def test_a_wrong_date_is_told(day):
    assert faults(f"{HEADER},as_of\n2024,51,PU,10,5,province,{day}") == [(2, "as_of")]


def test_every_fault_of_every_row_is_told_at_once():
    content = f"{HEADER}\n24,59,PX,x,y,\n2024,51,PU,1000,500,province\n2024,51,PU,0,1,province"

    assert faults(content) == [
        *[(2, column) for column in ("year", "region_code", "segment", "workers", "participants", "territory")],
        (4, "workers"),
    ]


def test_a_row_given_twice_is_left_out_the_second_time():
    line = "2024,51,PU,1000,500,province"

    assert reading(f"{HEADER}\n{line}\n{line}").left_out == [3]


def test_missing_and_unknown_columns_are_told_and_no_row_is_read():
    found = reading("year,province_code,segment,workers,territory,remark\nx,x,x,x,x,x")

    assert [(fault.row, fault.column) for fault in found.faults] == [(1, "remark"), (1, "participants")]
    assert found.rows == []


def test_two_columns_of_codes_are_one_too_many():
    assert faults(f"{HEADER},region_code\n2024,51,PU,1,1,province,51") == [(1, "region_code")]


def test_more_participants_than_workers_are_taken_with_a_warning():
    found = reading(f"{HEADER}\n2024,51,PU,1000,1001,province")

    assert (found.faults, len(found.rows)) == ([], 1)
    assert [(warning.row, warning.column) for warning in found.warnings] == [(2, "participants")]


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n2024,51.01,pu,1.234.567,1000,province",
        f"\ufeff{HEADER}\r\n2024,51.01,PU,1234567,1.000,province\r\n\r\n",
        f"{HEADER.replace(',', ';')}\n2024;51.01;PU;1234567;1000;province",
        f"{HEADER.replace('province_code', 'region_code')}\n2024,51.01,PU,1234567,1000, province ",
        f'{HEADER.upper()}\n"2024","51.01","PU","1.234.567","1000","province"',
    ],
)
def test_the_usual_ways_of_writing_csv_mean_the_same(content):
    found = reading(content)

    assert found.faults == []
    row = found.rows[0]
    figure = SimpleNamespace(**row.values)
    assert (row.row, figure.region_code.code, figure.year, figure.segment.code) == (2, "51.01", 2024, "PU")
    assert (figure.workers, figure.participants, figure.counted_as) == (1234567, 1000, ("province", ""))


def test_a_workbook_means_the_same_as_its_text():
    header = [*HEADER.split(","), "as_of", "source"]
    content = sheet(header, [2024, 51.01, "PU", 1234567, "1.000", "province", date(2024, 12, 31), "SIPP"])

    found = reading(content, "figures.xlsx")

    assert found.faults == []
    figure = SimpleNamespace(**found.rows[0].values)
    assert (figure.region_code.code, figure.workers, figure.participants) == ("51.01", 1234567, 1000)
    assert (figure.as_of, figure.source) == (date(2024, 12, 31), "SIPP")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ([2024, 51, "PU", "=1000+1", 500, "province"], "workers"),
        ([2024, 51, "PU", 1000, 0.5, "province"], "participants"),
        ([2024, 51, "PU", True, 0, "province"], "workers"),
        ([2024, 51.1, "PU", 1000, 500, "province"], "region_code"),
        ([2024, 51, "PU", "#N/A", 500, "province"], "workers"),
        ([date(2024, 1, 1), 51, "PU", 1000, 500, "province"], "year"),
    ],
)
def test_a_wrong_cell_of_a_workbook_is_told_once_with_row_and_column(row, column):
    assert faults(sheet(HEADER.split(","), row), "figures.xlsx") == [(2, column)]


def test_a_code_without_its_last_zero_is_refused_with_the_one_that_was_meant():
    message = str(reading(f"{HEADER}\n2024,51.1,PU,1000,500,province").faults[0])

    assert "51.10 (Kabupaten Karangasem)" in message
