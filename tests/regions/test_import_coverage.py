"""A file of figures is taken whole or not at all, and every fault is told with its row and column."""

import hashlib
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from paritrana.accounts.models import AuditEvent
from paritrana.workbooks import read_table
from regions.models import Coverage, CoverageVersion
from regions.signals import coverage_changed
from regions.workbooks import read_coverage
from tests.builders import coverage, definition, person, province, regency, segment

pytestmark = pytest.mark.django_db

REAL = Path(settings.BASE_DIR) / "fixtures" / "regions" / "coverage_provinces.csv"
HEADER = "year,province_code,segment,workers,participants,territory"


@pytest.fixture(autouse=True)
def country():
    for code in ("PU", "BPU"):
        segment(code)
    return [province("51"), regency("51.01"), regency("51.10", "Kabupaten Karangasem")]


def reading(content, name="figures.csv"):
    content = content.encode() if isinstance(content, str) else content
    return read_coverage(read_table(io.BytesIO(content), name))


def faults(content, name="figures.csv"):
    found = reading(content, name)
    return [(fault.row, fault.column) for fault in found.faults]


def run(path, *arguments):
    out = io.StringIO()
    call_command("import_coverage", path, *arguments, stdout=out, skip_checks=True)
    return out.getvalue()


def sheet(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(*lines, name="figures.csv", header=HEADER):
        path = tmp_path / name
        path.write_text("\n".join([header, *lines]), encoding="utf-8")
        return path

    return write


def test_the_published_figures_are_read_and_a_second_import_changes_nothing():
    call_command("load_reference", verbosity=0)

    run(REAL)
    before = list(CoverageVersion.objects.values_list("pk", "version", "workers"))
    events = AuditEvent.objects.count()
    run(REAL)

    assert (Coverage.objects.count(), len(before)) == (204, 204)
    assert list(CoverageVersion.objects.values_list("pk", "version", "workers")) == before
    assert AuditEvent.objects.count() == events
    bali = Coverage.objects.get(region__code="51", year=2024, segment__code="PU")
    assert (bali.workers, bali.participants, bali.share) == (1314586, 615055, 4679)


def test_a_dry_run_writes_nothing(file):
    path = file("2024,51,PU,1000,500,province")

    run(path, "--dry-run")

    assert (Coverage.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_the_import_signs_its_event_with_the_file_and_its_digest(file):
    clerk = person()
    path = file("2024,51,PU,1000,500,province")

    run(path, "--by", clerk.email)

    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.object_id) == ("coverage.import", clerk, str(province("51").pk))
    assert event.detail["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert CoverageVersion.objects.values_list("written_by", "origin").get() == (clerk.pk, "figures.csv:2")


def test_the_import_tells_the_floor_above_once(file):
    told = []

    def listen(sender, regions, by, **extra):
        told.append((regions, by))

    coverage_changed.connect(listen)
    run(file("2024,51,PU,1000,500,province", "2024,51.01,PU,100,50,province"))
    coverage_changed.disconnect(listen)

    assert told == [({province("51").pk, regency("51.01").pk}, None)]


def test_a_changed_row_makes_a_new_version_that_must_be_verified(file):
    coverage(province("51"), 2024, verified_at="2025-01-01T00:00Z", verified_by=person())

    run(file("2024,51,PU,1000,600,province"))

    assert Coverage.objects.values_list("participants", "version", "verified_at").get() == (600, 2, None)
    assert list(CoverageVersion.objects.values_list("version", "participants")) == [(2, 600), (1, 500)]


def test_another_definition_is_a_change(file):
    coverage(province("51"), 2024)

    run(file("2024,51,PU,1000,500,province,Sakernas", header=f"{HEADER},definition"))

    assert Coverage.objects.get().definition == definition("province", "Sakernas")


def test_a_locked_figure_that_would_change_is_a_fault_and_one_that_would_not_is_none(file):
    coverage(province("51"), 2024, locked_at="2025-01-01T00:00Z", locked_by=person())
    same, other = "2024,51,PU,1000,500,province", "2024,51,PU,1000,501,province"

    run(file(same))
    with pytest.raises(CommandError):
        run(file(other, "2024,51,BPU,10,5,province"))

    assert list(Coverage.objects.values_list("segment__code", "participants")) == [("PU", 500)]


def test_with_one_fault_nothing_is_written(file):
    with pytest.raises(CommandError) as caught:
        run(file("2024,51,PU,1000,500,province", "2024,51,BPU,12O,5,province"))

    assert caught.value.returncode == 1
    assert (Coverage.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_an_unknown_signer_is_refused(file):
    with pytest.raises(CommandError):
        run(file("2024,51,PU,1000,500,province"), "--by", "nobody@paritrana.example")

    assert Coverage.objects.count() == 0


@pytest.mark.parametrize("name", ["figures.xls", "figures.xlsm", "figures.txt", "absent.csv", "figures.xlsx"])
def test_a_file_that_cannot_be_read_is_a_plain_refusal(tmp_path, name):
    if name != "absent.csv":
        (tmp_path / name).write_text("no table")

    with pytest.raises(CommandError):
        run(tmp_path / name)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("24,51,PU,1000,500,province", "year"),
        ("2.024,51,PU,1000,500,province", "year"),
        ("2013,51,PU,1000,500,province", "year"),
        ("2999,51,PU,1000,500,province", "year"),
        (",51,PU,1000,500,province", "year"),
        ("2024,59,PU,1000,500,province", "province_code"),
        ("2024,51.1,PU,1000,500,province", "province_code"),
        ("2024,5101,PU,1000,500,province", "province_code"),
        ("2024,Bali,PU,1000,500,province", "province_code"),
        ("2024,,PU,1000,500,province", "province_code"),
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


@pytest.mark.parametrize("day", ["31/12/2024", "2024-02-30", "2999-01-01", "soon"])
def test_a_wrong_date_is_told(day):
    assert faults(f"{HEADER},as_of\n2024,51,PU,10,5,province,{day}") == [(2, "as_of")]


def test_every_fault_of_every_row_is_told_at_once():
    content = f"{HEADER}\n24,59,PX,x,y,\n2024,51,PU,1000,500,province\n2024,51,PU,0,1,province"

    assert faults(content) == [
        *[(2, column) for column in ("province_code", "year", "segment", "workers", "participants", "territory")],
        (4, "workers"),
    ]


def test_a_row_given_twice_is_a_fault():
    line = "2024,51,PU,1000,500,province"

    assert faults(f"{HEADER}\n{line}\n{line}") == [(3, "")]


def test_missing_and_unknown_columns_are_told_and_no_row_is_read():
    found = reading("year,province_code,segment,workers,territory,remark\nx,x,x,x,x,x")

    assert [(fault.row, fault.column) for fault in found.faults] == [(1, "participants"), (1, "remark")]
    assert found.figures == []


def test_two_columns_of_codes_are_one_too_many():
    assert faults(f"{HEADER},region_code\n2024,51,PU,1,1,province,51") == [(1, "region_code")]


def test_more_participants_than_workers_are_taken_with_a_warning():
    found = reading(f"{HEADER}\n2024,51,PU,1000,1001,province")

    assert (found.faults, len(found.figures)) == ([], 1)
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
    figure = found.figures[0]
    assert (figure.row, figure.region.code, figure.year, figure.segment.code) == (2, "51.01", 2024, "PU")
    assert (figure.workers, figure.participants, figure.definition) == (1234567, 1000, ("province", ""))


def test_a_workbook_means_the_same_as_its_text():
    header = [*HEADER.split(","), "as_of", "source"]
    content = sheet(header, [2024, 51.01, "PU", 1234567, "1.000", "province", date(2024, 12, 31), "SIPP"])

    found = reading(content, "figures.xlsx")

    assert found.faults == []
    figure = found.figures[0]
    assert (figure.region.code, figure.workers, figure.participants) == ("51.01", 1234567, 1000)
    assert (figure.as_of, figure.source) == (date(2024, 12, 31), "SIPP")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ([2024, 51, "PU", "=1000+1", 500, "province"], "workers"),
        ([2024, 51, "PU", 1000, 0.5, "province"], "participants"),
        ([2024, 51, "PU", True, 0, "province"], "workers"),
        ([2024, 51.1, "PU", 1000, 500, "province"], "province_code"),
        ([2024, 51, "PU", "#N/A", 500, "province"], "workers"),
        ([date(2024, 1, 1), 51, "PU", 1000, 500, "province"], "year"),
    ],
)
def test_a_wrong_cell_of_a_workbook_is_told_once_with_row_and_column(row, column):
    assert faults(sheet(HEADER.split(","), row), "figures.xlsx") == [(2, column)]


def test_a_code_without_its_last_zero_is_refused_with_the_one_that_was_meant():
    message = str(reading(f"{HEADER}\n2024,51.1,PU,1000,500,province").faults[0])

    assert "51.10 (Kabupaten Karangasem)" in message
