"""How often the sentinel is right: errors planted by seed in made-up series, and the clean series left alone.

    python benchmarks/sentinel.py            # twenty worlds no limit was chosen on (seeds 3000-3019)
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
from math import log
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.sentinel_errors import PLANTS, plant
from benchmarks.sentinel_series import REGIONS, World, world
from regions.sentinel import RULES, Figure, Flag, Key, Rule, examine

END = date(2024, 12, 31)
SIZES = {"all sizes": 0.0, "from 25 %": log(1.25), "from 50 %": log(1.5), "from x2": log(2)}
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


def _codes(flags: list[Flag]) -> dict[Key, set[str]]:
    codes: dict[Key, set[str]] = defaultdict(set)
    for flag in flags:
        for key in flag.keys + flag.beside:
            codes[key].add(flag.code)
    return codes


def _doubted(flags: list[Flag]) -> set[Key]:
    return {key for flag in flags if flag.code not in TRUE_BY_DEFINITION for key in flag.keys}


def slips_in_sums(seed: int, number: int) -> Iterator[tuple[bool, bool, bool]]:
    """Transposed digits of any size in one kabupaten/kota beside true sums.

    Yields: found, laid to the right figure alone, that figure among the at most five that would close the gap.
    """
    made = world(seed, years=3)
    true = {figure.key: figure for figure in [*made.figures(), *made.totals()]}
    plant(made, seed, number)
    wrong = {figure.key: figure for figure in made.figures()}
    for error in made.planted:
        if error.kind == "transposed":
            (key,) = error.keys
            province = [f for f in true.values() if key.region[:2] in (f.region, f.parent)]
            entered = [wrong[key] if figure.key == key else figure for figure in province]
            children = {key.region[:2]: len({figure.region for figure in province if figure.parent})}
            flags = examine(entered, END, children=children)
            whole = Key(key.region[:2], key.year, key.segment)
            sums = [flag for flag in flags if flag.code.startswith("province-sum") and whole in flag.keys + flag.beside]
            alone = any(flag.keys == (key,) for flag in sums)
            yield bool(sums), alone, alone or any(key in flag.beside and len(flag.beside) <= 5 for flag in sums)


def milliseconds(figures: list[Figure], repeats: int = 5) -> float:
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


def share(found: list[bool]) -> str:
    return f"{sum(found) / max(len(found), 1):.1%}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seed", type=int, default=3000, help="the first world")
    arguments.add_argument("--worlds", type=int, default=20)
    arguments.add_argument("--each", type=int, default=20, help="errors of every kind per world")
    chosen = arguments.parse_args()
    seeds = range(chosen.seed, chosen.seed + chosen.worlds)
    for years, title in ((None, "Five to eight years"), (3, "Three years")):
        tally = Tally()
        for seed in seeds:
            measure(tally, world(seed, years), seed, chosen.each)
        report(tally, f"{title}, {REGIONS} kabupaten/kota, seeds {seeds[0]}-{seeds[-1]}")
    sums = [found for seed in seeds for found in slips_in_sums(seed, chosen.each)]
    print("\n## Two digits exchanged, beside the province's sum\n")
    found, laid, listed = ([each[place] for each in sums] for place in range(3))
    print(f"{len(sums)} errors of any size: found {share(found)}, laid to the right figure alone {share(laid)},")
    print(f"to it and at most four others {share(listed)}")
    figures = world(chosen.seed, 8).figures()
    print(f"\n## Time\n\n{len(figures)} figures: {milliseconds(figures):.0f} ms of one processor")


if __name__ == "__main__":
    main()
