"""The plans of the statements behind candidates, name check, search, letters and the trail, with a country's rows.

``python benchmarks/plans.py`` works on a database of its own in a temporary folder; SQLite, unless DATABASE_URL names
another: ``python -m paritrana.setup.testing.postgres python benchmarks/plans.py``.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
FOLDER = tempfile.TemporaryDirectory(prefix="paritrana-plans-")
os.environ["PARITRANA_TEST_DATA"] = FOLDER.name

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import QuerySet  # noqa: E402
from django.utils import timezone  # noqa: E402

from awards.models import Candidate, Letter  # noqa: E402
from awards.names import name_key  # noqa: E402
from paritrana.accounts.models import AuditEvent, User  # noqa: E402
from regions.models import Region  # noqa: E402

CANDIDATES, EVENTS, LETTERS, BATCH = 100_000, 200_000, 20_000, 5_000
WORDS = ["Sinar", "Jaya", "Makmur", "Abadi", "Karya", "Nusantara", "Sentosa", "Bahari", "Mitra", "Utama", "Lestari"]


def fill() -> None:
    chance, regions = Random(7), list(Region.objects.values_list("pk", flat=True))
    reader = User.objects.create_user("pembaca@paritrana.example", name="Pembaca")
    made = []
    for number in range(CANDIDATES):
        name = f"PT {' '.join(chance.sample(WORDS, 3))} {number}"
        key = name_key(name)
        one = Candidate(kind="company", name=name, name_key=key, region_id=chance.choice(regions))
        one.nib = f"{number:013}" if number % 2 else ""
        made.append(one)
    Candidate.objects.bulk_create(made, batch_size=BATCH)
    verbs = ["coverage.enter", "nomination.answer", "sheet.save", *(f"rare.{number}" for number in range(40))]
    weights = [100, 100, 100, *([1] * 40)]
    events = (
        AuditEvent(sequence=number, at=timezone.now(), verb=verb, object_type="x", object_id=str(number), digest="")
        for number, verb in enumerate(chance.choices(verbs, weights, k=EVENTS), 10_000)
    )
    AuditEvent.objects.bulk_create(events, batch_size=BATCH)
    letters = (Letter(to=reader, key=f"plan-{number}", subject="Pengingat", body="") for number in range(LETTERS))
    Letter.objects.bulk_create(letters, batch_size=BATCH)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def statements() -> dict[str, QuerySet]:
    listed = Candidate.objects.current().select_related("region__parent")
    return {
        "candidates, first page": listed.order_by("region__code", "name", "pk")[:50],
        "candidates of one region": listed.filter(region__code="51.03").order_by("name", "pk")[:50],
        "name check, NIB": Candidate.objects.current().filter(nib="0000000000777"),
        "name check, names of a province": Candidate.objects.current()
        .filter(kind="company", region__code__startswith="51")
        .values_list("pk", "name_key", "name"),
        "search by name": Candidate.objects.current().called("Sinar 4711").order_by("name")[:20],
        "letters, first page": Letter.objects.order_by("-created_at", "-pk")[:50],
        "trail by act": AuditEvent.objects.filter(verb="rare.7").order_by("-pk")[:50],
    }


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    fill()
    for name, rows in statements().items():
        started = time.process_time(), time.perf_counter()
        found = len(list(rows.all()))
        print(f"\n== {name}: {found} rows, {(time.perf_counter() - started[1]) * 1000:.1f} ms")
        print(rows.explain())


if __name__ == "__main__":
    main()
