"""The pool of period 2022 made up: nominations of all provinces in five sectors, twelve criteria each.

One in twenty-one competes before a panel of nine; the others are small enterprises, ranked without an interview. Rows
are written a thousand nominations at a time, so memory does not grow with the pool.
"""

import json
from collections.abc import Iterable
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Model

from awards.models import Answer, Appointment, Candidate, Criterion, Edition, Nomination, Role, Sector, Selection
from awards.stages import NominationState, Stage
from paritrana import triggers
from paritrana.accounts.models import User
from regions.models import Region
from scoring.models import Interview, Mark, Panel, ScoreSheet, Seat
from tests import builders as make

from .panels import DAY

PROVINCES, SECTORS, JURORS, INTERVIEWED = 38, 5, 9, 35_000 / 734_891
ANSWERED = [("ratio", 4), ("checklist", 3), ("band", 3), ("amount", 2)]
JUDGED = [("ratio", 3), ("checklist", 2), ("band", 2), ("amount", 1), ("attendance", 1), ("mark", 3)]
WEIGHTS = [1500, 1500, 1000, 500, 400, 400, 400, 500, 800, 1000, 500, 1500]
CHUNK = 1_000
LEVELS = [{"code": str(n), "label": f"Tingkat {n}", "points": 2_500 * n} for n in range(5)]
ITEMS = [{"code": str(n), "label": f"Butir {n}", "points": 10 + n, "scales": []} for n in range(8)]
RULES: dict[str, dict[str, Any]] = {
    "ratio": {"part": "terdaftar", "whole": "pekerja"},
    "checklist": {"items": ITEMS},
    "band": {"levels": LEVELS},
    "amount": {"unit": "Rp", "steps": [{"from": 10**7 * n, "points": 1_000 * n} for n in range(11)]},
    "attendance": {"levels": LEVELS, "online": -1_000},
    "mark": {},
}


def rubric(of: Edition, slug: str, kinds: list[tuple[str, int]]) -> list[Criterion]:
    """A category of five sectors with one title, ranked by sector."""
    category = make.category(of, slug, "company")
    for number in range(SECTORS):
        Sector.objects.create(category=category, slug=f"sektor-{number}", name=f"Sektor {number}")
    named = [(f"{kind}-{number}", kind) for kind, count in kinds for number in range(count)]
    made = make.rubric(category, *[(*each, weight) for each, weight in zip(named, WEIGHTS, strict=True)])
    make.title(made, grouping="sector")
    criteria = list(Criterion.objects.filter(aspect__rubric=made).order_by("order"))
    for criterion in criteria:
        criterion.rules = RULES[criterion.kind]
    Criterion.objects.bulk_update(criteria, ["rules"])
    return criteria


def _value(kind: str, chance: int) -> str:
    """An answer, as it is stored, from a number below 2**31."""
    if kind == "ratio":
        whole = 50 + chance % 9_951
        return f'{{"part": {whole * (600 + chance % 401) // 1000}, "whole": {whole}}}'
    if kind == "checklist":
        return json.dumps({"ticked": [str(n) for n in range(8) if chance >> n & 1]})
    return f'{{"level": "{chance % 5}"}}' if kind == "band" else f'{{"amount": {chance % 10**8}}}'


def _insert(model: type[Model], rows: Iterable[dict[str, Any]]) -> int:
    """Rows as they are, past Django's models, which would take most of an hour for nine million answers."""
    found = list(rows)
    names = ", ".join(found[0]) if found else ""
    places = ", ".join(["%s"] * len(found[0])) if found else ""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places})", [tuple(row.values()) for row in found]
        )
    return len(found)


