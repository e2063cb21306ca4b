"""The ranking kernel against the least work any ranking must do, measured in the same run on the same arrays.

The floor is one weighted sum and one sort: no checks, no rounding, no gaps, no groups, no ties, no places; the kernel
does all of that as well. Run ``python benchmarks/kernel.py``; it compares with pandas too, which ranks nothing in the
portal.
"""

import math
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scoring.ranking import Standings, rank, totals

SIZES = [10_000, 100_000, 735_000]
CRITERIA, GROUPS = 12, 38 * 5
WEIGHTS = np.array([1500, 1500, 1000, 500, 400, 400, 400, 500, 800, 1000, 500, 1500])
ROUNDS = 15


class Pool:
    """Nominations with scores of 0.00 to 100.00; every fiftieth lacks a score, every fiftieth is not eligible."""

    def __init__(self, rows: int) -> None:
        chance = np.random.default_rng(2022)
        self.scores = chance.integers(0, 10_001, (rows, CRITERIA))
        self.known = np.ones((rows, CRITERIA), dtype=bool)
        self.known[::50, 3] = False
        self.groups = chance.integers(0, GROUPS, rows)
        self.eligible = np.arange(rows) % 50 != 7

    def kernel(self) -> Standings:
        result = totals(self.scores, self.known, WEIGHTS)
        return rank(result.total, self.groups, self.eligible & result.complete)

    def floor_by_order(self) -> np.ndarray:
        return np.argsort(self.scores @ WEIGHTS)

    def floor_by_values(self) -> np.ndarray:
        return np.sort(self.scores @ WEIGHTS)

    def floor_by_group(self) -> np.ndarray:
        return np.lexsort((self.scores @ WEIGHTS, self.groups))

    def by_pandas(self) -> object:
        """Totals of complete rows and their places, as one writes it with pandas."""
        frame = pd.DataFrame(self.scores)
        totals = ((frame.dot(WEIGHTS) + 5_000) // 10_000).where(self.known.all(axis=1) & self.eligible)
        return totals.groupby(self.groups).rank(method="min", ascending=False)


def best_times(*calls: Callable[[], object]) -> list[float]:
    """Processor seconds of the fastest of several rounds; the calls take turns, so a busy moment hits them alike."""
    best = [math.inf] * len(calls)
    for _ in range(ROUNDS):
        for number, call in enumerate(calls):
            started = time.process_time()
            call()
            best[number] = min(best[number], time.process_time() - started)
    return best


def main() -> None:
    print(f"numpy {np.__version__}, {CRITERIA} criteria, {GROUPS} groups, best of {ROUNDS} rounds, milliseconds")
    floors = ["sum + argsort", "sum + sort of values", "sum + lexsort by group", "pandas"]
    print(f"| rows | kernel | {' | ratio | '.join(floors)} | ratio |")
    print("|---:|---:" + "|---:|---:" * len(floors) + "|")
    costs = []
    for rows in SIZES:
        pool = Pool(rows)
        others = [pool.floor_by_order, pool.floor_by_values, pool.floor_by_group, pool.by_pandas]
        kernel, *taken = best_times(pool.kernel, *others)
        costs.append(kernel)
        cells = [f"{each * 1e3:.2f} | {kernel / each:.2f}" for each in taken]
        print(f"| {rows:,} | {kernel * 1e3:.2f} | {' | '.join(cells)} |")
    exponent = math.log(costs[-1] / costs[0]) / math.log(SIZES[-1] / SIZES[0])
    print(f"growth exponent of the kernel from {SIZES[0]:,} to {SIZES[-1]:,} rows: {exponent:.2f}")


if __name__ == "__main__":
    main()
