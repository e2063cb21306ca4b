"""How often the sentinel is right: errors planted by seed in made-up series, and the clean series left alone.

    python benchmarks/sentinel.py            # twenty worlds no limit was chosen on (seeds 4000-4019)
    python benchmarks/sentinel.py --seed 0   # the worlds the limits were chosen on begin here

*Found*: some flag names the figure, as doubted or as compared with. *Named*: one of them is of the rule for that
error, among all rules, which compete for an explanation; *alone*: that rule names it when it is the only one switched
on. A false alarm is a clean figure that a flag doubts.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from math import log, log1p
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.sentinel_errors import PLANTS, plant
from benchmarks.sentinel_series import REGIONS, World, world
from regions.plausibility import RULES, CheckedFigure, FigureDoubt, Key, Rule, examine

END = date(2024, 12, 31)
BINS = (0, 0.01, 0.03, 0.06, 0.1, 0.15, 0.25, 0.5, 1, 1000)
SIZES = {"all sizes": 0.0, "from 25 %": log(1.25), "from 50 %": log(1.5), "from x2": log(2)}
SPARSE = 4
"""Errors of every kind per world beside sums: so few that seldom two of them spoil the same one."""
TRUE_BY_DEFINITION = {"redefined"}
"""The series contain changed definitions; a flag that says so is right, in a figure without an error as well."""


@dataclass
class Tally:
    """Per kind of error: size, found, named, named by its rule alone. Per rule: alarms on clean figures."""

    errors: dict[str, list[tuple[float, bool, bool, bool]]] = field(default_factory=lambda: defaultdict(list))
    alarms: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    alarmed: list[float] = field(default_factory=list)
    newest: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)

    def recall(self, kind: str, least: float = 0.0) -> tuple[int, list[float]]:
        """Errors of at least that size, |log(entered / true)|: how many, and the shares found, named, named alone."""
        counted = [error for error in self.errors[kind] if error[0] >= least]
        return len(counted), [sum(error[n] for error in counted) / max(len(counted), 1) for n in (1, 2, 3)]


def measure(tally: Tally, made: World, seed: int, each: int, rules: Mapping[str, Rule] = RULES) -> None:
    """Examine a world as it is, then with errors planted."""
    figures = made.figures()
    flags = examine(figures, END, rules=rules)
    doubted = _doubted(flags)
    newest = {figure.key for figure in figures if figure.year == made.years[-1]}
    tally.alarms.update(flag.code for flag in flags for _ in flag.keys)
    tally.clean += len(figures)
    tally.alarmed.append(len(doubted) / len(figures))
    tally.newest.append(len(doubted & newest) / len(newest))

    plant(made, seed, each)
    figures = made.figures()
    flags = examine(figures, END, rules=rules)
    codes = _codes(flags)
    wrong = frozenset().union(*(error.keys for error in made.planted))
    tally.beside.append(len(_doubted(flags) - wrong) / (len(figures) - len(wrong)))
    alone = {
        kind: _codes(examine(figures, END, rules={code: rules[code] for code in rules if code == kind}))
        for kind in PLANTS
    }
    for error in made.planted:
        said = set().union(*(codes[key] for key in error.keys))
        by_itself = any(alone[error.kind][key] for key in error.keys)
        tally.errors[error.kind].append((error.size, bool(said), error.kind in said, by_itself))


def _codes(flags: list[FigureDoubt]) -> dict[Key, set[str]]:
    codes: dict[Key, set[str]] = defaultdict(set)
    for flag in flags:
        for key in flag.keys + flag.compared:
            codes[key].add(flag.code)
    return codes


def _doubted(flags: list[FigureDoubt]) -> set[Key]:
    return {key for flag in flags if flag.code not in TRUE_BY_DEFINITION for key in flag.keys}


@dataclass(frozen=True)
class InSum:
    """What was said of one error in kabupaten/kota beside true sums: ``found`` as without them or by a sum that names
    at most ``Limits.most_suspects`` figures, the wrong one among them; ``noticed`` as before or by any sum."""

    kind: str
    size: float
    noticed: bool
    found: bool
    alone: bool


def errors_in_sums(seed: int, each: int, years: int | None = None) -> Iterator[InSum]:
    """Errors of every kind and size beside the provinces' own figures."""
    made = world(seed, years)
    true = {figure.key: figure for figure in made.totals()}
    plant(made, seed, each)
    figures = [*made.figures(), *true.values()]
    children = Counter(figure.parent for figure in {f.region: f for f in figures if f.parent}.values())
    flags = examine(figures, END, children=children)
    sums = [flag for flag in flags if flag.code.startswith("province-sum")]
    codes = _codes([flag for flag in flags if flag not in sums])
    for error in made.planted:
        wholes = {Key(key.region[:2], key.year, key.segment) for key in error.keys}
        about = [flag for flag in sums if wholes & {*flag.keys, *flag.compared} or error.keys & {*flag.keys}]
        close = [flag for flag in about if len(flag.compared) <= 5 and error.keys & {*flag.keys, *flag.compared}]
        said = any(codes[key] for key in error.keys)
        alone = any(len(flag.keys) == 1 and flag.keys[0] in error.keys for flag in about)
        yield InSum(error.kind, error.size, said or bool(about), said or bool(close), alone)


