"""The workbook of an area: exactly its own regions, filled with what is known, read back without a change."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from paritrana.intake import pages
from regions.models import Coverage, Definition, Denominator
from tests.builders import branch_staff, coverage, definition, head_officer, regency, segment

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year - 1
COLUMN = {"code": 0, "year": 2, "segment": 3, "workers": 4, "participants": 5, "definition": 6, "version": 9}


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A busy machine must not show the progress where a test looks for the result."""
    monkeypatch.setattr(pages, "PATIENCE", 60)


@pytest.fixture
def jembrana():
    for code in ("PU", "BPU"):
        segment(code)
    definition("regency or city")
    return regency("51.01", "Kabupaten Jembrana")


@pytest.fixture
def staff(client, jembrana):
    regency("51.04", "Kabupaten Gianyar")
    user = branch_staff(jembrana)
    client.force_login(user)
    return user


def downloaded(client):
    response = client.get(reverse("coverage-template"))
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(response.content))


def test_downloading_the_workbook_writes_nothing(client, staff):
    Definition.objects.all().delete()

    book = downloaded(client)

    assert line(book, YEAR, "PU")[COLUMN["definition"]].value == "kabupaten/kota"
    assert Definition.objects.count() == 0


def line(book, year, code):
    rows = book.worksheets[0].iter_rows(min_row=2)
    return next(row for row in rows if (row[2].value, row[3].value) == (year, code))


def handed_back(client, book):
    file = io.BytesIO()
    book.save(file)
    return client.post(
        reverse("coverage-upload"), {"file": SimpleUploadedFile("cakupan.xlsx", file.getvalue())}, follow=True
    )


def confirm(client, shown):
    preview = shown.context["preview"]
    address = reverse("coverage-upload-read", args=[shown.context["upload"].key])
    return client.post(
        address, {"digest": shown.context["upload"].digest, "fingerprint": preview.fingerprint}, follow=True
    )


def test_the_template_holds_exactly_the_own_area_and_what_is_known(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=500, as_of=date(YEAR, 12, 31))

    book = downloaded(client)

    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert sorted((row[0], row[2], row[3]) for row in rows) == [
        ("51.01", year, code) for year in (YEAR - 1, YEAR) for code in ("BPU", "PU")
    ]
    known = next(row for row in rows if (row[2], row[3]) == (YEAR, "PU"))
    assert (known[4], known[5], known[8].date(), known[9]) == (1000, 500, date(YEAR, 12, 31), 1)


def test_only_cells_to_be_typed_are_open_and_the_version_is_hidden(client, staff, jembrana):
    book = downloaded(client)

    sheet = book.worksheets[0]
    row = line(book, YEAR, "PU")
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in row] == [True] * 4 + [False] * 5 + [True]
    assert sheet.column_dimensions["J"].hidden
    assert all(cell.protection.locked for cell in sheet[1])
    assert sorted(rule.type for rule in sheet.data_validations.dataValidation) == ["list", "whole", "whole"]
    assert [other.sheet_state for other in book.worksheets] == ["visible", "hidden", "visible"]


def test_workers_set_by_an_office_and_closed_figures_are_locked(client, staff, jembrana):
    Denominator.objects.create(
        region=jembrana, year=YEAR, segment=segment("PU"), workers=4000, definition=definition(denominator="BPS")
    )
    coverage(jembrana, YEAR, "BPU", locked_at=timezone.now(), locked_by=staff)

    book = downloaded(client)

    given = line(book, YEAR, "PU")
    assert [given[COLUMN[name]].protection.locked for name in ("workers", "participants", "definition")] == [
        True,
        False,
        True,
    ]
    assert given[COLUMN["workers"]].value == 4000
    assert all(cell.protection.locked for cell in line(book, YEAR, "BPU"))


def test_the_template_handed_back_untouched_changes_nothing(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", definition=definition("regency or city"))
    Denominator.objects.create(
        region=jembrana, year=YEAR, segment=segment("BPU"), workers=4000, definition=definition(denominator="BPS")
    )

    shown = handed_back(client, downloaded(client))

    preview = shown.context["preview"]
    assert (preview.faults, preview.changes, preview.same) == ([], [], 1)


def test_what_was_filled_in_is_shown_old_and_new_and_written_once_confirmed(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=500)
    book = downloaded(client)
    line(book, YEAR, "PU")[COLUMN["participants"]].value = 600
    fresh = line(book, YEAR, "BPU")
    fresh[COLUMN["workers"]].value, fresh[COLUMN["participants"]].value = "2.000", 70

    shown = handed_back(client, book)

    changes = shown.context["preview"].changes
    cells = [{cell["column"]: (cell["old"], cell["value"]) for cell in change["cells"]} for change in changes]
    assert [cell["participants"] for cell in cells] == [("500", "600"), (None, "70")]
    assert Coverage.objects.get().participants == 500
    confirm(client, shown)
    assert list(Coverage.objects.values_list("segment__code", "workers", "participants").order_by("workers")) == [
        ("PU", 1000, 600),
        ("BPU", 2000, 70),
    ]


def test_a_row_filled_in_by_half_is_a_fault(client, staff):
    book = downloaded(client)
    line(book, YEAR, "PU")[COLUMN["workers"]].value = 1000

    shown = handed_back(client, book)

    assert [fault.column for fault in shown.context["preview"].faults] == ["participants"]


def test_a_figure_changed_after_the_download_is_not_overwritten(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=500)
    book = downloaded(client)
    Coverage.objects.update(participants=550, version=2)
    line(book, YEAR, "PU")[COLUMN["participants"]].value = 600

    shown = handed_back(client, book)

    assert len(shown.context["preview"].faults) == 1
    confirm(client, shown)
    assert Coverage.objects.get().participants == 550


def test_those_who_enter_nowhere_get_no_template_and_no_form(client, jembrana):
    client.force_login(head_officer())

    names = ["coverage-template", "coverage-paper", "coverage-upload"]
    assert [client.get(reverse(name)).status_code for name in names] == [403, 403, 403]


def test_the_printed_form_has_a_sheet_for_each_region_of_the_area(client, staff):
    response = client.get(reverse("coverage-paper"))

    assert [block.region.code for block in response.context["grid"].blocks] == ["51.01"]
    assert response.content.count(b'class="paper"') == 1
