"""What certificates cost against bare pages: ``python benchmarks/documents.py [--rounds N] [--limit RATIO]``.

One certificate for each published winner of ``fixtures/history``: words, QR code, frame, accessible PDF, digest. The
floor, measured in the same run: the same compiler sets as many pages of the same size with the name alone. Processor
time of one process, best of some rounds. It fails (exit 1) when the ratio or the seconds are over their limit;
``--limit 1`` is the control that shows it can.
"""

import argparse
import csv
import datetime
import os
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django  # noqa: E402

django.setup()

import typst  # noqa: E402

from paritrana.display import pdf  # noqa: E402
from scoring.documents import past  # noqa: E402
from scoring.documents.certificates import CertificateRecipient  # noqa: E402
from scoring.documents.codes import fresh_code  # noqa: E402

AT = datetime.datetime(2024, 5, 1, 3, tzinfo=datetime.UTC)
BARE = b"""#set document(title: "x")
#set page(width: 297mm, height: 210mm)
#sys.inputs.name
"""
LIMIT, SECONDS = 8.0, 5.0


def published() -> list[dict[str, str]]:
    with (ROOT / "fixtures/history/winners_published.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["place"] != "nominasi"]


def certificates(rows: list[dict[str, str]]) -> None:
    for row in rows:
        found = CertificateRecipient(
            row["name"], "", row["region"], row["category"], row["sector"], row["zone"], row["place"]
        )
        about = found.subject("") | {"edition": row["period"], "province": row["province"] or None}
        made = pdf.typeset("certificate", past.certificate_content(about, paper="a4", code=fresh_code()), at=AT)
        sha256(made).hexdigest()


def bare_pages(rows: list[dict[str, str]]) -> None:
    fonts = typst.Fonts(include_system_fonts=False)
    for row in rows:
        inputs = {"name": pdf.printable(row["name"]) + fresh_code()}
        typst.compile(BARE, font_paths=fonts, sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=AT)


def timed(work: Callable[[list[dict[str, str]]], None], rows: list[dict[str, str]], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work(rows)
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=LIMIT)
    given = parser.parse_args()
    rows = published()
    floor, taken = timed(bare_pages, rows, given.rounds), timed(certificates, rows, given.rounds)
    ratio = taken / floor
    print(f"{len(rows)} certificates {taken:.2f} s, bare pages {floor:.2f} s, ratio {ratio:.2f}")
    return int(ratio > given.limit or taken > SECONDS)


if __name__ == "__main__":
    sys.exit(main())
