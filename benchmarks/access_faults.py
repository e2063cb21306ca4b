"""Forty holes planted one by one in the rules of access, to see whether the tests notice each of them.

``python benchmarks/access_faults.py [--only NUMBER ...] [--list]``: replaces one piece of code in a copy of the
checkout, as somebody could by mistake, and runs the tests of access, then the others. Prints which hole was noticed by
whom and ends with 1 when fewer than 38 were, or when a piece is no longer in the code. The checkout is never touched.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
WANTED = 38
ACCESS = ["tests/access", "tests/awards/test_permissions.py", "tests/awards/test_permission_tables.py"]
PYTEST = [sys.executable, "-m", "pytest", "-x", "-q", "--nomigrations", "-p", "no:cacheprovider"]
QUICKLY = [*PYTEST, "-n", "2", "-m", "not complete and not program", *ACCESS]
WHOLE = [*PYTEST, "-n", "2", "-m", "not program", "--ignore=tests/access", "--ignore=tests/journeys", "tests"]


class Hole(NamedTuple):
    file: str
    before: str
    after: str
    leak: str


HOLES = [Hole(**each) for each in json.loads(Path(__file__).with_name("access_holes.json").read_text())]
"""File, what stands there once, what replaces it, and what it would open to whom."""


def missing(hole: Hole) -> str:
    """What is wrong with a hole's place in today's code, or an empty string."""
    found = (ROOT / hole.file).read_text().count(hole.before) if (ROOT / hole.file).exists() else 0
    return "" if found == 1 else f"{hole.file}: found {found} times: {hole.before}"


def noticed(hole: Hole, copy: Path) -> str:
    """Which tests fail with this hole: ``access``, ``others``, or an empty string."""
    target = copy / hole.file
    original = target.read_text()
    target.write_text(original.replace(hole.before, hole.after))
    try:
        for tests, command in {"access": QUICKLY, "others": WHOLE}.items():
            done = subprocess.run(command, cwd=copy, env=os.environ | {"PYTHONPATH": str(copy)}, capture_output=True)
            if done.returncode == 1:
                return tests
            if done.returncode:
                raise RuntimeError(done.stdout.decode()[-2000:] + done.stderr.decode()[-2000:])
    finally:
        target.write_text(original)
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", type=int, nargs="+", help="numbers from the list")
    parser.add_argument("--list", action="store_true", help="print the holes and whether their place is found")
    options = parser.parse_args()
    lost = list(filter(None, map(missing, HOLES)))
    print(*lost, sep="\n", end="\n" if lost else "")
    chosen = {number: hole for number, hole in enumerate(HOLES, 1) if not options.only or number in options.only}
    if options.list or lost:
        print(*(f"{number:2} {hole.file}: {hole.leak}" for number, hole in chosen.items()), sep="\n")
        return bool(lost)
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        skip = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".mypy_cache", ".hypothesis")
        shutil.copytree(ROOT, copy, ignore=skip)
        for number, hole in chosen.items():
            by = noticed(hole, copy)
            found += bool(by)
            print(f"{number:2} {by or 'SURVIVED':8} {hole.file}: {hole.leak}", flush=True)
    print(f"{found} of {len(chosen)} noticed")
    return found < min(WANTED, len(chosen))


if __name__ == "__main__":
    sys.exit(main())
