"""What saving marks and opening a sheet cost the server, at 60 candidates x 9 jurors x 12 criteria and 2,000 x 5 x 5.

Processor time of one worker in this process, the whole request through the middleware; best and median of some
rounds. ``floor`` is a page of ours with nothing in it but the frame, its menu and some words of help. Templates are
drawn as in production, not as tests watch them.

``python benchmarks/sheet.py`` works on a database of its own, which it removes; SQLite, unless DATABASE_URL names
another. ``--sizes 60x9x12 2000x5x5`` chooses. It fails (exit 1) when saving or opening is over its limit; a
``--limit 0.001`` is the control that shows it can.
"""

import argparse
import json
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from awards.models import Selection  # noqa: E402
from awards.nominations.actions import lock_rubric  # noqa: E402
from awards.stages import Stage  # noqa: E402
from benchmarks import panels  # noqa: E402
from scoring.models import ScoreSheet  # noqa: E402
from scoring.standings import store  # noqa: E402
from tests import builders as make  # noqa: E402

SIZES = ("60x9x12", "2000x5x5")
LIMITS = {"save": 59 / 4, "open": 73 / 4, "ranking": 1_350 / 20}
"""Milliseconds: a quarter of what a peer needs to save five marks and to show the form, at 2,000 x 5 x 5; a twentieth
of its review dashboard there."""


