"""The practice candidates of a panel: who has marked them, and after the last juror all marks."""

from __future__ import annotations

from dataclasses import dataclass

from awards.models import Criterion
from scoring.assignments.criteria import criteria_in_force
from scoring.models import Calibration, Panel, Seat


@dataclass(frozen=True)
class Case:
    """``lines`` are (seat, mark per criterion in hundredths), empty until every juror has given marks."""

    calibration: Calibration
    criteria: list[Criterion]
    given: frozenset[int]
    asked: int
    lines: list[tuple[Seat, list[int | None]]]

    @property
    def is_open_to_all(self) -> bool:
        return bool(self.lines)


def cases(panel: Panel) -> list[Case]:
    """Every practice candidate of the panel; four queries. Former members are left out."""
    seats = list(Seat.objects.sitting().with_people().filter(panel=panel))
    criteria = criteria_in_force(panel.selection, Criterion.Kind.MARK)
    found = []
    for one in panel.calibrations.select_related("category").prefetch_related("sheets"):
        asked = criteria.get(one.category_id, [])
        marks = {sheet.seat_id: sheet.marks for sheet in one.sheets.all()}
        whole = bool(seats) and all(seat.pk in marks for seat in seats)
        lines = [(seat, [marks[seat.pk].get(each.slug) for each in asked]) for seat in seats] if whole else []
        found.append(Case(one, asked, frozenset(marks), len(seats), lines))
    return found
