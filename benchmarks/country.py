"""A country of any size in a database that stays: the two provinces of the access tests grown, further ones announced.

The same rows with the same sizes: everything is drawn by seed. ``pages.py`` opens every address in it.
"""

import datetime
import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
DAY = datetime.datetime(2024, 5, 1, 2, tzinfo=datetime.UTC)
BATCH = 2_000


@dataclass(frozen=True)
class Size:
    """``grown``: nominations added to each of six selections of Bali; ``provinces`` more announced, ``each`` large."""

    grown: int = 0
    provinces: int = 0
    each: int = 0
    events: int = 0
    people: int = 0
    letters: int = 0
    years: int = 0

    @property
    def name(self) -> str:
        return "-".join(str(value) for value in asdict(self).values())


SMALL = Size(grown=20)
LARGE = Size(grown=2_000, provinces=8, each=500, events=200_000, people=5_000, letters=20_000, years=8)
COUNTRY = Size(grown=4_300, provinces=34, each=2_100, events=200_000, people=5_000, letters=20_000, years=8)
SIZES = {"small": SMALL, "large": LARGE, "country": COUNTRY}


def prepare(folder: Path) -> None:
    """Django on the database of this folder, before anything of ours is imported."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    os.environ["PARITRANA_TEST_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()


def world_of(size: Size, folder: Path) -> Any:
    """The world as it was filled, or filled now; ``folder`` keeps it, marked only when it is whole."""
    stored = folder / "world.pickle"
    if stored.is_file():
        return pickle.loads(stored.read_bytes())
    world = _fill(size)
    stored.write_bytes(pickle.dumps(world))
    return world


def _fill(size: Size) -> Any:
    from django.core.management import call_command
    from django.db import connection

    from regions.models import AreaRegion
    from tests.access import world as access
    from tests.access.growing import Growing

    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous = OFF")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_reference", verbosity=0)
    AreaRegion.objects.filter(region__code__in=["51.01", "63.01"]).delete()  # the world opens branches of its own there
    with _said("figures"):
        _figures(size.years)
    with _said("people, letters"):
        _people(size.people)
    with _said("trail"):
        _events(size.events)
    with _said("two provinces"):
        world = access.build(Growing(size.grown) if size.grown else None)
    with _said("letters"):
        _letters(size.letters, world)
    for code in _codes(size.provinces):
        with _said(f"province {code}"):
            _announced(code, size.each)
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")
    return world


@contextmanager
def _said(part: str) -> Iterator[None]:
    began = datetime.datetime.now()
    yield
    print(f"{part}: {(datetime.datetime.now() - began).total_seconds():.1f} s", file=sys.stderr, flush=True)


def _codes(count: int) -> list[str]:
    from regions.models import Region

    others = Region.objects.filter(parent=None).exclude(code__in=["51", "63"]).order_by("code")
    return list(others.values_list("code", flat=True)[:count])


def _announced(code: str, count: int) -> None:
    """One province of the oldest edition, from its panel to the announcement."""
    from awards.stages import Stage
    from regions.models import Region
    from tests import builders as make
    from tests.access import world as access
    from tests.access.growing import Growing

    region = Region.objects.filter(parent__code=code).order_by("code").first()
    for year in (2020, 2019):
        if not region.coverage.filter(year=year, segment__code="PU").exists():
            make.coverage(region, year, participants=300)
    roles = ("committee", "juror", "chair", "secretary", "branch")
    people = {role: make.person(f"{role} {code}") for role in roles}
    chosen = make.selection(Stage.ANNOUNCED, make.edition(2020), region.parent)
    access.judged(chosen, region, people, f" {code}", Growing(count))


def _figures(years: int) -> None:
    """Every regency, segment and year from 2012 on; those of the example's own years are left to the world."""
    from regions.models import Coverage, CoverageVersion, Region
    from tests import builders as make

    chance, definition = Random(1), make.definition()
    segments = [make.segment(code) for code in make.SEGMENTS]
    regions = Region.objects.exclude(parent=None).exclude(code__in=["51.01", "63.01"]).order_by("code")
    rows = [
        Coverage(
            region=region,
            year=2012 + year,
            segment=segment,
            definition=definition,
            state="terkirim",
            workers=(workers := chance.randrange(500, 90_000)),
            participants=chance.randrange(workers // 5, workers),
        )
        for region in regions
        for year in range(years)
        for segment in segments
    ]
    made = Coverage.objects.bulk_create(rows, batch_size=BATCH)
    CoverageVersion.objects.bulk_create(
        [
            CoverageVersion(
                coverage=row,
                workers=row.workers,
                participants=row.participants,
                definition=definition,
                origin="benchmark",
            )
            for row in made
        ],
        batch_size=BATCH,
    )


def _people(count: int) -> None:
    from paritrana.accounts.models import User

    rows = [User(email=f"warga{n}@contoh.example", name=f"Warga {n:05d}", password="!") for n in range(count)]
    User.objects.bulk_create(rows, batch_size=BATCH)


def _letters(count: int, world: Any) -> None:
    from awards.models import Letter

    selection, to = world.bali.selections["NOMINATION"], world.bali.people["committee"]
    rows = [
        Letter(key=f"benchmark:{n}", selection=selection, to=to, subject=f"Pengingat {n}", claimed_at=DAY, sent_at=DAY)
        for n in range(count)
    ]
    Letter.objects.bulk_create(rows, batch_size=BATCH)


def _events(count: int) -> None:
    """Links of the trail, chained as they would be, about a candidate nobody looks at."""
    from paritrana.accounts import chaining
    from paritrana.accounts.models import AuditEvent, TrailHead

    previous = chaining.GENESIS
    for first in range(1, count + 1, BATCH):
        rows = []
        for sequence in range(first, min(first + BATCH, count + 1)):
            event = AuditEvent(
                sequence=sequence,
                at=DAY + datetime.timedelta(seconds=sequence),
                verb="coverage.update",
                object_type="regions.coverage",
                object_id=str(sequence % 20_000),
                object_label=f"Angka {sequence % 20_000}",
                detail={"before": {"participants": sequence}, "after": {"participants": sequence + 1}},
                previous=previous,
            )
            event.digest = previous = chaining.digest_of(event)
            rows.append(event)
        AuditEvent.objects.bulk_create(rows)
    TrailHead.objects.update_or_create(pk=1, defaults={"sequence": count, "digest": previous})
