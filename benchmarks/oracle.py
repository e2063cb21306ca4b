"""100,000 random panels, each ranked by the kernel and by exact fractions: totals, places, ties, what decided them.

``python benchmarks/oracle.py [PANELS] [SEED]``. Panels have gaps, coarse marks that often tie, rules for ties with
figures missing, trimmed means, and candidates that do not compete. Exit 1 with the first row that differs.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.scoring.ranking import panels

EACH = 250


def main(arguments: list[str]) -> int:
    wanted = int(arguments[0]) if arguments else 100_000
    first = int(arguments[1]) if arguments[1:] else 10_000
    rows = ties = decided = ranked = 0
    started = time.process_time()
    for seed in range(first, first + -(-wanted // EACH)):
        field = panels.field(seed, EACH)
        result, standings = field.ranked()
        totals, places = panels.by_hand(field)
        found = list(zip(result.total.tolist(), panels.told(standings), strict=True))
        expected = list(zip(totals, places, strict=True))
        if found != expected:
            row = next(number for number, pair in enumerate(found) if pair != expected[number])
            print(f"seed {seed}, row {row}: kernel {found[row]}, fractions {expected[row]}")
            return 1
        ranked += EACH
        rows += len(found)
        ties += int(standings.tied.sum())
        decided += int((standings.decided_by > 0).sum())
    seconds = time.process_time() - started
    print(f"{ranked} panels, {rows} candidates: all equal ({ties} share a place, rules set {decided} apart)")
    print(f"{seconds:.0f} s of processor time")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
