"""How long the firmness of a first place takes: a national field of 38, 12 criteria, 5 of them marked by 9 jurors.

Run ``python benchmarks/robustness.py``; it needs numpy and nothing else. The aim: 10,000 weightings in under a second.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scoring.ranking import mean
from scoring.ranking.robustness import (
    DRAWS,
    ContestScores,
    PanelMarks,
    first_places,
    smallest_mark_change,
    smallest_weight_change,
    without_each_juror,
)

CANDIDATES, CRITERIA, MARKED, JURORS = 38, 12, 5, 9
WEIGHTS = np.array([1500, 1500, 1000, 500, 400, 400, 400, 500, 800, 1000, 500, 1500])
ROUNDS = 5


def field() -> tuple[ContestScores, PanelMarks]:
    chance = np.random.default_rng(2022)
    marks = chance.integers(7_000, 9_500, (CANDIDATES, MARKED, JURORS))
    panel = PanelMarks(marks, chance.random(marks.shape) > 0.05, np.arange(MARKED))
    scores = chance.integers(5_000, 9_900, (CANDIDATES, CRITERIA))
    for part in range(MARKED):
        scores[:, part] = mean(panel.marks[:, part], panel.given[:, part])[0]
    rules = np.zeros((2, CRITERIA), dtype=np.int64)
    rules[0, 5:8], rules[1, 11] = 400, 10_000
    return ContestScores(scores, WEIGHTS, rules), panel


def best(call: Callable[[], object]) -> float:
    """Milliseconds of the fastest round."""
    taken = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return 1_000 * min(taken)


def main() -> None:
    contest, panel = field()
    print(f"{DRAWS} weightings          {best(lambda: first_places(contest)):8.1f} ms")
    print(f"smallest change of a mark   {best(lambda: smallest_mark_change(contest, panel)):8.1f} ms")
    print(f"smallest change of a weight {best(lambda: smallest_weight_change(contest)):8.1f} ms")
    print(f"each juror left out         {best(lambda: without_each_juror(contest, panel)):8.1f} ms")


if __name__ == "__main__":
    main()
