"""The workbook of a province's denominators: pre-filled, read whole, shown before it is written, written whole."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from paritrana.accounts.models import AuditEvent
from paritrana.intake import pages
from regions.denominators import actions
from regions.models import Coverage, Denominator
from tests.builders import branch_staff, coverage, definition, person, regency, regional_officer, segment
from tests.paritrana.intake.confirming import asked
from tests.paritrana.intake.confirming import confirm as answered

pytestmark = pytest.mark.django_db
YEAR = 2024
HEADER = "region_code,year,segment,workers,counted_as,source,as_of"


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
def officer(client, jembrana):
    user = regional_officer()
    client.force_login(user)
    return user


def at(name, *more, year=YEAR):
    return reverse(name, args=["51", year, *more])


def line(
    code="PU", workers=1000, region="51.01", counted="regency or city", source="BPS", as_of="2024-08-31", year=YEAR
):
    return f"{region},{year},{code},{workers},{counted},{source},{as_of}"


def hand_in(client, *lines, year=YEAR):
    content = "\n".join([HEADER, *lines]).encode()
    file = SimpleUploadedFile("penyebut.csv", content)
    return client.post(at("denominators-upload", year=year), {"file": file}, follow=True)


def confirm(client, shown, **changed):
    upload, preview = shown.context["upload"], shown.context["preview"]
    sent = {"digest": upload.digest, "fingerprint": preview.fingerprint} | changed
    return client.post(at("denominators-upload-read", upload.key), sent)


def template(client):
    return openpyxl.load_workbook(io.BytesIO(client.get(at("denominators-template")).content))


def set_workers(region, workers=2000):
    known = Denominator.objects.filter(region=region, segment=segment()).first()
    each = actions.Measured(
        segment(), workers, definition("regency or city"), "BPS", based_on=known.version if known else 0
    )
    actions.set_denominators(region, YEAR, [each], by=person(), origin="/test/")


def test_the_template_holds_the_province_its_regions_and_what_is_set(client, officer, jembrana):
    regency("63.01", "Kabupaten Tanah Laut")
    set_workers(jembrana)

    sheet = template(client).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]

    assert [(row[0], row[3], row[4], row[8]) for row in rows] == [
        ("51", "PU", None, 0),
        ("51", "BPU", None, 0),
        ("51.01", "PU", 2000, 1),
        ("51.01", "BPU", None, 0),
    ]
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[2]] == [True, True, True, True, False, False, False, False, True]
    assert len(sheet.data_validations.dataValidation) == 2


def test_the_template_comes_back_as_it_went_and_changes_nothing(client, officer, jembrana):
    set_workers(jembrana)
    Denominator.objects.update(as_of="2024-08-31")
    file = io.BytesIO()
    template(client).save(file)

    shown = client.post(at("denominators-upload"), {"file": SimpleUploadedFile("p.xlsx", file.getvalue())}, follow=True)

    preview = shown.context["preview"]
    assert (preview.faults, preview.changes, preview.same) == ([], [], 1)


def test_a_filled_in_template_is_shown_first_and_written_once_confirmed(client, officer, jembrana):
    book, file = template(client), io.BytesIO()
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows(min_row=2) if (row[0].value, row[3].value) == ("51.01", "BPU"))
    row[4].value, row[6].value, row[7].value = 1500, "BPS Sakernas", "2024-08-31"
    book.save(file)
    shown = client.post(at("denominators-upload"), {"file": SimpleUploadedFile("p.xlsx", file.getvalue())}, follow=True)
    before = Denominator.objects.count()

    response = confirm(client, shown)

    assert (before, response.url) == (0, at("denominators"))
    said = Denominator.objects.values_list("region__code", "segment__code", "workers", "source", "set_by")
    assert list(said) == [("51.01", "BPU", 1500, "BPS Sakernas", officer.pk)]
    event = AuditEvent.objects.get(verb="denominator.upload")
    assert (event.object_label, event.detail["denominators"]) == ("Bali", 1)


def test_confirming_twice_and_handing_in_again_change_nothing_more(client, officer, jembrana):
    shown = hand_in(client, line())
    confirm(client, shown)

    confirm(client, shown)
    again = hand_in(client, line())

    assert (again.context["preview"].changes, again.context["preview"].same) == ([], 1)
    assert Denominator.objects.get().version == 1
    assert AuditEvent.objects.filter(verb="denominator.upload").count() == 1


def test_the_page_shows_old_and_new(client, officer, jembrana):
    set_workers(jembrana, 900)

    change = hand_in(client, line()).context["preview"].changes[0]

    cells = {cell["column"]: (cell["old"], cell["value"]) for cell in change["cells"]}
    assert (cells["region_code"], cells["workers"]) == ((None, "51.01 Kabupaten Jembrana"), ("900", "1.000"))


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"workers": "1.23"}, "workers"),
        ({"workers": "0"}, "workers"),
        ({"region": "51.99"}, "region_code"),
        ({"region": "63.01"}, "region_code"),
        ({"year": 2023}, "year"),
        ({"code": "XX"}, "segment"),
        ({"counted": "Lain"}, "counted_as"),
        ({"counted": "province"}, "counted_as"),
        ({"source": ""}, "source"),
        ({"as_of": ""}, "as_of"),
        ({"as_of": "2999-01-01"}, "as_of"),
    ],
)
def test_one_fault_keeps_the_whole_file_out_and_is_named_by_row_and_column(client, officer, jembrana, wrong, column):
    regency("63.01", "Kabupaten Tanah Laut")

    shown = hand_in(client, line("BPU"), line(**wrong))

    assert [(fault.row, fault.column) for fault in shown.context["preview"].faults] == [(3, column)]
    assert confirm(client, shown).status_code == 409
    assert Denominator.objects.count() == 0


def test_every_fault_of_a_row_is_named_at_once(client, officer, jembrana):
    shown = hand_in(client, line(workers="x", source="", as_of="kemarin"))

    assert [fault.column for fault in shown.context["preview"].faults] == ["workers", "source", "as_of"]


def test_a_denominator_set_meanwhile_makes_what_was_shown_stale(client, officer, jembrana):
    shown = hand_in(client, line())
    set_workers(jembrana)

    response = confirm(client, shown)

    assert (response.status_code, response.context["phase"].outcome) == (409, "stale")
    assert Denominator.objects.get().workers == 2000


@pytest.mark.parametrize("changed", [{"digest": "0" * 64}, {"fingerprint": ""}])
def test_another_file_than_the_one_shown_is_not_written(client, officer, jembrana, changed):
    shown = hand_in(client, line())

    assert confirm(client, shown, **changed).status_code == 409
    assert Denominator.objects.count() == 0


def test_a_file_for_one_year_is_found_at_no_other_and_not_among_the_figures(client, officer, jembrana):
    key = hand_in(client, line()).context["upload"].key

    assert client.get(at("denominators-upload-read", key)).status_code == 200
    assert client.get(at("denominators-upload-read", key, year=2023)).status_code == 404
    assert client.get(reverse("coverage-upload-read", args=[key])).status_code == 404


def test_the_branch_finds_no_such_pages(client, jembrana):
    client.force_login(branch_staff(jembrana))

    assert [client.get(at(name)).status_code for name in ("denominators-template", "denominators-upload")] == [404, 404]


def test_figures_not_verified_take_the_workers_of_the_file_over(client, officer, jembrana):
    coverage(jembrana, YEAR, definition=definition("regency or city"))

    confirm(client, hand_in(client, line(workers=4000)))

    assert Coverage.objects.values_list("workers", "participants", "version").get() == (4000, 500, 2)


def test_looking_costs_the_same_queries_for_one_row_and_for_many(client, officer, jembrana):
    def cost(shown):
        with CaptureQueriesContext(connection) as queries:
            client.get(at("denominators-upload-read", shown.context["upload"].key))
        return len(queries)

    few = cost(hand_in(client, line()))
    codes = [f"51.{number}" for number in range(10, 40)]
    for code in codes:
        regency(code, f"Kabupaten {code}")

    assert cost(hand_in(client, *(line(region=code) for code in codes))) == few


def test_which_of_two_regions_of_a_name_is_meant_is_asked_and_of_two_rows_which_counts(client, officer):
    regency("51.72", "Kota Jembrana")
    page = hand_in(client, line(region="Jembrana"), line("BPU", 1000), line("BPU", 2000))
    answers = {"A2": "51.01", "3-4": "4"}

    looked = answered(client, page, **answers)
    answered(client, looked, **answers)

    assert asked(page) == {"A2": ["51.01", "51.72"], "3-4": ["3", "4"]}
    stored = Denominator.objects.values_list("region__code", "segment__code", "workers")
    assert sorted(stored) == [("51.01", "BPU", 2000), ("51.01", "PU", 1000)]
