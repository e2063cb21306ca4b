"""Cells over which another is drawn say nothing, whatever a person sees there."""

import pytest
from django.utils import translation

from tests.paritrana.workbooks.spreadsheets import faults, read, sheet, xlsx


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def merged(*ranges):
    """A table of three rows in which cells are drawn over others."""
    drawn = "".join(f'<mergeCell ref="{each}"/>' for each in ranges)
    written = sheet(["a", "b"], ["1", "x"], [None, "y"], ["3", "z"])
    return xlsx(written.replace("</sheetData>", f"</sheetData><mergeCells>{drawn}</mergeCells>"))


def test_a_cell_another_is_drawn_over_is_a_fault_that_names_the_other():
    table = read(merged("A2:A3"))

    assert faults(table) == [(3, "a", "This cell is merged with cell A2. Separate them, and fill in every row.")]
    assert table.rows[1].refused == {"a"}


@pytest.mark.parametrize("ranges", [["A1:B1"], ["A5:B9"], ["C2:C4"], ["A2:A2"], ["spoiled"]])
def test_merged_cells_with_nothing_drawn_over_say_nothing(ranges):
    assert faults(read(merged(*ranges))) == []


def test_what_is_hidden_beside_a_merged_cell_is_a_fault():
    assert [(row, column) for row, column, _text in faults(read(merged("A4:B4")))] == [(4, "b")]
