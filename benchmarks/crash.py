"""Workers are killed (-9) while jurors type: no mark that was acknowledged is lost.

Two app processes over a throwaway PostgreSQL; every juror saves one sheet over and over and writes each
acknowledged save into a journal; a worker is killed again and again and gunicorn starts another. At the end every
sheet must hold the last acknowledged marks, or what was on the way after them. ``--seconds 60`` for longer;
``--control`` answers before the commit and must lose something. The operating system and PostgreSQL stay up: what a
power cut does is the business of fsync, which this throwaway server has switched off.
"""

import argparse
import os
import random
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import processes
from paritrana.setup.testing.postgres import throwaway

JURORS = 6


@dataclass
class Journal:
    """Rounds of marks by number: the last one acknowledged, and those sent afterwards whose answer never came."""

    acknowledged: int = 0
    unanswered: list[int] = field(default_factory=list)
    saves: int = 0


def typed(criteria: list, number: int) -> dict[str, str]:
    """Marks that tell which round wrote them."""
    return {f"mark_{one.pk}": f"{number // 100},{number % 100:02d}" for one in criteria}


def type_on(seat, nomination, criteria: list, until: float) -> Journal:  # type: ignore[no-untyped-def]
    from django.db import connection
    from django.urls import reverse

    browser, journal, number = processes.Browser(seat.user), Journal(), 0
    path = reverse("sheet", args=[seat.panel.selection.slug, nomination.pk])
    while time.monotonic() < until:
        number += 1
        version = seat.sheets.values_list("version", flat=True).first() or 0
        status, _led = browser.post(path, typed(criteria, number) | {"version": version})
        if status == 302:
            journal.acknowledged, journal.unanswered = number, []
            journal.saves += 1
        else:
            journal.unanswered.append(number)
    connection.close()
    return journal


def kill(server, until: float, pause: tuple[float, float]) -> int:  # type: ignore[no-untyped-def]
    """How many workers were killed; the last one just before the end, so that something is always on the way."""
    chance, killed = random.Random(9), 0
    while time.monotonic() < until:
        time.sleep(chance.uniform(*pause))
        workers = processes.workers_of(server)
        for worker in workers if time.monotonic() >= until else workers[:1]:
            os.kill(worker, signal.SIGKILL)
            killed += 1
    return killed


def held(seat) -> set[int | None]:  # type: ignore[no-untyped-def]
    """The rounds the sheet's marks are of: one, as a save is whole or not at all."""
    from scoring.models import Mark

    return set(Mark.objects.filter(sheet__seat=seat).values_list("value", flat=True))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seconds", type=float, default=20)
    arguments.add_argument("--pause", type=float, default=2.5, help="seconds between kills: a worker must come up")
    arguments.add_argument("--control", action="store_true", help="answer before the commit: must lose something")
    chosen = arguments.parse_args()
    with throwaway() as url:
        processes.prepared(url)
        from benchmarks import panels
        from tests import builders as make

        edition = make.edition(2050)
        made = panels.judged(edition, make.province("51", "Provinsi"), panels.criteria(edition, 3), 1, JURORS)
        with processes.served("early" if chosen.control else "") as server:
            until = time.monotonic() + chosen.seconds
            with ThreadPoolExecutor(JURORS + 1) as pool:
                killing = pool.submit(kill, server, until, (chosen.pause, 1.6 * chosen.pause))
                typing = [pool.submit(type_on, s, made.nominations[0], made.criteria, until) for s in made.seats]
                journals, killed = [one.result() for one in typing], killing.result()
            time.sleep(1)
        pairs = list(zip(journals, [held(seat) for seat in made.seats], strict=True))
    lost = sum(not there <= {log.acknowledged, *log.unanswered} or len(there) != 1 for log, there in pairs)
    saves, cut = sum(log.saves for log in journals), sum(len(log.unanswered) for log in journals)
    print(f"{killed} workers killed, {saves} saves acknowledged, {cut} last ones cut short, {lost} sheets lost marks")
    if saves == 0 or killed == 0:
        print("nothing was tried: no save or no kill")
        return 1
    return int((lost == 0) if chosen.control else (lost > 0))


if __name__ == "__main__":
    sys.exit(main())
