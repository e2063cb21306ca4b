"""The rows of a country by the code of an earlier release, run by ``upgrade.py`` with that release on the path.

Prints as JSON what a juror needs to go on saving: address, cookies, token, criteria.
"""

import json
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

BATCH = 2_000


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paritrana.settings")
    django.setup()
    from django.urls import reverse

    from benchmarks import panels, processes
    from tests import builders as make

    edition = make.edition(2050)
    asked = panels.criteria(edition, 2)
    answered = unweighted(asked)
    provinces, each = (int(number) for number in sys.argv[1:3])
    jurors = []
    for number in range(provinces):
        made = panels.judged(edition, make.province(str(11 + number), f"Provinsi {number}"), asked, each, 1)
        panels.mark(made)
        answer(made.nominations, answered)
        seat, nomination = made.seats[0], made.nominations[0]
        browser = processes.Browser(seat.user)
        path = reverse("sheet", args=[made.selection.slug, nomination.pk])
        jurors.append({"path": path, "cookies": browser.cookies, "token": browser.token})
        print(f"province {number + 1} of {provinces}", file=sys.stderr, flush=True)
    multiply(int(sys.argv[3]))
    print(json.dumps({"jurors": jurors, "criteria": [one.pk for one in asked]}))


def unweighted(marked: list) -> list:
    """Ten criteria that are answered and weigh nothing, in the rubric of the marked ones."""
    from awards.models import Criterion

    more = [
        Criterion(
            aspect=marked[0].aspect, slug=f"jawaban-{n}", name=f"Jawaban {n}", kind="amount", weight=0, order=10 + n
        )
        for n in range(10)
    ]
    return Criterion.objects.bulk_create(more)


def answer(nominations: list, criteria: list) -> None:
    from awards.models import Answer

    rows = [Answer(nomination=each, criterion=one, value={"amount": 100}) for each in nominations for one in criteria]
    Answer.objects.bulk_create(rows, batch_size=BATCH)


GROWING = ("awards.Candidate", "awards.Nomination", "awards.Answer", "scoring.Declaration", "scoring.ScoreSheet")
GROWING += ("scoring.Mark", "scoring.MarkVersion")


def multiply(times: int) -> None:
    from django.apps import apps
    from django.db import connection

    sys.path.append(str(Path(__file__).parent))  # of this code, everything else is of the release
    import copies

    name = "triggers" if find_spec("paritrana.triggers") else "guards"
    with import_module(f"paritrana.{name}").lifted(connection), connection.cursor() as cursor:
        copies.add(cursor, [apps.get_model(name) for name in GROWING], times - 1)


if __name__ == "__main__":
    main()
