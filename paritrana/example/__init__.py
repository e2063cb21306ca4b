"""The example data of an empty installation: fictional accounts, real regions, and editions 2023 and 2024.

Period 2024 ranks the published provincial figures; everything about Bali's kabupaten/kota, and every target, is
invented and labelled so.
"""

from collections.abc import Callable
from pathlib import Path

from paritrana.example import bali, editions, history, national, people, targets
from scoring.standings import store


@store.postponed()
def load(accounts_file: Path, *, report: Callable[[str], object]) -> None:
    """Create all of it or nothing; ``accounts_file`` (mode 0600) lists the addresses and their generated password."""
    report("Example data: accounts …")
    cast, password = people.make()
    report("Example data: editions 2023 and 2024 …")
    editions.load(by=cast["admin"])
    report("Example data: published coverage of the provinces, ranking by zone …")
    national.play(cast)
    report("Example data: the selection of Bali, from nomination to interview …")
    bali.play(cast)
    targets.play(cast)
    report("Example data: winners of past periods, as published …")
    history.load(by=cast["panitia.pusat"])
    people.write(accounts_file, password)
