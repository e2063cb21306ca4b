"""Every kind of process is killed (-9) while jurors type: no mark that was acknowledged is lost.

nginx with the operator's file, two servers, one worker beside requests and PostgreSQL; a killed one is started again at
once, as systemd does. Every juror saves one sheet over and over through the proxy and writes each acknowledged save
into a journal. At the end every sheet must hold the last acknowledged marks, or what was on the way after them, and the
trail must be whole with an event for each acknowledged save. ``--seconds 60`` for longer, ``--kinds server proxy`` for
some kinds; ``--control`` answers before the commit and must lose something. The operating system stays up: what a power
cut does is the business of fsync, which this throwaway PostgreSQL has switched off.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import processes
from paritrana.setup.testing import machine, postgres
from tests.paritrana.operations import nginx

JURORS = 6
NODES = (processes.PORT + 1, processes.PORT + 2)
KINDS = ("server", "process", "worker", "postgres", "proxy")


@dataclass
class Journal:
    """Rounds of marks by number: the last one acknowledged, and those sent afterwards whose answer never came."""

    acknowledged: int = 0
    unanswered: list[int] = field(default_factory=list)
    saves: int = 0
    cut: int = 0


@dataclass
class Service:
    """A program with its children in a process group of its own."""

    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    running: subprocess.Popen | None = None

    def start(self) -> None:
        environment, away = {**os.environ, **self.environment}, subprocess.DEVNULL
        self.running = subprocess.Popen(
            self.command, cwd=processes.ROOT, env=environment, stderr=away, start_new_session=True
        )

    def kill(self) -> None:
        """The whole group at once, started again."""
        assert self.running
        _kill_group(self.running)
        self.start()

    def kill_child(self) -> None:
        """One of the children, which the program itself replaces."""
        assert self.running
        for number in processes.workers_of(self.running)[:1]:
            os.kill(number, signal.SIGKILL)

    def stop(self) -> None:
        if self.running:
            _kill_group(self.running)


def _kill_group(running: subprocess.Popen) -> None:
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def proxy(folder: Path) -> Service:
    """The operator's file of nginx without https, on the port of the benchmarks and before both servers."""
    text = (processes.ROOT / "docs/operations/nginx.conf").read_text()
    text = "\n".join(line for line in text.splitlines() if "ssl_certificate" not in line)
    ports = {"8000": NODES[0], "8001": NODES[1]}
    for old, new in ports.items():
        text = text.replace(f"127.0.0.1:{old} ", f"127.0.0.1:{new} ")
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{processes.PORT}").partition("server {\n    listen 80")[0]
    text = text.replace("$host;", "$http_host;")
    return Service([str(machine.nginx()), "-c", str(nginx.written(folder, text)), "-g", "daemon off;"])


@contextmanager
def stack(database: postgres.Cluster, without: str) -> Iterator[dict[str, Callable[[], None]]]:
    """Everything runs; yields how each kind is killed."""
    chance = random.Random(9)
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "docs/operations/gunicorn.conf.py", "--log-level", "critical"]
    servers = [
        Service(
            [*gunicorn, "benchmarks.unguarded:application"],
            {"WEB_BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "2", "UNGUARDED": without},
        )
        for port in NODES
    ]
    with tempfile.TemporaryDirectory(prefix="paritrana-crash-") as folder:
        worker, before = Service([sys.executable, "manage.py", "worker"]), proxy(Path(folder))
        for service in (*servers, worker, before):
            service.start()

        def kill_database() -> None:
            assert database.server
            _kill_group(database.server)
            _started(database)

        try:
            processes.wait_for_answer()
            yield {
                "server": lambda: chance.choice(servers).kill(),
                "process": lambda: chance.choice(servers).kill_child(),
                "worker": worker.kill,
                "postgres": kill_database,
                "proxy": before.kill,
            }
        finally:
            for service in (before, worker, *servers):
                service.stop()


def _started(database: postgres.Cluster) -> None:
    """The killed server's sessions may hold its memory a moment longer, and then the new one does not start."""
    for _try in range(20):
        try:
            database.start()
            return
        except RuntimeError:
            time.sleep(0.3)
    database.start()


def typed(criteria: list, number: int) -> dict[str, str]:
    """Marks that tell which round wrote them."""
    return {f"mark_{one.pk}": f"{number // 100},{number % 100:02d}" for one in criteria}


def patient(ask):  # type: ignore[no-untyped-def]
    """What the database answers, as soon as it is up again."""
    from django.db import Error, connection

    for _try in range(600):
        try:
            return ask()
        except Error:
            connection.close()
            time.sleep(0.2)
    return ask()


def type_on(seat, nomination, criteria: list, until: float) -> Journal:  # type: ignore[no-untyped-def]
    from django.db import connection
    from django.urls import reverse

    browser, journal, number = patient(lambda: processes.Browser(seat.user)), Journal(), 0
    path = reverse("sheet", args=[seat.panel.selection.slug, nomination.pk])
    while time.monotonic() < until:
        number += 1
        version = patient(lambda: seat.sheets.values_list("version", flat=True).first()) or 0
        status, _led = browser.post(path, typed(criteria, number) | {"version": version})
        if status == 302:
            journal.acknowledged, journal.unanswered = number, []
            journal.saves += 1
        else:
            journal.unanswered.append(number)
            journal.cut += 1
            time.sleep(0.1)
    connection.close()
    return journal


def kill_on(kills: dict[str, Callable[[], None]], kinds: list[str], until: float, pause: float) -> Counter:
    """How many of each kind were killed, in turn; the last one just before the end."""
    chance, killed = random.Random(9), Counter[str]()
    while time.monotonic() < until:
        time.sleep(chance.uniform(pause, 1.6 * pause))
        kind = kinds[killed.total() % len(kinds)]
        kills[kind]()
        killed[kind] += 1
    return killed


def held(seat) -> set[int | None]:  # type: ignore[no-untyped-def]
    """The rounds the sheet's marks are of: one, as a save is whole or not at all."""
    from scoring.models import Mark

    return set(Mark.objects.filter(sheet__seat=seat).values_list("value", flat=True))


def faults_of_trail(acknowledged: int) -> str:
    """What is wrong with the trail once all is chained; empty when it is whole and has every acknowledged save."""
    from paritrana.accounts import chaining, trail
    from paritrana.accounts.models import AuditEvent

    chaining.chain()
    written = AuditEvent.objects.filter(verb="sheet.save").count()
    missing = f"{written} saves in the trail" if written < acknowledged else ""
    return missing or trail.verify() or ""


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seconds", type=float, default=20)
    arguments.add_argument("--pause", type=float, default=2.5, help="seconds between kills: a process must come up")
    arguments.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    arguments.add_argument("--control", action="store_true", help="answer before the commit: must lose something")
    chosen = arguments.parse_args()
    with postgres.cluster(["-c", "fsync=off"]) as database:
        processes.prepared(database.url)
        from benchmarks import panels
        from tests import builders as make

        edition = make.edition(2050)
        made = panels.judged(edition, make.province("51", "Provinsi"), panels.criteria(edition, 3), 1, JURORS)
        with stack(database, "early" if chosen.control else "") as kills:
            until = time.monotonic() + chosen.seconds
            with ThreadPoolExecutor(JURORS + 1) as pool:
                killing = pool.submit(kill_on, kills, chosen.kinds, until, chosen.pause)
                typing = [pool.submit(type_on, s, made.nominations[0], made.criteria, until) for s in made.seats]
                journals, killed = [one.result() for one in typing], killing.result()
            time.sleep(1)
        pairs = list(zip(journals, [patient(lambda s=seat: held(s)) for seat in made.seats], strict=True))
        broken = patient(lambda: faults_of_trail(sum(log.saves for log in journals)))
    return judged(pairs, killed, broken, chosen.control)


def judged(pairs: list[tuple[Journal, set]], killed: Counter, broken: str, control: bool) -> int:
    lost = sum(not there <= {log.acknowledged, *log.unanswered} or len(there) != 1 for log, there in pairs)
    saves, cut = sum(log.saves for log, _there in pairs), sum(log.cut for log, _there in pairs)
    kinds = ", ".join(f"{kind} {count}" for kind, count in killed.items())
    print(f"{killed.total()} kills ({kinds}), {saves} saves acknowledged, {cut} cut short, {lost} sheets lost marks")
    print(f"trail: {broken or 'whole'}")
    if saves == 0 or not killed:
        print("nothing was tried: no save or no kill")
        return 1
    return int((lost == 0) if control else (lost > 0 or bool(broken)))


if __name__ == "__main__":
    sys.exit(main())
