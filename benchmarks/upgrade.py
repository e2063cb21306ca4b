"""An upgrade with the rows of a country: how long it takes, and what jurors at the old servers notice of it.

``git worktree`` brings the release before (``--since``, a revision; by default the one that froze the newest release of
``tests/upgrade/releases.json``). Its code makes and fills the tables; at its server jurors save without a pause while
this code prepares the database; then the new server answers beside the old one. ``--database sqlite`` for a file.
Nothing acknowledged may be missing, and the trail must be whole.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import processes
from paritrana.setup.testing import postgres

ROOT = Path(__file__).resolve().parents[1]
OLD, NEW = 8141, 8142
JURORS = 4


@dataclass
class Juror(processes.Visitor):
    """Saves one sheet over and over, as its pages do; remembers what was answered."""

    path: str
    version: int = 1
    saved: int = 0
    refused: list[str] = field(default_factory=list)
    longest: dict[str, float] = field(default_factory=dict)

    def save(self, port: int, criteria: list[int], phase: str) -> None:
        value = f"{self.saved // 100 % 90 + 10},{self.saved % 100:02d}"
        typed = {f"mark_{each}": value for each in criteria} | {"version": self.version}
        began = time.monotonic()
        status, led = self.post(self.path, typed, port)
        self.longest[phase] = max(self.longest.get(phase, 0), time.monotonic() - began)
        if status == 302 and led.startswith(self.path):
            self.saved, self.version = self.saved + 1, self.version + 1
        else:
            self.refused.append(f"{status} {led}".strip())


@dataclass
class Release:
    """The code of one release over the database of the run."""

    code: Path
    environment: dict[str, str]

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=self.code, env=self.environment, stdout=subprocess.PIPE, check=True
        )
        return done.stdout.decode()

    @contextmanager
    def served(self, port: int) -> Iterator[None]:
        command = [sys.executable, "-m", "gunicorn", "-c", "docs/operations/gunicorn.conf.py", "paritrana.wsgi"]
        if not (self.code / command[4]).exists():
            command[3:5] = ["--workers", "2", "--threads", "8", "--worker-class", "gthread"]
        bound = [*command, "--bind", f"127.0.0.1:{port}", "--log-level", "critical"]
        server = subprocess.Popen(bound, cwd=self.code, env=self.environment)
        try:
            processes.wait_for_answer(port=port)
            yield
        finally:
            server.terminate()
            server.wait(60)


@contextmanager
def brought(revision: str, folder: Path) -> Iterator[Path]:
    git = ["git", "-C", str(ROOT), "worktree"]
    subprocess.run([*git, "add", "--quiet", "--detach", str(folder), revision], check=True)
    try:
        yield folder
    finally:
        subprocess.run([*git, "remove", "--force", str(folder)], check=True)


def released() -> str:
    """The revision that brought the newest release."""
    newest = list(json.loads((ROOT / "tests/upgrade/releases.json").read_text()))[-1]
    log = ["git", "-C", str(ROOT), "log", "--format=%H", f"-S## {newest} ", "--", "CHANGELOG.md"]
    return subprocess.run(log, check=True, capture_output=True, text=True).stdout.split()[-1]


def rehearse(old: Release, new: Release, provinces: int, each: int, times: int) -> int:
    began = time.monotonic()
    old.run("-m", "django", "migrate", "--verbosity", "0")  # without an environment of its own
    world = json.loads(old.run("-P", str(ROOT / "benchmarks/upgrade_fill.py"), *map(str, (provinces, each, times))))
    print(
        f"{provinces * each * times:,} nominations filled by the old release in {time.monotonic() - began:.0f} s",
        flush=True,
    )
    jurors = [Juror(**one) for one in world["jurors"][:JURORS]]
    phase, ports = ["before"], [OLD]

    def type_on(juror: Juror) -> None:
        while phase[0] != "over":
            juror.save(ports[juror.saved % len(ports)], world["criteria"], phase[0])

    with ThreadPoolExecutor(JURORS) as pool, ExitStack() as stack:
        stack.callback(phase.__setitem__, 0, "over")
        stack.enter_context(old.served(OLD))
        typing = [pool.submit(type_on, juror) for juror in jurors]
        time.sleep(10)
        phase[0], began = "while it is prepared", time.monotonic()
        new.run("manage.py", "prepare", "--empty", "--adopt-data-folder")
        print(f"prepared by the new release in {time.monotonic() - began:.1f} s", flush=True)
        stack.enter_context(new.served(NEW))
        phase[0], ports[:] = "old and new side by side", [OLD, NEW]
        time.sleep(10)
        phase[0] = "over"
        for one in typing:
            one.result()
    return judged(jurors, new)


def judged(jurors: list[Juror], new: Release) -> int:
    for juror in jurors:
        longest = ", ".join(f"{phase} {seconds:.1f}" for phase, seconds in juror.longest.items())
        print(f"{juror.saved} saved, {len(juror.refused)} refused {sorted(set(juror.refused))}; longest, s: {longest}")
    keys = [int(juror.path.rstrip("/").rsplit("/", 1)[1]) for juror in jurors]
    asked = f"ScoreSheet.objects.filter(nomination__in={keys}).order_by('nomination').values_list('version', flat=True)"
    code = f"import json; from scoring.models import ScoreSheet; print(json.dumps(list({asked})))"
    versions = json.loads(new.run("manage.py", "shell", "-v", "0", "-c", code))
    lost = [juror for juror, held in zip(jurors, versions, strict=True) if held < juror.version]
    print(f"{len(lost)} sheets lost saves;", new.run("manage.py", "verify_trail").strip())
    return int(bool(lost))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--since", default="", help="a revision, by default that of the newest release")
    arguments.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    arguments.add_argument("--provinces", type=int, default=34)
    arguments.add_argument("--each", type=int, default=295, help="nominations of each province")
    arguments.add_argument("--times", type=int, default=10, help="how often the database then makes each row")
    chosen = arguments.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="paritrana-upgrade-")))
        code = stack.enter_context(brought(chosen.since or released(), folder / "old"))
        url = f"sqlite:///{folder}/data/paritrana.sqlite3"  # where this code demands it
        if chosen.database == "postgresql":
            url = stack.enter_context(postgres.cluster(["-c", "fsync=off"])).url
        own = {
            "DATABASE_URL": url,
            "PARITRANA_DATA": str(folder / "data"),
            "DJANGO_SETTINGS_MODULE": "paritrana.settings",
        }
        (folder / "data").mkdir(mode=0o700)
        old = Release(code, os.environ | own | {"PARITRANA_URL": f"http://127.0.0.1:{OLD}", "PYTHONPATH": str(code)})
        new = Release(ROOT, os.environ | own | {"PARITRANA_URL": f"http://127.0.0.1:{NEW}"})
        return rehearse(old, new, chosen.provinces, chosen.each, chosen.times)


if __name__ == "__main__":
    sys.exit(main())
