"""Makes Bali's selections of the world larger: companies nominated, answered, declared on, heard and marked.

What a page costs may depend on the rows it shows, not on these. The same rows with every seed.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db.models import Model

from awards.models import Answer, Candidate, Category, Criterion, Nomination, Sector, Selection
from awards.names import name_key
from awards.stages import NominationState, Stage
from paritrana.accounts.models import User
from regions.models import Region
from scoring.models import Declaration, Interview, Mark, MarkVersion, ScoreSheet, Seat
from tests import builders as make

DAY = datetime.datetime(2024, 5, 1, 2, tzinfo=datetime.UTC)
ASKED = [
    ("inovasi", "mark", 2_000),
    ("pemahaman", "mark", 2_000),
    ("kehadiran", "attendance", 1_000),
    ("regulasi", "band", 2_500),
    ("kepesertaan", "ratio", 2_500),
]
LEVELS = [{"code": f"t{n}", "label": f"Tingkat {n}", "points": 2_500 * n} for n in range(5)]
RULES: dict[str, dict[str, Any]] = {
    "attendance": {"levels": LEVELS},
    "band": {"levels": LEVELS},
    "ratio": {"part": "terdaftar", "whole": "pekerja"},
}
STATES = {Stage.NOMINATION: NominationState.DRAFT, Stage.VERIFICATION: NominationState.SENT}
WORDS = ["Maju", "Jaya", "Sentosa", "Abadi", "Makmur", "Lestari", "Karya", "Utama", "Bahari", "Graha", "Mitra", "Sinar"]
BATCH = 2_000
Grow = Callable[[Selection, Region, dict[str, User]], None]
"""Adds further nominations to a selection before it is judged to its end: (selection, home, people of the place)."""


@dataclass
class Growing:
    """Adds ``count`` nominations to each selection it is called with."""

    count: int
    seed: int = 7

    def __call__(self, selection: Selection, home: Region, people: dict[str, User]) -> None:
        chance = Random(f"{self.seed}:{selection.slug}")
        category = _category(selection)
        nominations = self._nominate(selection, category, home, people, chance)
        if nominations and nominations[0].state == NominationState.SHORTLISTED:
            self._judge(selection, category, nominations, people, chance)

    def _nominate(
        self, selection: Selection, category: Category, home: Region, people: dict[str, User], chance: Random
    ) -> list[Nomination]:
        sectors, by = list(category.sectors.all()), people["branch"]
        state = STATES.get(Stage(selection.stage), NominationState.SHORTLISTED)
        signed: dict[str, Any] = {"nominated_by": by}
        if state != NominationState.DRAFT:
            signed |= {"submitted_at": DAY, "submitted_by": by}
        if state == NominationState.SHORTLISTED:
            signed |= {"verified_at": DAY, "verified_by": people["committee"]}
        names = [f"PT {' '.join(chance.sample(WORDS, 3))} {selection.slug} {n:05d}" for n in range(self.count)]
        _create(
            Candidate, (Candidate(kind="company", name=name, name_key=name_key(name), region=home) for name in names)
        )
        made = Candidate.objects.filter(region=home, name__contains=f" {selection.slug} ")
        candidates = {one.name: one for one in made}
        _create(
            Nomination,
            (
                Nomination(
                    selection=selection,
                    category=category,
                    sector=sectors[n % len(sectors)],
                    candidate=candidates[name],
                    state=state,
                    **signed,
                )
                for n, name in enumerate(names)
            ),
        )
        nominations = list(Nomination.objects.filter(selection=selection, category=category).order_by("pk"))
        self._answer(nominations, category, chance)
        return nominations

    def _answer(self, nominations: list[Nomination], category: Category, chance: Random) -> None:
        answered = {one.kind: one for one in _criteria(category) if one.kind in {"band", "ratio"}}
        _create(
            Answer,
            (
                Answer(nomination=each, criterion=criterion, value=_value(kind, chance))
                for each in nominations
                for kind, criterion in answered.items()
            ),
        )

    def _judge(
        self,
        selection: Selection,
        category: Category,
        nominations: list[Nomination],
        people: dict[str, User],
        chance: Random,
    ) -> None:
        """All heard; in the interview stage half of the sheets are handed in, later all of them."""
        seats = list(Seat.objects.filter(panel__selection=selection).with_people())
        came = {"attendance_at": DAY, "attendance_by": people["committee"]}
        slots = [DAY + datetime.timedelta(minutes=20 * n) for n in range(len(nominations))]
        _create(
            Interview,
            (
                Interview(nomination=each, starts_at=at, room="Ruang A", attended=f"t{chance.randrange(1, 5)}", **came)
                for each, at in zip(nominations, slots, strict=True)
            ),
        )
        pairs = [(seat, each) for each in nominations for seat in seats]
        _create(Declaration, (Declaration(seat=seat, nomination=each, declared_by=seat.user) for seat, each in pairs))
        is_over = selection.stage != Stage.INTERVIEW
        _create(ScoreSheet, (_sheet(*pair, n, is_over) for n, pair in enumerate(pairs)))
        sheets = ScoreSheet.objects.filter(nomination__selection=selection, nomination__category=category)
        marked = [one for one in _criteria(category) if one.kind == "mark"]
        writers = {seat.pk: seat.user for seat in seats}
        rows = [(pk, seat, one) for pk, seat in sheets.order_by("pk").values_list("pk", "seat") for one in marked]
        _create(Mark, (Mark(sheet_id=pk, criterion=one, value=chance.randrange(6_000, 9_500)) for pk, _s, one in rows))
        marks = Mark.objects.filter(sheet__in=sheets.order_by()).order_by().values_list("pk", "value", "sheet__seat")
        _create(
            MarkVersion,
            (MarkVersion(mark_id=pk, value=value, version=1, written_by=writers[seat]) for pk, value, seat in marks),
        )


def _category(selection: Selection) -> Category:
    """The companies of the edition in five sectors, with a title ranked by sector; competed for in the selection."""
    category = make.category(selection.edition, "perusahaan", "company")
    if not category.sectors.exists():
        for number in range(5):
            Sector.objects.create(category=category, slug=f"sektor-{number}", name=f"Sektor {number}")
    if not category.rubrics.filter(aspects__criteria__slug="inovasi").exists():
        made = make.rubric(category, *ASKED)
        make.title(made, "terbaik-sektor", grouping="sector")
        for kind, rules in RULES.items():
            Criterion.objects.filter(aspect__rubric=made, kind=kind).update(rules=rules)
    selection.categories.add(category)
    return category


def _criteria(category: Category) -> list[Criterion]:
    return list(Criterion.objects.filter(aspect__rubric=category.current_rubric).order_by("order"))


def _value(kind: str, chance: Random) -> dict[str, Any]:
    if kind == "band":
        return {"level": f"t{chance.randrange(5)}"}
    whole = chance.randrange(50, 10_000)
    return {"part": chance.randrange(whole * 6 // 10, whole + 1), "whole": whole}


def _sheet(seat: Seat, nomination: Nomination, number: int, is_over: bool) -> ScoreSheet:
    signed = {"submitted_at": DAY, "submitted_by": seat.user} if is_over or number % 2 else {}
    return ScoreSheet(seat=seat, nomination=nomination, saved_at=DAY, **signed)


def _create(model: type[Model], rows: Iterable[Model]) -> None:
    model._default_manager.bulk_create(list(rows), batch_size=BATCH)
