"""Files of figures as people have them: read right by the command and in the browser, and said how."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from paritrana.intake import pages
from regions.models import Coverage
from tests.builders import branch_staff, definition, regency, segment
from tests.paritrana.workbooks.spreadsheets import PERCENT, number, sheet, xlsx

pytestmark = pytest.mark.django_db

HEADER = ["year", "region_code", "segment", "workers", "participants", "territory"]


def line(code="51.01", workers=52_300, participants=24_080, year=2024):
    return [year, code, "PU", workers, participants, "regency or city"]


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A busy machine must not show the progress where a test looks for the result."""
    monkeypatch.setattr(pages, "PATIENCE", 60)


@pytest.fixture(autouse=True)
def area():
    segment("PU")
    definition("regency or city")
    return [regency(code, f"Kabupaten {code}") for code in ("51.01", "51.02", "51.03")]


@pytest.fixture
def staff(client, area):
    user = branch_staff(*area)
    client.force_login(user)
    return user


@pytest.fixture
def run(tmp_path):
    def imported(content, *options, name="figures.xlsx"):
        path, out = tmp_path / name, io.StringIO()
        path.write_bytes(content)
        call_command("import_coverage", path, *options, stdout=out, skip_checks=True)
        return out.getvalue()

    return imported


def shown(client, content, name="figures.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("coverage-upload"), {"file": file}, follow=True)


def stored():
    return sorted(Coverage.objects.values_list("region__code", "workers", "participants"))


TITLED = [["CAKUPAN 2024"], None, ["", "", *HEADER], [None, None, *line()]]
READ = {
    "strict": xlsx(sheet(HEADER, line()), is_strict=True),
    "spoiled styles": xlsx(sheet(HEADER, line()), styles="<cellXfs><xf fontId='-1'/></cellXfs><fills><fill/></fills>"),
    "far cells": xlsx(
        sheet(HEADER, line()).replace("</sheetData>", '<row r="1048576"><c r="XFD1"/></row></sheetData>')
    ),
    "whole numbers with .0": xlsx(sheet(HEADER, line(workers=number("52300.0"), year=number("2024.0")))),
    "line breaks in headings": xlsx(sheet([name.replace("_", "\n") for name in HEADER], line())),
    "begins elsewhere": xlsx(sheet(*TITLED)),
    "numbers as text": xlsx(sheet(HEADER, line(workers="52.300", year="2024"))),
    "sep=": ("sep=;\r\n" + "\r\n".join(";".join(map(str, row)) for row in (HEADER, line()))).encode(),
    "tabs in UTF-16": "\r\n".join("\t".join(map(str, row)) for row in (HEADER, line())).encode("utf-16"),
}


@pytest.mark.parametrize("kind", READ)
def test_what_programs_write_is_read_by_the_command_and_in_the_browser(client, staff, run, kind):
    name = "figures.csv" if kind in {"sep=", "tabs in UTF-16"} else "figures.xlsx"

    run(READ[kind], name=name)
    page = shown(client, READ[kind], name)

    assert stored() == [("51.01", 52_300, 24_080)]
    assert (page.context["preview"].faulty, page.context["preview"].same) == (0, 1)


def test_hidden_rows_and_sheets_that_are_not_read_are_named_everywhere(client, staff, run):
    rows = [line("51.01"), line("51.02"), line("51.03")]
    content = xlsx(sheet(HEADER, *rows, hidden={3}), sheet(HEADER, line(year=2023)), names=["2024", "2023"])

    said = run(content, "--dry-run")
    page = shown(client, content)

    assert ("2023" in said, "3" in said.splitlines()[2], "3 new" in said or "3 baru" in said) == (True, True, True)
    assert page.context["preview"].unread == ["2023"]
    assert page.context["preview"].notes[0] in page.content.decode()
    assert stored() == []


HEADINGS = {"workers": "Pekerja", "participants": "Peserta", "region_code": "Kode wilayah"}


@pytest.mark.parametrize(
    ("bad", "column", "meant"),
    [
        ({"workers": "\u200b52300"}, "workers", "52300"),
        ({"participants": "24080\u00a0"}, "participants", "24080"),
        ({"code": "\u200e51.02"}, "region_code", "51.02"),
        ({"workers": number(0.5, PERCENT)}, "workers", "50%"),
    ],
)
def test_what_cannot_be_meant_is_a_fault_with_its_place_and_what_was_meant(client, staff, run, bad, column, meant):
    content = xlsx(sheet(*[None] * 4, ["", *HEADER], ["", *line(**bad)]))

    with pytest.raises(CommandError) as caught:
        run(content)
    fault = shown(client, content).context["faults"][0]

    assert (caught.value.returncode, HEADINGS[column] in str(caught.value), meant in str(caught.value)) == (
        1,
        True,
        True,
    )
    letter = "ABCDEFG"[HEADER.index(column) + 1]
    assert (fault["row"], fault["column"][0], meant in fault["message"]) == (6, letter, True)


def test_what_is_wrong_with_the_headings_stands_in_their_row(run):
    with pytest.raises(CommandError) as caught:
        run(xlsx(sheet(["CAKUPAN"], None, HEADER[:-1], line()[:-1])))

    assert "3" in str(caught.value).partition(",")[0]


def test_a_file_that_cannot_be_read_ends_with_a_code_of_its_own(run):
    with pytest.raises(CommandError) as caught:
        run(b"\xd0\xcf\x11\xe0" + b"\0" * 600, name="figures.xls")

    assert caught.value.returncode == 2
