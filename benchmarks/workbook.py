"""What the winners workbook costs against bare cells: ``python benchmarks/workbook.py [CANDIDATES ...]``.

A seeded result of one category with nine criteria of every kind, seven jurors and three titles. The floor, measured in
the same run: the same library writes the same cells in the same sheets as bare values, without formulas, looks or
widths. Processor time of one process, best of some rounds. It fails (exit 1) when the ratio is over its limit;
``--limit 0.5`` is the control that shows it can.
"""

import argparse
import datetime
import io
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

import xlsxwriter  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from scoring import verify_seal  # noqa: E402
from scoring.exports import workbook  # noqa: E402
from scoring.exports.workbook.book import FIRST, Book  # noqa: E402
from tests import builders  # noqa: E402
from tests.scoring.documents import panel_documents  # noqa: E402

AT = datetime.datetime(2024, 5, 1, 3, tzinfo=datetime.UTC)
LIMIT = 1.5
Table = tuple[str, Sequence[Sequence[Any]]]


def by_sorting(found: Any, _category: Any, title: Any, contenders: Any, scores: Any, _qualified: Any) -> list[Any]:
    """Places by total alone, ties shared: enough for cells that are not looked at, and fast."""
    exact = [sum(known[slug] * weight for slug, weight in title["weights"].items()) for known in map(_zeros, scores)]
    totals = [(one + 5_000) // 10_000 for one in exact]
    groups = [verify_seal.group_of(found, title, one) for one in contenders]
    ahead: dict[tuple[str, int], int] = {}
    for number, (group, _total) in enumerate(
        sorted(zip(groups, totals, strict=True), key=lambda one: (one[0], -one[1]))
    ):
        ahead.setdefault((group, _total), number)
    first = {group: min(n for (g, _t), n in ahead.items() if g == group) for group in set(groups)}
    return [(ahead[g, t] - first[g] + 1, False, t, {}) for g, t in zip(groups, totals, strict=True)]


def _zeros(scores: Any) -> Any:
    return {slug: score or 0 for slug, score in scores.items()}


def timed(call: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        call()
        taken.append(time.process_time() - started)
    return min(taken)


def tables_of(write: Callable[[], bytes]) -> tuple[list[Table], float]:
    """The cells of every sheet as they are handed to be written, and how many megabytes the workbook has."""
    found: list[Table] = []
    table = Book.table

    def listen(book: Book, sheet: Any, title: str, columns: Any, rows: Sequence[Sequence[Any]], keep: int = 0) -> None:
        found.append((sheet.get_name(), [[one[1] if isinstance(one, tuple) else one for one in row] for row in rows]))
        table(book, sheet, title, columns, rows, keep)

    Book.table = listen  # type: ignore[method-assign]
    try:
        size = len(write()) / 1e6
    finally:
        Book.table = table  # type: ignore[method-assign]
    return found, size


def bare(tables: list[Table]) -> None:
    with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
        for name, rows in tables:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows, FIRST):
                for place, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(number, place, value)
                    elif value is not None:
                        sheet.write_number(number, place, value)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sizes", type=int, nargs="*", default=[1_000, 10_000])
    options.add_argument("--limit", type=float, default=LIMIT)
    options.add_argument("--rounds", type=int, default=2)
    given = options.parse_args()
    setup_test_environment()
    old = connection.creation.create_test_db(verbosity=0)
    too_slow = False
    try:
        selection = builders.selection(at=builders.province())
        print(f"{'candidates':>10} {'cells':>9} {'bare s':>7} {'workbook s':>10} {'ratio':>6} {'MB':>6}")
        for size in given.sizes:
            document = panel_documents.document(1, categories=1, contenders=size, ranked=by_sorting)

            def write(document: dict[str, Any] = document) -> bytes:
                return workbook.winners(selection, document, None, exporter="x", at=AT)

            tables, megabytes = tables_of(write)
            floor = timed(lambda tables=tables: bare(tables), given.rounds)
            cost = timed(write, given.rounds)
            cells = sum(len(row) for _name, rows in tables for row in rows)
            ratio = cost / floor
            print(f"{size:>10,} {cells:>9,} {floor:>7.2f} {cost:>10.2f} {ratio:>6.2f} {megabytes:>6.1f}")
            too_slow |= ratio > given.limit
    finally:
        connection.creation.destroy_test_db(old, verbosity=0)
    return int(too_slow)


if __name__ == "__main__":
    sys.exit(main())
