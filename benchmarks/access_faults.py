"""Forty holes planted one by one in the rules of access, to see whether the tests notice each of them.

``python benchmarks/access_faults.py [--only NUMBER ...] [--list] [--widely]``: replaces one piece of code in a copy of
the checkout, as somebody could by mistake, and runs the tests the list expects to notice it; ``--widely`` also all
quick tests of the award, the regions and access where they do not. Two holes at a time. Prints which test noticed
which hole, and ends with 1 when fewer than 38 were, or when a piece is no longer in the code. The checkout is never
touched.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
WANTED = 38
AT_ONCE = 2
PYTEST = [sys.executable, "-m", "pytest", "-x", "-q", "--nomigrations", "-n", "0", "-p", "no:cacheprovider"]
WIDELY = ["-m", "not complete and not program", "tests/access", "tests/awards", "tests/scoring", "tests/regions"]
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


class Hole(NamedTuple):
    file: str
    before: str
    after: str
    leak: str
    tests: list[str]


HOLES = [Hole(**each) for each in json.loads(Path(__file__).with_name("access_holes.json").read_text())]
"""File, what stands there once, what replaces it, what it would open to whom, and the tests that should notice."""


def missing(hole: Hole) -> str:
    """What is wrong with a hole's place in today's code, or an empty string."""
    found = (ROOT / hole.file).read_text().count(hole.before) if (ROOT / hole.file).exists() else 0
    return "" if found == 1 else f"{hole.file}: found {found} times: {hole.before}"


def noticed(hole: Hole, copy: Path, *, widely: bool) -> str:
    """The test that fails with this hole, or an empty string."""
    target = copy / hole.file
    original = target.read_text()
    target.write_text(original.replace(hole.before, hole.after))
    try:
        for tests in (hole.tests, WIDELY)[: 1 + widely]:
            paths = {"PYTHONPATH": str(copy), "PARITRANA_TEST_DATA": str(copy / "var"), "PYTHONDONTWRITEBYTECODE": "1"}
            done = subprocess.run([*PYTEST, *tests], cwd=copy, env=os.environ | paths, capture_output=True, text=True)
            if done.returncode == 1:
                return FAILED.findall(done.stdout)[0]
            if done.returncode:
                raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    finally:
        target.write_text(original)
    return ""


def plant(chosen: dict[int, Hole], *, widely: bool) -> int:
    """Plant each hole in a copy of its own; returns how many were noticed."""
    found = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as workers:
        copies: SimpleQueue[Path] = SimpleQueue()
        skip = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".mypy_cache", ".hypothesis")
        for number in range(AT_ONCE):
            copies.put(Path(shutil.copytree(ROOT, Path(folder) / str(number), ignore=skip)))

        def tried(hole: Hole) -> str:
            copy = copies.get()
            try:
                return noticed(hole, copy, widely=widely)
            finally:
                copies.put(copy)

        for (number, hole), test in zip(chosen.items(), workers.map(tried, chosen.values()), strict=True):
            found += bool(test)
            print(f"{number:2} {hole.file}: {hole.leak}: {test or 'SURVIVED'}", flush=True)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", type=int, nargs="+", help="numbers from the list")
    parser.add_argument("--list", action="store_true", help="print the holes and whether their place is found")
    parser.add_argument("--widely", action="store_true", help="run all quick tests for what its own tests leave")
    options = parser.parse_args()
    lost = list(filter(None, map(missing, HOLES)))
    print(*lost, sep="\n", end="\n" if lost else "")
    chosen = {number: hole for number, hole in enumerate(HOLES, 1) if not options.only or number in options.only}
    if options.list or lost:
        print(*(f"{number:2} {hole.file}: {hole.leak}" for number, hole in chosen.items()), sep="\n")
        return bool(lost)
    found = plant(chosen, widely=options.widely)
    print(f"{found} of {len(chosen)} noticed")
    return found < min(WANTED, len(chosen))


if __name__ == "__main__":
    sys.exit(main())
