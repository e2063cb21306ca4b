"""What pandas costs where it is used, and would cost where it is not: ``python benchmarks/pandas_cost.py``.

Three things, each against a floor of the same run; processor time, best of some rounds:

- the import, in a process that has loaded every page of the portal: seconds and resident memory. The floor is that
  process without pandas, as a worker is that never opened the report on the jurors;
- one category of that report (``scoring/plenary/consistency.py``), pandas already imported. The floor is the
  statistics alone, on the table ready made;
- the medians of the sentinel (``regions/plausibility``, numpy) as pandas writes them. The floor is numpy's.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a second thread that waits would count as work

import django

django.setup()

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from regions.plausibility.history import medians  # noqa: E402
from scoring.plenary import consistency  # noqa: E402
from scoring.ranking.agreement import agreement, severity  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 25
PANELS = [(12, 5, 5), (60, 9, 12)]
"""Candidates, jurors, criteria of one category."""
FIGURES = [(300, 40), (2_000, 100), (28_784, 1_000)]
"""Steps of figures, and the groups they are in."""
STARTED = """
import os, resource, time, django
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
import paritrana.urls
{more}
print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def process(more: str = "") -> tuple[float, float]:
    """Least seconds of processor time and peak megabytes of a process that loads the portal, and ``more``."""
    command = [sys.executable, "-c", STARTED.format(more=more)]
    printed = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout for _ in range(4)]
    seconds, megabytes = zip(*(map(float, line.split()) for line in printed), strict=True)
    return min(seconds), min(megabytes)


def best_times(*calls: Callable[[], object]) -> list[float]:
    """Milliseconds of processor time of the fastest of several rounds; the calls take turns."""
    best = [float("inf")] * len(calls)
    for _ in range(ROUNDS):
        for number, call in enumerate(calls):
            started = time.process_time()
            call()
            best[number] = min(best[number], (time.process_time() - started) * 1e3)
    return best


class Panel:
    """One category marked by everybody, but for one mark in twelve."""

    def __init__(self, candidates: int, jurors: int, criteria: int) -> None:
        chance = np.random.default_rng(2022)
        rubric = SimpleNamespace(rubric=SimpleNamespace(trims=False))
        self.criteria = [SimpleNamespace(pk=n, weight=100 + n, aspect=rubric) for n in range(criteria)]
        self.nominations = [
            SimpleNamespace(pk=n, category=None, candidate=SimpleNamespace(name=str(n))) for n in range(candidates)
        ]
        self.seats = {order: SimpleNamespace(order=order) for order in range(1, jurors + 1)}
        self.given = chance.random((candidates, jurors)) > 1 / 12
        values = chance.integers(4_000, 10_001, (candidates, criteria, jurors))
        self.marks = {
            (n, m): {juror + 1: int(values[n, m, juror]) for juror in np.flatnonzero(self.given[n])}
            for n in range(candidates)
            for m in range(criteria)
        }
        self.block = values.mean(axis=1) / 100

    def report(self) -> object:
        return consistency._of_category(self.criteria, self.nominations, self.seats, self.marks)

    def floor(self) -> object:
        return severity(self.block, self.given), agreement(self.block, self.given)


def by_pandas(values: np.ndarray, groups: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """``medians`` as one writes it with pandas."""
    found = pd.Series(values).groupby(groups).agg(["median", "count"]).reindex(range(size), fill_value=0.0)
    return found["median"].to_numpy(), found["count"].to_numpy()


def main() -> None:
    seconds, megabytes = process()
    with_pandas = process("import pandas")
    print(f"portal loaded: {seconds:.2f} s, {megabytes:.0f} MB")
    print(f"  and pandas: {with_pandas[0]:.2f} s, {with_pandas[1]:.0f} MB")
    print(f"  ratio: {with_pandas[0] / seconds:.2f}, {with_pandas[1] / megabytes:.2f}")
    for size in PANELS:
        panel = Panel(*size)
        taken, floor = best_times(panel.report, panel.floor)
        print(
            f"report, {size} candidates, jurors, criteria: {taken:.2f} ms, floor {floor:.2f}, ratio {taken / floor:.2f}"
        )
    for steps, groups in FIGURES:
        chance = np.random.default_rng(2022)
        given = chance.normal(size=steps), chance.integers(0, groups, steps), groups
        assert all(np.array_equal(one, other) for one, other in zip(medians(*given), by_pandas(*given), strict=True))
        taken, floor = best_times(lambda g=given: by_pandas(*g), lambda g=given: medians(*g))
        print(f"medians of {steps} steps: pandas {taken:.2f} ms, numpy {floor:.2f}, ratio {taken / floor:.2f}")


if __name__ == "__main__":
    main()
