"""Importing many rows against the least any import must do, and opening and saving one grid.

The floor of an import is reading the workbook with openpyxl and one bare bulk insert, with nothing read
strictly, checked, versioned or recorded. Only writing keeps others from writing. Seconds of processor time, of the
process that reads strangers' files as well, whose greatest memory stands beside.
``python benchmarks/coverage.py [ROWS ...]`` (5,000 and 50,000 unless said) works on a database of its own in a
temporary folder, which it removes; SQLite, unless DATABASE_URL names another.
"""

import io
import os
import resource
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
import openpyxl
import xlsxwriter

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from paritrana.intake import WrittenBy, planning  # noqa: E402
from paritrana.workbooks import Table, sandbox  # noqa: E402
from regions.imports.intake import CoverageIntake  # noqa: E402
from regions.models import Coverage, CoverageVersion, Region  # noqa: E402
from tests import builders as make  # noqa: E402

HEADER = ["year", "region_code", "segment", "workers", "participants", "territory"]
YEARS = range(2014, 2026)
GRIDS = (1, 11, 22, 50)
TEXT_ROWS = 15_000


def workbook(rows: int, regions: list[Region], segments: list[str]) -> bytes:
    file = io.BytesIO()
    places = ((region.code, year, code) for region in regions for year in YEARS for code in segments)
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for number, (region, year, code) in zip(range(1, rows + 1), places, strict=False):
            sheet.write_row(number, 0, [year, region, code, 1000 + number, number % 1000, "regency or city"])
    return file.getvalue()


def read(content: bytes, name: str = "a.xlsx") -> Table:
    """As an upload is read: every cell, in the process that reads strangers' files."""
    return sandbox.table(sandbox.read(content, name))


def compare(table: Table) -> tuple[CoverageIntake, planning.IntakePlan]:
    """Every row against the reference data, and against what is stored."""
    intake = CoverageIntake()
    return intake, planning.plan(intake, table)


def write(intake: CoverageIntake, found: planning.IntakePlan) -> int:
    return planning.write(intake, found.changes, WrittenBy(None, "a.xlsx", "0"))


def floor(content: bytes) -> int:
    """Reading every cell, and inserting the figures with what the keys need looked up beforehand."""
    regions = {region.code: region.pk for region in Region.objects.all()}
    segments = {code: make.segment(code).pk for code in make.SEGMENTS}
    definition = make.definition().pk
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).active
    rows = [
        Coverage(
            year=year,
            region_id=regions[code],
            segment_id=segments[segment],
            workers=workers,
            participants=participants,
            definition_id=definition,
        )
        for year, code, segment, workers, participants, _territory in sheet.iter_rows(min_row=2, values_only=True)
    ]
    with transaction.atomic():
        return len(Coverage.objects.bulk_create(rows, batch_size=400))


def timed(call, *given) -> tuple[float, Any]:
    started = spent()
    done = call(*given)
    return spent() - started, done


def spent() -> float:
    """Of this process, and of those it started and saw end."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def text_table(rows: int, regions: list[Region], segments: list[str]) -> bytes:
    places = ((region.code, year, code) for region in regions for year in YEARS for code in segments)
    lines = [",".join(HEADER)]
    for number, (region, year, code) in zip(range(1, rows + 1), places, strict=False):
        lines.append(f"{year},{region},{code},{1000 + number},{number % 1000},regency or city")
    return "\n".join(lines).encode()


def memory_of_reader(content: bytes, name: str) -> int:
    """MB the process that reads took at most; started by a small process, whose own memory it would inherit."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    reader = [sys.executable, "-m", "paritrana.workbooks.reader", name, "id"]
    done = subprocess.run([sys.executable, "-c", script, *reader], input=content, stdout=subprocess.PIPE, check=True)
    return int(done.stdout)


