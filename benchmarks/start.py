"""How long the first ``manage.py start`` of a fresh checkout takes, and every later one, against bare floors.

    python benchmarks/start.py [--python PYTHON] [--later N]

The first start runs in a copy of this checkout without ``.venv``, data or pip's cache. Its floor is an environment
without pip, and every wheel of the lock downloaded by one pip and unzipped. The floor of a later start is one boot of
Django with every page.
"""

import argparse
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
NOT_COPIED = shutil.ignore_patterns(".git", ".venv*", "var", "__pycache__", ".*_cache", ".hypothesis")
OURS = {"DATABASE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV"}
AIMS = {"first": 40.0, "later": 2.0}


class Cost(NamedTuple):
    """Seconds on the clock, and of the processor."""

    waited: float
    worked: float


def measured(act: Callable[[], object]) -> Cost:
    def worked() -> float:
        own, below = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime

    began, before = time.monotonic(), worked()
    act()
    return Cost(time.monotonic() - began, worked() - before)


class Checkout:
    """A copy of this checkout and everything a start makes of it."""

    def __init__(self, folder: Path, python: str) -> None:
        self.tree, self.python = folder / "checkout", python
        shutil.copytree(ROOT, self.tree, ignore=NOT_COPIED)
        inherited = {name: text for name, text in os.environ.items() if name not in OURS}
        clean = {name: text for name, text in inherited.items() if not name.startswith("PARITRANA_")}
        self.environment = clean | {"PARITRANA_DATA": str(folder / "data"), "PIP_NO_CACHE_DIR": "1"}

    def run(self, *command: str) -> None:
        subprocess.run(command, cwd=self.tree, env=self.environment, check=True, capture_output=True)

    def start(self, *, quietly: bool) -> float:
        """Seconds until the address is told; the lines on the way, each with its second."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        began = time.monotonic()
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        command = [self.python, "manage.py", "start", "--port", port]
        process = subprocess.Popen(command, cwd=self.tree, env=self.environment, **streams)
        said = ""
        for said in process.stdout:
            if not quietly:
                print(f"  {time.monotonic() - began:5.1f}  {said.rstrip()}", flush=True)
            if said.startswith("Paritrana is ready"):
                break
        ready = time.monotonic() - began
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        if not said.startswith("Paritrana is ready"):
            raise SystemExit("the start ended before it was ready")
        return ready

    def bare_install(self, folder: Path) -> None:
        self.run(self.python, "-m", "venv", "--without-pip", str(folder / "bare"))
        pip = [str(self.tree / ".venv/bin/python"), "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
        self.run(*pip, "--dest", str(folder / "wheels"), "--requirement", "requirements.txt")
        for wheel in (folder / "wheels").iterdir():
            zipfile.ZipFile(wheel).extractall(folder / "bare")

    def bare_boot(self) -> None:
        self.run(str(self.tree / ".venv/bin/python"), "-c", "import paritrana.wsgi")


def told(name: str, cost: Cost, floor: Cost) -> None:
    aim = f"aim {AIMS[name]:.0f} s" if cost.waited <= AIMS[name] else f"misses the aim of {AIMS[name]:.0f} s"
    print(f"{name} start: {cost.waited:.1f} s, {aim}; {cost.worked:.1f} s of the processor")
    print(f"  floor: {floor.waited:.1f} s, {floor.worked:.1f} of the processor")
    print(f"  ratio: {cost.waited / floor.waited:.1f}, {cost.worked / floor.worked:.1f} of the processor")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the first and every later manage.py start.")
    parser.add_argument("--python", default=getattr(sys, "_base_executable", sys.executable))
    parser.add_argument("--later", type=int, default=5, help="later starts, of which the quickest counts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="paritrana-start-") as name:
        folder = Path(name)
        checkout = Checkout(folder, options.python)
        first = measured(lambda: checkout.start(quietly=False))
        told("first", first, measured(lambda: checkout.bare_install(folder)))
        floor = min(measured(checkout.bare_boot) for _number in range(options.later))
        told("later", min(measured(lambda: checkout.start(quietly=True)) for _number in range(options.later)), floor)


if __name__ == "__main__":
    main()