class Pool:
    """``rows`` nominations over all provinces, province by province; each is a selection of its own."""

    def __init__(self, rows: int) -> None:
        self.rows, self.chance, self.by = rows, np.random.default_rng(2022), make.person()
        self.edition = make.edition(2022)
        self.large = rubric(self.edition, "perusahaan-besar-menengah", JUDGED)
        self.small = rubric(self.edition, "usaha-kecil-mikro", ANSWERED)
        self.provinces = list(Region.objects.filter(parent=None).order_by("code")[:PROVINCES])
        self.made = {"nominations": 0, "answers": 0, "interviews": 0, "sheets": 0, "marks": 0}

    def fill(self) -> list[Selection]:
        interviewed = round(self.rows * INTERVIEWED)
        with triggers.lifted(connection):
            return [
                self._province(province, *(_part(n, total) for total in (self.rows - interviewed, interviewed)))
                for n, province in enumerate(self.provinces)
            ]

    @transaction.atomic
    def _province(self, province: Region, small: int, large: int) -> Selection:
        selection = make.selection(Stage.PLENARY, self.edition, province)
        regencies = list(Region.objects.filter(parent=province).order_by("code"))
        self._nominate(selection, regencies, self.small, small, NominationState.VERIFIED)
        panel = Panel.objects.create(selection=selection, quorum=1)
        seats = [self._seat(panel, number) for number in range(1, JURORS + 1)]
        for nominations in self._nominate(selection, regencies, self.large, large, NominationState.SHORTLISTED):
            self._judge(nominations, seats)
        return selection

    def _seat(self, panel: Panel, number: int) -> Seat:
        user = User.objects.create(email=f"juri{number}.{panel.pk}@contoh.example", name=f"Juri {number}")
        of = {"edition": self.edition, "selection": panel.selection}
        appointed = Appointment.objects.create(user=user, role=Role.JUROR, **of)
        return Seat.objects.create(panel=panel, appointment=appointed, element="Pakar", order=number)

    def _nominate(
        self, selection: Selection, at: list[Region], asked: list[Criterion], count: int, state: str
    ) -> list[list[Nomination]]:
        """Nominations with their answers, of which every fiftieth lacks one; only those to be judged are kept."""
        category, kept = asked[0].aspect.rubric.category, []
        sectors = list(category.sectors.all())
        answered = [each for each in asked if each.kind in dict(ANSWERED)]
        signed = dict.fromkeys(("submitted_at", "verified_at"), DAY)
        signed |= dict.fromkeys(("submitted_by", "verified_by", "nominated_by"), self.by)
        for first in range(0, count, CHUNK):
            numbers = range(first, min(first + CHUNK, count))
            names = [f"PT {category.slug} {selection.slug} {number:06d}" for number in numbers]
            candidates = Candidate.objects.bulk_create(
                Candidate(kind="company", region=at[n % len(at)], name=name, name_key=name.lower())
                for n, name in zip(numbers, names, strict=True)
            )
            common = {"selection": selection, "category": category, "state": state, **signed}
            nominations = Nomination.objects.bulk_create(
                Nomination(candidate=each, sector=sectors[n % SECTORS], **common)
                for n, each in zip(numbers, candidates, strict=True)
            )
            chances = self.chance.integers(0, 2**31, (len(nominations), len(answered))).tolist()
            self.made["nominations"] += len(nominations)
            self.made["answers"] += _insert(
                Answer,
                (
                    {
                        "nomination_id": each.pk,
                        "criterion_id": criterion.pk,
                        "value": _value(criterion.kind, chance),
                        "note": "",
                    }
                    for number, (each, row) in enumerate(zip(nominations, chances, strict=True))
                    for criterion, chance in zip(answered, row, strict=True)
                    if number % 50 or criterion is not answered[3]
                ),
            )
            if state == NominationState.SHORTLISTED:
                kept.append(nominations)
        return kept

    def _judge(self, nominations: list[Nomination], seats: list[Seat]) -> None:
        attended = self.chance.integers(1, 5, len(nominations)).tolist()
        came = {"starts_at": DAY, "attendance_at": DAY, "attendance_by": self.by}
        Interview.objects.bulk_create(
            Interview(nomination=each, attended=str(level), **came)
            for each, level in zip(nominations, attended, strict=True)
        )
        sheets = ScoreSheet.objects.bulk_create(
            ScoreSheet(seat=seat, nomination=each, saved_at=DAY, submitted_at=DAY, submitted_by=seat.user)
            for each in nominations
            for seat in seats
        )
        marked = [each for each in self.large if each.kind == "mark"]
        values = self.chance.integers(5_000, 10_001, (len(sheets), len(marked))).tolist()
        self.made["marks"] += _insert(
            Mark,
            (
                {"sheet_id": sheet.pk, "criterion_id": criterion.pk, "value": value, "version": 1}
                for sheet, row in zip(sheets, values, strict=True)
                for criterion, value in zip(marked, row, strict=True)
            ),
        )
        self.made["interviews"] += len(nominations)
        self.made["sheets"] += len(sheets)


def _part(number: int, total: int) -> int:
    """The share of one province: all alike, together exactly ``total``."""
    return total * (number + 1) // PROVINCES - total * number // PROVINCES
