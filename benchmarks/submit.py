"""Jurors hand in all at once, twice, and while the stage closes: nothing lost, nothing doubled, nothing refused by 5xx.

Two app processes over a throwaway PostgreSQL. ``python benchmarks/submit.py`` is short; ``--full`` is 1,000 jurors
within 5 s, 50 hands on one sheet, 500 races with the close. ``--control`` takes the guards away and must find faults:
it fails (exit 1) when it finds none, as the plain run does when it finds any.
"""

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import processes, waiting
from paritrana.setup.testing.postgres import throwaway

PROVINCES = 38


def world(jurors: int) -> list:
    """(seat, sheet) of every juror over 38 provinces, each with one candidate marked through and not handed in."""
    from benchmarks import panels
    from tests import builders as make

    edition = make.edition(2050)
    asked = panels.criteria(edition, 5)
    each, more = divmod(jurors, PROVINCES)
    found = []
    for number in range(PROVINCES):
        seats = each + (number < more)
        if seats:
            made = panels.judged(edition, make.province(str(11 + number), f"Provinsi {number}"), asked, 1, seats)
            panels.mark(made)
            found += [(sheet.seat, sheet) for seat in made.seats for sheet in seat.sheets.select_related("nomination")]
    return found


def address(sheet) -> str:  # type: ignore[no-untyped-def]
    from django.urls import reverse

    return reverse("sheet-hand-in", args=[sheet.seat.panel.selection.slug, sheet.nomination_id])


def counted(sheets: list) -> tuple[int, int]:
    """How many are handed in, and how many events the trail has of it."""
    from paritrana.accounts.models import AuditEvent
    from scoring.models import ScoreSheet

    keys = [sheet.pk for sheet in sheets]
    events = AuditEvent.objects.filter(verb="sheet.hand-in", object_id__in=map(str, keys))
    return ScoreSheet.objects.submitted().filter(pk__in=keys).count(), events.count()


def warm(pairs: list) -> None:
    """Every thread of both processes has answered once: what starting costs is no load."""
    browsers = [processes.Browser(seat.user) for seat, _sheet in pairs[:32]]
    with ThreadPoolExecutor(len(browsers)) as pool:
        for _round in range(2):
            list(pool.map(lambda browser: browser.post("/penilaian/", {}), browsers))


