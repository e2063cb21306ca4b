"""The steps of ``manage.py test``: all of them run, with one exit code and one summary."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from defusedxml import ElementTree

from paritrana.setup import environment
from paritrana.setup.bootstrap import ROOT
from paritrana.setup.testing import machine, postgres

OWN_CODE = ["manage.py", "paritrana", "regions", "awards", "scoring"]
PURE = ["scoring/ranking"]
JOURNEYS = "tests/journeys"
TESTS = ["-n", "2", "--dist", "worksteal", f"--ignore={JOURNEYS}", "tests"]
PROGRAMS = ["-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider", f"--ignore={JOURNEYS}", "tests"]
"""Whole modules, since preparing an installation for one takes longer than its tests."""
ON_SQLITE = {
    "fast": "not program and not slow and not complete and not postgresql and not both",
    "usual": "not program and not complete and not postgresql",
    "thorough": "not program",
}
ON_POSTGRES = {
    "usual": "(both or postgresql) and not program and not once and not complete",
    "thorough": "not program and not once",
}
"""The tests of each extent, by the markers of ``pyproject.toml`` and the lists of ``tests/dialect.py``."""
STARTED = {"usual": "program and not complete", "thorough": "program"}
IN_THE_BROWSER = {"usual": ["-m", "not complete"], "thorough": []}
HTTPS = {"PARITRANA_URL": "https://paritrana.example", "PARITRANA_PROXIES": "1"}


@dataclass
class RunCount:
    """Numbers from the test reports, summed over the runs."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            self.passed += total - failed - skipped
            self.failed += failed
            self.skipped += skipped


@dataclass
class Run:
    """One call of ``manage.py test``: the folder of its files and its results so far."""

    folder: Path
    count: RunCount = field(default_factory=RunCount)
    lines: list[str] = field(default_factory=list)
    failed: bool = False

    def step(self, name: str, check: Callable[[], bool]) -> None:
        print(f"\n=== {name}", flush=True)
        began = time.monotonic()
        try:
            passed = check()
        except (machine.Missing, RuntimeError, OSError) as obstacle:
            print(obstacle, flush=True)
            passed = False
        self.failed |= not passed
        self.lines.append(f"{'ok  ' if passed else 'FAIL'} {time.monotonic() - began:7.1f} s  {name}")

    def pytest(self, name: str, arguments: list[str], environment: dict[str, str] | None = None) -> bool:
        return self.counted(name, python(*self.command(name, arguments), environment=environment))

    def command(self, name: str, arguments: list[str]) -> list[str]:
        return ["-m", "pytest", f"--junitxml={self.folder / name}.xml", *arguments]

    def counted(self, name: str, passed: bool) -> bool:
        """Add the results of the pytest of this name."""
        if (report := self.folder / f"{name}.xml").exists():
            self.count.add(report)
        return passed

    def pytest_in_browser(self, arguments: list[str]) -> bool:
        """A busy machine can lose a key press, so failed journeys run once more, alone; the summary says so."""
        before = self.count.failed
        if self.pytest("journeys", arguments):
            return True
        failed, self.count.failed = self.count.failed - before, before
        alone = ["-n", "0", "--last-failed", "--last-failed-no-failures=none"]
        passed = self.pytest("journeys-again", [*arguments, *alone])
        if passed:
            self.lines.append(f"note: {failed} of the browser journeys passed at the second try only")
        return passed

    def pytest_on_postgres(self, arguments: list[str]) -> bool:
        with postgres.throwaway() as url:
            return self.pytest("postgresql", arguments, {"DATABASE_URL": url})

    def summarise(self) -> int:
        print("\n=== summary", *self.lines, "", sep="\n")
        skipped = f", {self.count.skipped} skipped" if self.count.skipped else ""
        print(f"{self.count.passed} passed, {self.count.failed} failed{skipped}", flush=True)
        return 1 if self.failed else 0


def run(arguments: list[str], *, extent: str = "usual") -> int:
    """Run every check to this extent, or pytest alone with ``arguments``; returns the exit code."""
    os.chdir(ROOT)
    for name in set(environment.NAMES) - {"PARITRANA_DATA"}:  # a database set in the environment is not for tests
        os.environ.pop(name, None)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # some hundred interpreters start, each in half the time
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # unwinds the context managers
    with tempfile.TemporaryDirectory(prefix="paritrana-test-") as folder:
        this = Run(Path(folder))
        try:
            _chosen_tests(this, arguments, extent) if arguments else _everything(this, extent)
        except KeyboardInterrupt:
            this.failed = True
            this.lines.append("FAIL interrupted")
        return this.summarise()


def _chosen_tests(this: Run, arguments: list[str], extent: str) -> None:
    this.step("pytest, SQLite", lambda: this.pytest("sqlite", arguments))
    if extent != "fast":
        this.step("pytest, PostgreSQL", lambda: this.pytest_on_postgres(arguments))