def measure_text(rows: int, regions: list[Region]) -> None:
    """Reading a text table and comparing it, as its preview does."""
    content = text_table(rows, regions, make.SEGMENTS)
    reading, table = timed(read, content, "a.csv")
    comparing, (_intake, planned) = timed(compare, table)
    if len(planned.changes) != rows:
        raise SystemExit(f"of {rows} rows {len(planned.changes)} were compared")
    memory = memory_of_reader(content, "a.csv")
    print(f"\ncsv of {rows:,} rows: read {reading:.1f} s, compared {comparing:.1f} s, {memory} MB")


def clear() -> None:
    CoverageVersion.objects.all().delete()
    Coverage.objects.all()._raw_delete("default")


def compare_imports(sizes: list[int], regions: list[Region]) -> None:
    print("| rows | read s | compare s | write s | together | floor s | ratio | again: compare, write s | reader MB |")
    print("|---:" * 9 + "|")
    for rows in sizes:
        content = workbook(rows, regions, make.SEGMENTS)
        bare, done = timed(floor, content)
        clear()
        reading, table = timed(read, content)
        comparing, planned = timed(compare, table)
        writing, written = timed(write, *planned)
        table.rows = [
            replace(row, cells=row.cells | {"participants": row.cells["participants"] + 1}) for row in table.rows
        ]
        again, planned = timed(compare, table)
        rewriting, rewritten = timed(write, *planned)
        clear()
        if not done == written == rewritten:
            raise SystemExit(f"the floor wrote {done}, the import {written}, then {rewritten}")
        whole = reading + comparing + writing
        cells = [reading, comparing, writing, whole, bare, whole / bare]
        shown = " | ".join(f"{cell:.1f}" for cell in cells)
        memory = memory_of_reader(content, "a.xlsx")
        print(f"| {rows:,} | {shown} | {again:.1f}, {rewriting:.1f} | {memory} |", flush=True)


def grid_floor(regions: list[Region]) -> int:
    """The least a saved grid must do: one bare insert of its figures."""
    segments = [make.segment(code) for code in make.SEGMENTS]
    year, definition = date.today().year, make.definition().pk
    places = [(region, each, segment) for region in regions for each in (year - 2, year - 1) for segment in segments]
    rows = [
        Coverage(region=region, year=each, segment=segment, workers=1000, participants=500, definition_id=definition)
        for region, each, segment in places
    ]
    with transaction.atomic():
        return len(Coverage.objects.bulk_create(rows))


def measure_grids(regions: list[Region]) -> None:
    print("\n| regions | boxes | open s | queries | save s | queries | figures written | floor s | ratio |")
    print("|---:" * 9 + "|")
    for number in GRIDS:
        area = regions[:number]
        client, page = Client(), reverse("coverage-grid")
        make.branch().working_area.clear()
        client.force_login(make.branch_staff(*area))
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            opening, shown = timed(client.get, page)
            asked = len(queries)
        sent = {"versions": ""}
        for key in shown.context["grid"].cells:
            sent |= {f"workers-{key}": "1.000", f"participants-{key}": "500"}
        with CaptureQueriesContext(connection) as queries:
            saving, answer = timed(client.post, page, sent)
            written_in = len(queries)
        if answer.status_code != 302:
            raise SystemExit(f"the grid was answered with {answer.status_code}")
        written = Coverage.objects.count()
        clear()
        floor, _done = timed(grid_floor, area)
        clear()
        cells = (
            f"{opening:.2f} | {asked} | {saving:.2f} | {written_in} | {written} | {floor:.3f} | {saving / floor:.1f}"
        )
        print(f"| {number} | {len(sent) - 1} | {cells} |", flush=True)


def main() -> None:
    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0)
    try:
        regions = [make.regency(f"{50 + at // 99:02d}.{at % 99 + 1:02d}", f"Kabupaten {at}") for at in range(600)]
        for code in make.SEGMENTS:
            make.segment(code)
        make.definition()
        compare_imports([int(size) for size in sys.argv[1:]] or [5_000, 50_000], regions)
        measure_text(TEXT_ROWS, regions)
        measure_grids(regions)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