def load(pairs: list, seconds: float) -> list[str]:
    """Each at a moment of its own within these seconds; the faults in words."""
    browsers = [(processes.Browser(seat.user), address(sheet)) for seat, sheet in pairs]
    started = time.monotonic() + 0.5

    def one(numbered: tuple[int, tuple]) -> tuple[int, float]:
        number, (browser, path) = numbered
        time.sleep(max(0.0, started + seconds * number / len(browsers) - time.monotonic()))
        begun = time.monotonic()
        status, _led = browser.post(path, {"version": 1})
        return status, time.monotonic() - begun

    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = list(pool.map(one, enumerate(browsers)))
    whole = time.monotonic() - started
    taken = sorted(duration for _status, duration in answers)
    p50, p95, most = taken[len(taken) // 2], taken[int(len(taken) * 0.95)], taken[-1]
    statuses = sorted({status for status, _duration in answers})
    handed_in, events = counted([sheet for _seat, sheet in pairs])
    print(f"{len(pairs)} jurors within {seconds} s: answers {statuses}, all after {whole:.1f} s, ", end="")
    print(f"p50 {p50:.2f} s, p95 {p95:.2f} s, max {most:.2f} s, {len(pairs) / whole:.1f} a second; ", end="")
    print(f"{handed_in} handed in, {events} in the trail", flush=True)
    faults = [f"answer {status}" for status in statuses if status != 302]
    return faults + (["lost or doubled"] if (handed_in, events) != (len(pairs), len(pairs)) else [])


def double(seat, sheet, hands: int) -> list[str]:  # type: ignore[no-untyped-def]
    """One sheet handed in many times at one moment: one effect."""
    browser, path, gate = processes.Browser(seat.user), address(sheet), Barrier(hands)

    def one(_number: int) -> int:
        gate.wait()
        return browser.post(path, {"version": 1})[0]

    with ThreadPoolExecutor(hands) as pool:
        statuses = set(pool.map(one, range(hands)))
    effect = counted([sheet])
    print(f"one sheet handed in {hands} times at once: answers {sorted(statuses)}, {effect[1]} in the trail")
    return ["doubled"] if effect != (1, 1) or not statuses <= {302, 403} else []


def race(seat, sheet, late: float) -> tuple[bool, bool]:  # type: ignore[no-untyped-def]
    """Close the stage ``late`` seconds after the hand-in was sent; (it counts, it counts in what was tallied then)."""
    from django.db import connection, transaction

    from awards.models import Selection
    from awards.stages import Stage
    from scoring.models import ScoreSheet

    key = seat.panel.selection_id
    browser, path = processes.Browser(seat.user), address(sheet)
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(browser.post, path, {"version": 1})
        time.sleep(late)
        with transaction.atomic():
            Selection.objects.select_for_update().get(pk=key)
            Selection.objects.filter(pk=key).update(stage=Stage.PLENARY)
            tallied = ScoreSheet.objects.submitted().filter(pk=sheet.pk).exists()
        sent.result()
    counts = ScoreSheet.objects.submitted().filter(pk=sheet.pk).exists()
    ScoreSheet.objects.filter(pk=sheet.pk).update(submitted_at=None, submitted_by=None)
    Selection.objects.filter(pk=key).update(stage=Stage.INTERVIEW)
    connection.close()
    return counts, tallied


def races(seat, sheet, rounds: int, minutes: float = 10) -> list[str]:  # type: ignore[no-untyped-def]
    """The close comes between at once and half as late again as an undisturbed hand-in takes; stops when time is up."""
    race(seat, sheet, 5.0)  # the workers are new
    begun = time.monotonic()
    processes.Browser(seat.user).post(address(sheet), {"version": 1})
    taken, until = time.monotonic() - begun, time.monotonic() + 60 * minutes
    race(seat, sheet, 0.0)  # puts the sheet back
    found = []
    while len(found) < rounds and time.monotonic() < until:
        found.append(race(seat, sheet, 1.5 * taken * (len(found) % 23) / 22))
    rounds = len(found)
    slipped = sum(counts and not tallied for counts, tallied in found)
    inside = sum(tallied for _counts, tallied in found)
    print(
        f"{rounds} hand-ins racing the close: {inside} in the snapshot, {rounds - inside - slipped} refused, ", end=""
    )
    print(f"{slipped} slipped in after it")
    return ["slipped in after the close"] if slipped else []


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--full", action="store_true")
    arguments.add_argument("--control", action="store_true", help="without the guards: must find faults")
    arguments.add_argument("--jurors", type=int, help="how many hand in")
    arguments.add_argument("--workers", type=int, help="app processes; as in production otherwise")
    arguments.add_argument("--parts", nargs="+", default=["load", "double", "race"], help="which of the three")
    chosen = arguments.parse_args()
    jurors, seconds, rounds = (1_000, 5.0, 500) if chosen.full else (60, 0.5, 25)
    jurors = chosen.jurors or jurors
    faults: list[str] = []
    missed: list[str] = []
    with throwaway() as url:
        processes.prepared(url)
        *crowd, alone, racing = world((jurors if "load" in chosen.parts else 32) + 2)
        with processes.served("hand-in" if chosen.control else "", chosen.workers) as server:
            warm(crowd)
            if "load" in chosen.parts and not chosen.control:
                with waiting.Watch(url, server.pid) as watch:
                    faults += load(crowd, seconds)
                print(watch.told(len(crowd)), flush=True)
            if "double" in chosen.parts:
                found = double(*alone, 50)
                faults, missed = faults + found, missed + ([] if found else ["double"])
        if "race" in chosen.parts:
            with processes.served("close" if chosen.control else ""):
                found = races(*racing, rounds)
                faults, missed = faults + found, missed + ([] if found else ["race"])
    if chosen.control:
        print("the control found:", ", ".join(faults) or "nothing")
        return 1 if missed else 0
    print("faults:", ", ".join(faults) or "none")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
