"""One table of numbers, four ways in: a box of a form, a pasted block, a csv file and a workbook mean the same."""

import io
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from openpyxl import Workbook

from paritrana.display.numbers import CountField, HundredthsField, show_count, show_hundredths
from paritrana.intake.reading import read
from paritrana.workbooks import read_table
from regions.coverage.grid import Grid
from regions.imports.intake import CoverageIntake
from regions.targets.forms import SHARE, TargetForm
from regions.targets.intake import TargetIntake
from tests.builders import person, regency, segment

YEAR = 2024
COUNTS = {
    "1.234.567": "1.234.567",
    "1234567": "1.234.567",
    " 1.000 ": "1.000",
    "850": "850",
    "1": "1",
    "1.23": ("not-whole", "1,23"),
    "1,234": ("ambiguous", "1.234"),
    "1,234,567": ("ambiguous", "1.234.567"),
    "1,234.56": ("not-whole", "1234,56"),
    "85,5": ("not-whole", "85,5"),
    "1e3": ("ambiguous", "1.000"),
    "12O": ("ambiguous", "120"),
    "\uff11\uff12": ("ambiguous", "12"),
    "NaN": ("not-a-number", None),
    "-5": ("negative", None),
    "1.2.3": ("not-a-number", None),
}
DECIMALS = {
    "85,5": "85,50",
    "85.5": "85,50",
    "85": "85,00",
    " 85,50 ": "85,50",
    "0,05": "0,05",
    "85.125": ("ambiguous", "85,13"),
    "85,124": ("ambiguous", "85,12"),
    "1,234.56": ("ambiguous", "1234,56"),
    "1.234": ("ambiguous", "1,23"),
    "1e3": ("ambiguous", "1000,00"),
    "12O": ("ambiguous", "120,00"),
    "\uff18\uff15": ("ambiguous", "85,00"),
    "NaN": ("not-a-number", None),
    "-5": ("negative", None),
    "85,,5": ("not-a-number", None),
}
"""What is typed, and either what it is echoed as, or the code of its refusal with the value it seems to mean."""

FIELDS = {"count": (CountField, show_count), "decimal": (partial(HundredthsField, max_value=10_000), show_hundredths)}
CASES = [("count", *case) for case in COUNTS.items()] + [("decimal", *case) for case in DECIMALS.items()]


@pytest.fixture(autouse=True)
def in_indonesian():
    with translation.override("id"):
        yield


def by_form(kind, text):
    """The value and what is said of it, by a box of a form."""
    try:
        return FIELDS[kind][0]().clean(text), None
    except ValidationError as refusal:
        return None, refusal.messages[0]


def by_paste(kind, text):
    """A pasted block arrives as the boxes of the page it was pasted into: of the grid, or of the targets."""
    region, key = regency("51.01"), f"51.01-{YEAR}-PU"
    if kind == "decimal":
        form = targets_form(region, text)
        return form.cleaned_data.get(f"{SHARE}-PU"), (form.errors.get(f"{SHARE}-PU") or [None])[0]
    grid = Grid(person(), [region], YEAR, [segment("PU")])
    grid.take({f"workers-{key}": "2000000", f"participants-{key}": text, "versions": ""})
    cell = grid.cells[key]
    return cell.counts.get("participants"), cell.errors.get("participants")


def targets_form(region, text):
    segment("PU")
    form = TargetForm(region, YEAR, {f"{SHARE}-PU": text, "source": "", "seen": ""})
    form.is_valid()
    return form


def by_file(kind, content, name):
    """Of a share below one it is asked whether it is meant as it is typed; here it is."""
    regency("51.01"), segment("PU")
    table = read_table(io.BytesIO(content), name)
    intake, column = (TargetIntake(), "percent") if kind == "decimal" else (CoverageIntake(), "participants")
    answers = {asked.key: asked.question.options[0].value for asked in read(intake, table).questions}
    reading = read(intake, table, answers)
    values = [row.values[column] for row in reading.rows]
    return (values[0] if values else None), {one.column: str(one.message) for one in reading.faults}.get(column)


def cells(kind, text):
    if kind == "decimal":
        return ["year", "region_code", "segment", "percent"], [YEAR, "51.01", "PU", text]
    header = ["year", "region_code", "segment", "workers", "participants", "territory"]
    return header, [YEAR, "51.01", "PU", 2_000_000, text, "province"]


def by_csv(kind, text):
    lines = [";".join(map(str, row)) for row in cells(kind, text)]
    return by_file(kind, "\n".join(lines).encode(), "a.csv")


def by_workbook(kind, text):
    book, file = Workbook(), io.BytesIO()
    for row in cells(kind, text):
        book.active.append(row)
    book.save(file)
    return by_file(kind, file.getvalue(), "a.xlsx")


@pytest.mark.django_db
@pytest.mark.parametrize("entry", [by_form, by_paste, by_csv, by_workbook])
@pytest.mark.parametrize(("kind", "text", "meaning"), CASES)
def test_a_number_means_the_same_by_every_entry_or_is_refused_with_what_it_seems_to_mean(kind, text, meaning, entry):
    field, show = FIELDS[kind]

    value, told = entry(kind, text)

    if isinstance(meaning, str):
        assert (told, show(value)) == (None, meaning)
        return
    code, meant = meaning
    with pytest.raises(ValidationError) as refusal:
        field().clean(text)
    assert (refusal.value.error_list[0].code, (refusal.value.error_list[0].params or {}).get("meant")) == (code, meant)
    assert (value, told) == (None, refusal.value.messages[0])
    assert text in told