def _everything(this: Run, extent: str) -> None:
    longest = [] if extent == "fast" else [_python("mypy, every call", "-m", "mypy", *OWN_CODE[1:])]
    _two_at_a_time(this, [*longest, *_static_checks()])
    # Tables straight from the models save 7 s on SQLite and 15 on PostgreSQL: that migrations create the same ones is
    # checked above, and the started programs and the tests of upgrades do migrate.
    on_sqlite = ["--nomigrations", *TESTS, "-m", ON_SQLITE[extent]]
    this.step(f"pytest, SQLite, {extent}", lambda: this.pytest("sqlite", on_sqlite))
    if extent == "fast":
        return
    elsewhere = ["--nomigrations", *TESTS, "-m", ON_POSTGRES[extent]]
    this.step(f"pytest, PostgreSQL, {extent}", lambda: this.pytest_on_postgres(elsewhere))
    this.step("programs of the system", _system_programs)
    _programs_and_journeys(this, extent)


def _programs_and_journeys(this: Run, extent: str) -> None:
    """A sample of each runs beside the other, since either often waits for what it started; all of them take turns."""
    started = [*PROGRAMS, "-m", STARTED[extent]]
    chosen = ["-n", "2", "--dist", "worksteal", "--nomigrations", JOURNEYS, *IN_THE_BROWSER[extent]]
    with ThreadPoolExecutor(1) as pool:
        begun = pool.submit(quietly, sys.executable, *this.command("programs", started))
        programs = f"pytest, started programs, {extent}", lambda: this.counted("programs", _has_passed(begun.result))
        journeys = f"browser journeys, {extent}", lambda: this.pytest_in_browser(chosen)
        for name, check in (programs, journeys) if extent == "thorough" else (journeys, programs):
            this.step(name, check)


Check = tuple[str, Callable[[], subprocess.CompletedProcess[str]]]


def _two_at_a_time(this: Run, checks: list[Check]) -> None:
    """Each with its own output and name; the time shown is how long the runner waited for it."""
    with ThreadPoolExecutor(2) as pool:
        for name, begun in [(name, pool.submit(check)) for name, check in checks]:
            this.step(name, partial(_has_passed, begun.result))


def _has_passed(result: Callable[[], subprocess.CompletedProcess[str]]) -> bool:
    done = result()
    print(done.stdout, end="", flush=True)
    return done.returncode == 0


def _static_checks() -> list[Check]:
    templates = sorted(str(path) for path in Path("templates").rglob("*.html"))
    strictly = ["--config-file=", "--strict", "--cache-dir=.mypy_cache/strict"]  # other rules, other findings to cache
    return [
        _python("ruff check", "-m", "ruff", "check", "--quiet", "."),
        _python("ruff format", "-m", "ruff", "format", "--check", "--quiet", "."),
        ("djade", lambda: quietly(program("djade"), "--check", *templates)),
        _python("bandit", "-m", "bandit", "--quiet", "--configfile", "pyproject.toml", "-r", *OWN_CODE),
        _python("mypy, the pure modules", "-m", "mypy", *strictly, *PURE),
        ("import contracts", lambda: quietly(program("lint-imports"), "--no-logo", "--no-cache")),
        _python("migrations complete", "manage.py", "makemigrations", "--check", "--dry-run"),
        ("deployment check", _deployment_check),
    ]


def _python(name: str, *arguments: str) -> Check:
    return name, lambda: quietly(sys.executable, *arguments)


def _deployment_check() -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory(prefix="paritrana-check-") as folder:
        check = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
        sqlite = f"sqlite:///{folder}/paritrana.sqlite3"  # asked for by name, as https demands
        return quietly(sys.executable, *check, environment={**HTTPS, "PARITRANA_DATA": folder, "DATABASE_URL": sqlite})


def _system_programs() -> bool:
    """Before the tests that need them run, since two of Debian's installers would wait for one lock."""
    machine.installed(machine.nginx, "nginx-light")
    machine.installed(machine.caddy, "caddy")
    machine.installed(machine.chromium, "chromium-headless-shell", "chromium")
    machine.installed(machine.libreoffice, "libreoffice-calc-nogui")
    return True


def program(name: str) -> str:
    """A program installed in the same folder as this interpreter that cannot be run as a module."""
    found = Path(sys.executable).with_name(name)
    if not found.exists():
        raise machine.Missing(f"{name} is not installed in {sys.prefix}. Type: pip install -e .[test]")
    return str(found)


def quietly(*command: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program and return its output, errors included."""
    whole = {**os.environ, **(environment or {})}
    output = subprocess.PIPE
    return subprocess.run(
        command, env=whole, text=True, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
    )


def python(*arguments: str, environment: dict[str, str] | None = None) -> bool:
    """Run this interpreter with its output passed through; True when it ended with 0."""
    whole = {**os.environ, **(environment or {})}
    return subprocess.call([sys.executable, *arguments], env=whole, stdin=subprocess.DEVNULL) == 0
