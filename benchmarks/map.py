"""The map page where 514 regions and 38 provinces have 7 segments in 8 years: queries and server time for each colour.

The floor is one bare query of the figures a map needs and the same page drawn without any. ``python benchmarks/map.py``
works on a database of its own in a temporary folder, which it removes; SQLite, unless DATABASE_URL names another.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
import numpy as np

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from regions.atlas.scales import Shown  # noqa: E402
from regions.models import Coverage, Definition, Region, Segment, State, Target  # noqa: E402
from tests import builders as make  # noqa: E402

SEED, YEARS, ROUNDS = 514, range(2017, 2025), 3


def fill(regions: int) -> int:
    """Growing series of every segment for ``regions`` kabupaten/kota; each province is the sum of those it has here."""
    chance = np.random.default_rng(SEED)
    definition = Definition.objects.first()
    rows: dict[tuple[Region, int, Segment], Coverage] = {}
    wanted = list(Region.objects.regencies().select_related("parent").order_by("code")[:regions])
    for region in wanted:
        for segment in Segment.objects.all():
            workers, share = int(chance.integers(5_000, 900_000)), chance.uniform(0.1, 0.4)
            for age, year in enumerate(YEARS):
                now = int(workers * 1.02**age)
                for place in (region, region.parent):
                    blank = Coverage(region=place, year=year, segment=segment, definition=definition, state=State.SENT)
                    figure = rows.setdefault((place, year, segment), blank)
                    figure.workers = (figure.workers or 0) + now
                    figure.participants = (figure.participants or 0) + int(now * min(share * 1.08**age, 0.95))
    Coverage.objects.bulk_create(rows.values(), batch_size=1000)
    aims = [Target(region=region, year=YEARS[-1], value_kind="persen", value=4000) for region in wanted]
    Target.objects.bulk_create(aims)
    return len(rows)


def best(call: Callable[[], object]) -> float:
    """Processor seconds of the fastest of several rounds."""
    times = []
    for _round in range(ROUNDS):
        started = time.process_time()
        call()
        times.append(time.process_time() - started)
    return min(times)


def floor() -> None:
    """One bare query of the provinces' two years, and the page's frame."""
    years = YEARS[-2:]
    list(
        Coverage.objects.filter(region__kind="provinsi", segment__code__in=("PU", "BPU"), year__in=years).values_list()
    )
    render_to_string("home/help.html", {"frame_template": "public.html"})


def measure(client: Client, figures: int) -> None:
    bare = best(floor)
    pages = [("country", reverse("atlas")), ("province", reverse("atlas-province", args=["35"]))]
    for name, address in pages:
        for colour in Shown.values:
            page = f"{address}?colour={colour}"
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
                count = len(queries)
            taken = best(lambda page=page: client.get(page))
            print(f"| {figures:,} | {name} | {colour} | {count} | {taken * 1e3:.0f} | {taken / bare:.1f} |")


def main() -> None:
    setup_test_environment()
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "map.sqlite3")
        connection.creation.create_test_db(verbosity=0)
        try:
            call_command("load_reference", verbosity=0)
            client = Client()
            client.force_login(make.head_officer())
            print(f"{connection.vendor}, best of {ROUNDS}, milliseconds of processor time; ratio against the floor")
            print("| figures | map | colour | queries | ms | ratio |\n|---:|---|---|---:|---:|---:|")
            for regions in (38, 514):
                Coverage.objects.all().delete()
                Target.objects.all().delete()
                measure(client, fill(regions))
        finally:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