def milliseconds(figures: list[CheckedFigure], repeats: int = 5) -> float:
    """The quickest of some runs, in processor time."""
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        examine(figures, END)
        taken.append(time.process_time() - start)
    return min(taken) * 1000


def report(tally: Tally, title: str) -> None:
    print(f"\n## {title}\n")
    print("| error planted | errors | named | alone |" + "".join(f" found, {name} |" for name in SIZES))
    print("|---" * (len(SIZES) + 4) + "|")
    for kind in PLANTS:
        number, (_, named, alone) = tally.recall(kind)
        shares = [tally.recall(kind, least) for least in SIZES.values()]
        cells = [f"{found[0]:.1%} ({count})" if count else "-" for count, found in shares]
        print(f"| {kind} | {number} | {named:.1%} | {alone:.1%} | " + " | ".join(cells) + " |")
    for name, least in SIZES.items():
        every = [found for errors in tally.errors.values() for size, found, *_ in errors if size >= least]
        print(f"\nerrors found, {name}: {share(every)} of {len(every)}", end="")
    print()
    alarms = {"clean series": tally.alarmed, "newest year": tally.newest, "beside errors": tally.beside}
    for name, shares in alarms.items():
        print(f"false alarms, {name}: {sum(shares) / len(shares):.2%} (worst world {max(shares):.2%})")
    print("by rule:", ", ".join(f"{code} {n / tally.clean:.2%}" for code, n in tally.alarms.most_common()))


def report_sizes(tally: Tally) -> None:
    """What share of the errors is found, by how far they move a figure: the limit of any history."""
    print("\n| the error moves the figure by | errors | found | of them exchanged digits | found |")
    print("|---|---:|---:|---:|---:|")
    for low, high in pairwise(BINS):
        cells = []
        for kinds in (tally.errors, {"transposed"}):
            found = [f for kind in kinds for size, f, *_ in tally.errors[kind] if log1p(low) <= size < log1p(high)]
            cells += [str(len(found)), share(found) if found else "-"]
        print(f"| {low:.0%} to {high:.0%} | " + " | ".join(cells) + " |")


def report_sums(errors: list[InSum]) -> None:
    print("\n## Beside the provinces' own figures\n\n| error planted | errors | noticed | found | laid to it alone |")
    print("|---|---:|---:|---:|---:|")
    for kind in (*PLANTS, "all"):
        of = [error for error in errors if kind in (error.kind, "all")]
        shares = [share([getattr(error, name) for error in of]) for name in ("noticed", "found", "alone")]
        print(f"| {kind} | {len(of)} | " + " | ".join(shares) + " |")


def share(found: list[bool]) -> str:
    return f"{sum(found) / max(len(found), 1):.1%}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seed", type=int, default=4000, help="the first world")
    arguments.add_argument("--worlds", type=int, default=20)
    arguments.add_argument("--each", type=int, default=20, help="errors of every kind per world")
    chosen = arguments.parse_args()
    seeds = range(chosen.seed, chosen.seed + chosen.worlds)
    for years, title in ((None, "Five to eight years"), (3, "Three years")):
        tally = Tally()
        for seed in seeds:
            measure(tally, world(seed, years), seed, chosen.each)
        report(tally, f"{title}, {REGIONS} kabupaten/kota, seeds {seeds[0]}-{seeds[-1]}")
        report_sizes(tally)
    report_sums([found for seed in seeds for found in errors_in_sums(seed, SPARSE)])
    figures = world(chosen.seed, 8).figures()
    print(f"\n## Time\n\n{len(figures)} figures: {milliseconds(figures):.0f} ms of one processor")


if __name__ == "__main__":
    main()
