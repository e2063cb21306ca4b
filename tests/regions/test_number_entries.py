"""One table of numbers, four ways in: a box of a form, a pasted block, a csv file and a workbook mean the same."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from openpyxl import Workbook

from paritrana.numbers import CountField, HundredthsField, parse_hundredths
from paritrana.workbooks import read_table
from regions.grid import Grid
from regions.workbooks import read_coverage
from tests.builders import person, regency, segment

YEAR = 2024
READ = {"1.234.567": 1_234_567, "1234567": 1_234_567, "850": 850, " 1.000 ": 1000, "0": 0}
REFUSED = {
    "1.23": "1,23",
    "1,234": "1.234",
    "1,234,567": "1.234.567",
    "1,234.56": "1234,56",
    "85,5": "85,5",
    "1e3": "1.000",
    "12O": "120",
    "\uff11\uff12": "12",
    "NaN": None,
    "-5": None,
    "1.2.3": None,
}
"""Counts that are refused, with the value we would have understood; None where there is none."""

MARKS_READ = {"85,5": "85,50", "85.5": "85,50", "85": "85,00", "0,05": "0,05"}
MARKS_REFUSED = {
    "85.125": "85,13",
    "1,234.56": "1234,56",
    "1e3": "1000,00",
    "12O": "120,00",
    "\uff18\uff15": "85,00",
    "NaN": None,
}


@pytest.fixture(autouse=True)
def in_indonesian():
    with translation.override("id"):
        yield


def by_form(text):
    """The value and what is said of it, by a box of a form."""
    try:
        return CountField().clean(text), None
    except ValidationError as refusal:
        return None, refusal.messages[0]


def by_paste(text):
    """The pasted block arrives as the boxes of the grid."""
    grid = Grid(person(), [regency("51.01")], YEAR, [segment("PU")])
    key = f"51.01-{YEAR}-PU"
    grid.take({f"workers-{key}": "2000000", f"participants-{key}": text, "versions": ""})
    cell = grid.cells[key]
    return cell.counts.get("participants"), cell.errors.get("participants")


def by_file(content, name):
    regency("51.01"), segment("PU")
    found = read_coverage(read_table(io.BytesIO(content), name))
    said = {fault.column: str(fault.message) for fault in found.faults}
    return (found.figures[0].participants if found.figures else None), said.get("participants")


def by_csv(text):
    header = "year;region_code;segment;workers;participants;territory"
    return by_file(f"{header}\n{YEAR};51.01;PU;2000000;{text};province".encode(), "a.csv")


def by_workbook(text):
    book, file = Workbook(), io.BytesIO()
    book.active.append(["year", "region_code", "segment", "workers", "participants", "territory"])
    book.active.append([YEAR, "51.01", "PU", 2_000_000, text, "province"])
    book.save(file)
    return by_file(file.getvalue(), "a.xlsx")


ENTRIES = [by_form, by_paste, by_csv, by_workbook]


@pytest.mark.django_db
@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("text", READ)
def test_a_count_is_the_same_by_every_entry(entry, text):
    assert entry(text) == (READ[text], None)


@pytest.mark.django_db
@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("text", REFUSED)
def test_a_count_is_refused_by_every_entry_with_the_value_it_seems_to_mean(entry, text):
    value, told = entry(text)

    assert (value, told) == (None, by_form(text)[1])
    assert text in told
    assert (REFUSED[text] or "") in told.replace(text, "", 1)


@pytest.mark.parametrize("text", MARKS_READ)
def test_a_mark_is_echoed_with_two_decimals(text):
    box = HundredthsField()

    assert box.prepare_value(box.clean(text)) == MARKS_READ[text]


@pytest.mark.parametrize("text", MARKS_REFUSED)
def test_a_mark_that_could_mean_two_things_is_refused_with_the_value_it_seems_to_mean(text):
    with pytest.raises(ValidationError) as caught:
        parse_hundredths(text)

    assert (caught.value.params or {}).get("meant") == MARKS_REFUSED[text]
    assert text in caught.value.messages[0]
