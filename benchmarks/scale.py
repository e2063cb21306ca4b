"""From database rows to stored standings at the size of period 2022: 734,891 nominations x 12 criteria, 190 groups.

``python benchmarks/scale.py [ROWS ...]`` (10,000, 100,000 and 734,891 unless said) fills a database of its own in a
temporary folder for each size, in a process of its own, and makes the standings of all 38 selections in their plenary.
The floor, measured in the same run, touches the same rows once: it reads the answers, marks, interviews
and nominations bare, and writes the finished standings in one bulk insert; nothing is computed, compared or explained.
SQLite, unless DATABASE_URL names another. Seconds of processor time, the peak of memory while standings are made.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
SIZES = [10_000, 100_000, 734_891]


def memory(key: str) -> float:
    """MB of this process as the kernel tells: VmRSS now, VmHWM at most."""
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in status if line.startswith(f"{key}:")).split()[1]) / 1024


def forget_the_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def measured(rows: int) -> dict[str, float]:
    """Fill the database with ``rows`` nominations, make the standings, and do the floor."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.pool import Pool
    from scoring.models import Standing
    from scoring.standings import store

    old = connection.creation.create_test_db(verbosity=0)
    try:
        call_command("load_reference", verbosity=0)
        began = time.perf_counter()
        pool = Pool(rows)
        selections = pool.fill()
        told: dict[str, float] = pool.made | {"filled": time.perf_counter() - began, "before": memory("VmRSS")}
        forget_the_peak()
        spent, wall, floor = 0.0, 0.0, 0.0
        for selection in selections:
            started, clock = time.process_time(), time.perf_counter()
            store.refresh(selection)
            spent, wall = spent + time.process_time() - started, wall + time.perf_counter() - clock
            floor += bare(selection.pk)
        told["ranked"] = Standing.objects.filter(place__isnull=False).count()
        told["groups"] = Standing.objects.values("selection", "title", "group").distinct().order_by().count()
        return told | {"standings": spent, "wall": wall, "floor": floor, "peak": memory("VmHWM")}
    finally:
        connection.creation.destroy_test_db(old, verbosity=0)


def bare(selection: int) -> float:
    """Seconds to read what the standings of a selection rest on, and to write them as they are."""
    from awards.models import Answer, Nomination
    from scoring.models import Interview, Mark, Standing

    finished = list(Standing.objects.filter(selection=selection).order_by())
    Standing.objects.filter(selection=selection).delete()
    started = time.process_time()
    of = {"nomination__selection": selection}
    for rows in (
        Nomination.objects.filter(selection=selection).order_by().values_list("pk", "state", "candidate__name"),
        Answer.objects.filter(**of).order_by().values_list("nomination", "criterion", "value"),
        Interview.objects.filter(**of).order_by().values_list("nomination", "attended"),
        Mark.objects.filter(sheet__nomination__selection=selection).order_by().values_list("sheet", "value"),
    ):
        list(rows)
    Standing.objects.bulk_create(finished, batch_size=500)
    return time.process_time() - started


def apart(rows: int) -> dict[str, float]:
    """One size in a process of its own, so that its peak of memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--one", str(rows)]
        own = os.environ | {"PARITRANA_TEST_DATA": folder}
        told = subprocess.run(command, env=own, stdout=subprocess.PIPE, check=True).stdout
    return dict(json.loads(told))


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--one"]:
        print(json.dumps(measured(int(arguments[1]))))
        return
    print(
        "| nominations | answers | marks | groups | ranked | rows to standings, s | ms each | floor, s | ratio | MB |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|", flush=True)
    cost: list[tuple[int, float]] = []
    for rows in [int(each) for each in arguments] or SIZES:
        told = apart(rows)
        cost.append((rows, told["standings"]))
        counted = [f"{told[key]:,.0f}" for key in ("nominations", "answers", "marks", "groups", "ranked")]
        each = 1e3 * told["standings"] / rows
        cells = [f"{told['standings']:.1f}", f"{each:.2f}", f"{told['floor']:.1f}"]
        cells += [f"{told['standings'] / told['floor']:.2f}", f"{told['peak']:.0f}"]
        print(f"| {' | '.join(counted + cells)} |", flush=True)
        print(f"filled in {told['filled']:.0f} s; {told['wall']:.0f} s by the clock", file=sys.stderr, flush=True)
    (fewest, least), (most, largest) = cost[0], cost[-1]
    if most > fewest:
        print(f"growth exponent: {math.log(largest / least) / math.log(most / fewest):.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
