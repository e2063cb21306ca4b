"""The smallest panel that can judge: a selection in its interview stage, one rubric with three marks, seats."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from awards.models import Appointment, Criterion, Nomination, Role, Selection
from awards.stages import NominationState, Stage
from paritrana.accounts.models import User
from scoring.models import Declaration, Panel, Seat
from tests import builders

CRITERIA = [
    ("inovasi", "mark", 1500),
    ("pemahaman", "mark", 1000),
    ("komitmen", "mark", 500),
    ("kehadiran", "attendance", 500),
    ("regulasi", "band", 6500),
]
LEVELS = [
    {"code": "head", "label": "Kepala daerah", "points": 10_000},
    {"code": "deputy", "label": "Wakil", "points": 8_000},
]


@dataclass
class Bench:
    selection: Selection
    marked: list[Criterion]
    attended: Criterion
    nominations: list[Nomination] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)

    def seat(self, role: str = Role.JUROR, user: User | None = None, declared: bool = True, **more: Any) -> Seat:
        """One more seat, by default of a juror who has declared no conflict with any nomination."""
        panel = Panel.objects.get_or_create(selection=self.selection, defaults={"quorum": 1})[0]
        appointment = Appointment.objects.create(
            user=user or builders.person(), role=role, edition=self.selection.edition, selection=self.selection
        )
        seat = Seat.objects.create(
            panel=panel, appointment=appointment, element="Pakar", order=panel.seats.count() + 1, **more
        )
        if declared:
            Declaration.objects.bulk_create(
                Declaration(seat=seat, nomination=each, declared_by=seat.user) for each in self.nominations
            )
        self.seats.append(seat)
        return seat

    def shortlist(self, number: int) -> Nomination:
        region = builders.regency(f"{self.selection.province.code}.{number:02d}", f"Kabupaten Nomor {number}")
        nomination = builders.nomination(self.selection, region, NominationState.SHORTLISTED)
        self.nominations.append(nomination)
        return nomination

    def marks(self, *values: int | None) -> dict[Criterion, int | None]:
        """The marked criteria, in order, with these hundredths."""
        return dict(zip(self.marked, values, strict=True))

    def posted(self, *typed: str, version: int = 0, **more: Any) -> dict[str, Any]:
        """What the browser sends for these typed marks."""
        boxes = {f"mark_{criterion.pk}": text for criterion, text in zip(self.marked, typed, strict=True)}
        return {"version": version} | boxes | more


def bench(stage: str = Stage.INTERVIEW, nominations: int = 2, code: str = "51", **category: Any) -> Bench:
    category = builders.category(**category)
    if not category.rubrics.exists():
        builders.rubric(category, *CRITERIA)
    rubric = category.current_rubric
    criteria = list(Criterion.objects.filter(aspect__rubric=rubric).select_related("aspect__rubric"))
    attended = next(each for each in criteria if each.kind == "attendance")
    attended.rules = {"levels": deepcopy(LEVELS), "online": -1_000}  # a test may add to them
    attended.save()
    selection = builders.selection(stage, at=builders.province(code, f"Provinsi {code}"))
    made = Bench(selection, [each for each in criteria if each.kind == "mark"], attended)
    for number in range(1, nominations + 1):
        made.shortlist(number)
    return made