def timed(call: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Best and median, milliseconds of processor time."""
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        call()
        taken.append((time.process_time() - started) * 1e3)
    return min(taken), median(taken)


class Juror:
    """A browser of the second juror, typing into the sheet of the middle candidate."""

    def __init__(self, made: panels.Judged) -> None:
        self.made, self.seat = made, made.seats[1]
        self.nomination = made.nominations[len(made.nominations) // 2]
        self.client, self.typed = Client(SERVER_NAME="127.0.0.1"), 0
        self.client.force_login(self.seat.user)
        self.address = reverse("sheet", args=[made.selection.slug, self.nomination.pk])
        self.marked = (one for one in made.nominations if one != self.nomination)
        self.device, self.sequence = str(uuid.uuid4()), 0
        self.version = self.seat.sheets.values_list("version", flat=True).get(nomination=self.nomination)

    def open(self) -> None:
        assert self.client.get(self.address).status_code == 200

    def values(self) -> dict[int, str]:
        """Every mark of the sheet, five of them as nobody typed them before."""
        self.typed += 1
        fives = range(5)
        return {c.pk: f"{50 + self.typed % 40 if n in fives else 70},{n:02d}" for n, c in enumerate(self.made.criteria)}

    def save(self) -> None:
        """The form's own button; the version it was typed over is the sheet's newest."""
        marks = {f"mark_{key}": text for key, text in self.values().items()}
        assert self.client.post(self.address, marks | {"version": self.version}).status_code == 302
        self.version += 1

    def deliver(self) -> None:
        """What the page sends by itself within a second of the last key."""
        entries = []
        for key, text in list(self.values().items())[:5]:
            self.sequence += 1
            entry = {"sequence": self.sequence, "nomination": self.nomination.pk, "box": f"mark_{key}"}
            entries.append(entry | {"value": text, "base": self.version})
        body = json.dumps({"device": self.device, "entries": entries})
        address = reverse("sheets-deliver", args=[self.made.selection.slug])
        answer = self.client.post(address, body, content_type="application/json")
        outcomes = answer.json()["outcomes"]
        assert {one["outcome"] for one in outcomes} == {"written"}, outcomes
        self.version = outcomes[0]["version"]

    def hand_in(self) -> None:
        """A sheet that is marked through, of another candidate each time."""
        address = reverse("sheet-hand-in", args=[self.made.selection.slug, next(self.marked).pk])
        assert self.client.post(address, {"version": 1}).status_code == 302

    def floor(self) -> None:
        assert self.client.get(reverse("help")).status_code == 200

    def overview(self) -> None:
        assert self.client.get(reverse("sheets")).status_code == 200


def chair_pages(made: panels.Judged) -> dict[str, Callable[[], object]]:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(made.seats[0].user)
    return {
        name: lambda name=name: client.get(reverse(name, args=[made.selection.slug]))
        for name in ("progress", "chair-room")
    }


def committee_pages(made: panels.Judged) -> dict[str, Callable[[], object]]:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(make.committee(made.selection))
    addresses = {"home": reverse("home"), "nominations": reverse("nominations", args=[made.selection.slug])}
    return {name: partial(client.get, address) for name, address in addresses.items()}


def ranking(made: panels.Judged) -> Callable[[], object]:
    """The page of the places, every sheet handed in, as the committee reads it in the plenary."""
    ScoreSheet.objects.filter(seat__panel__selection=made.selection).update(
        submitted_at=panels.DAY, submitted_by=made.seats[0].user
    )
    Selection.objects.filter(pk=made.selection.pk).update(stage=Stage.PLENARY)
    selection = Selection.objects.get(pk=made.selection.pk)
    started = time.process_time()
    store.refresh(selection)
    print(f"standings of {len(made.nominations)} refreshed in {time.process_time() - started:.2f} s")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(make.committee(selection))
    address = reverse("ranking", args=[selection.slug, store.titles_of(selection)[0].slug])

    def read() -> None:
        assert client.get(address).status_code == 200

    return read


def timed_act(size: str, name: str, act: Callable[[], object], rounds: int) -> float:
    """Prints a row; the best."""
    act()
    with CaptureQueriesContext(connection) as queries:
        act()
        count = len(queries)
    best, middle = timed(act, rounds)
    print(f"| {size} | {name} | {count} | {best:.1f} | {middle:.1f} | {1e3 / middle:.0f} |", flush=True)
    return best


def measure(size: str, rounds: int) -> dict[str, float]:
    candidates, jurors, asked = map(int, size.split("x"))
    number = 50 + SIZES.index(size) if size in SIZES else 60
    edition = make.edition(2000 + number)
    place = make.province(str(number), f"Provinsi {number}")
    made = panels.judged(edition, place, panels.criteria(edition, asked), candidates, jurors)
    panels.mark(made)
    with transaction.atomic():  # as the first mark does
        lock_rubric(made.criteria[0].aspect.rubric, made.selection, by=made.seats[0].user)
    juror = Juror(made)
    acts = {"floor": juror.floor, "open": juror.open, "save": juror.save}
    acts |= {"deliver": juror.deliver, "overview": juror.overview}
    acts |= {"hand in": juror.hand_in, **committee_pages(made)}
    pages = chair_pages(made)
    found = {name: timed_act(size, name, act, rounds) for name, act in acts.items()}
    found |= {name: timed_act(size, name, act, 3) for name, act in pages.items()}
    found["ranking"] = timed_act(size, "ranking", ranking(made), rounds)
    return found


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sizes", nargs="+", default=SIZES)
    arguments.add_argument("--rounds", type=int, default=15)
    arguments.add_argument("--limit", type=float, default=1.0, help="times the limits that are to be kept")
    chosen = arguments.parse_args()
    too_slow = []
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "sheet.sqlite3")
        connection.creation.create_test_db(verbosity=0)
        try:
            print(f"{connection.vendor}, milliseconds of processor time of one worker, {chosen.rounds} rounds")
            print("| candidates x jurors x criteria | act | queries | best | median | a second and worker |")
            print("|---|---|---:|---:|---:|---:|")
            for size in chosen.sizes:
                found = measure(size, chosen.rounds)
                too_slow += [f"{size} {act}" for act, most in LIMITS.items() if found[act] > most * chosen.limit]
        finally:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    if too_slow:
        print("over the limit:", ", ".join(too_slow))
    return 1 if too_slow else 0


if __name__ == "__main__":
    sys.exit(main())
