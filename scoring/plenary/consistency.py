"""Consistency of the jurors, category by category: the counting marks as one value per juror and candidate.

``scoring.ranking.agreement`` computes the statistics. They are shown next to the official scores of ``scoring.ranking``
and never change them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from awards.models import Category, Criterion, Nomination, Selection
from scoring import ranking
from scoring.assignments import rooms
from scoring.assignments.criteria import criteria_in_force, marked_nominations
from scoring.assignments.progress import keys_of
from scoring.models import Seat
from scoring.ranking.agreement import Agreement, JurorSeverity, TooLittle, agreement, of_group, severity
from scoring.standings.inputs import counting_marks

Marks = dict[tuple[int, int], dict[int, int]]


@dataclass(frozen=True)
class AdjustedCandidate:
    """One candidate: ``official`` is the mean by the ranking, ``adjusted`` the level if every juror marked all.

    Both are hundredths, each with its place among the candidates of the category.
    """

    nomination: Nomination
    official: int
    place: int
    adjusted: int | None = None
    adjusted_place: int | None = None

    @property
    def moved(self) -> int:
        """How many places higher it is in the adjusted order."""
        return self.place - self.adjusted_place if self.adjusted_place else 0


@dataclass(frozen=True)
class Outlier:
    """A value far from the one expected for juror and candidate: ``value`` in hundredths, ``residual`` studentised."""

    nomination: Nomination
    seat: Seat
    value: int
    residual: float


@dataclass(frozen=True)
class RoomSeverity:
    """One room: the mean of its official values in hundredths, and its jurors against the whole panel in points.

    Rooms hear different candidates: without a juror who sits in both, ``effect`` is None, because a severe room cannot
    be told from one with weaker candidates.
    """

    name: str
    candidates: int
    jurors: int
    mean: int
    effect: float | None = None


@dataclass(frozen=True)
class CategoryConsistency:
    """One category; ``refused`` is the code of TooLittle when severity cannot be estimated."""

    category: Category
    criteria: list[Criterion]
    candidates: list[AdjustedCandidate]
    agreement: Agreement | None = None
    jurors: list[tuple[Seat, JurorSeverity]] = field(default_factory=list)
    outliers: list[Outlier] = field(default_factory=list)
    spread: float = 0.0
    freedom: int = 0
    refused: str = ""
    rooms: list[RoomSeverity] = field(default_factory=list)


def consistency_of(selection: Selection) -> list[CategoryConsistency]:
    """Every category jurors mark, in order; four queries and those of the rubrics.

    Of all candidates only the keys are loaded: ``assignments.criteria.named`` loads the names of those that are shown.
    """
    criteria = criteria_in_force(selection, Criterion.Kind.MARK)
    judged = marked_nominations(selection, criteria)
    nominations = keys_of(judged.order_by("category__order", "category_id", "candidate__name", "pk"))
    seats = {seat.order: seat for seat in Seat.objects.counting().with_people().filter(panel__selection=selection)}
    asked = [one for of_category in criteria.values() for one in of_category]
    marks = counting_marks(asked, judged.order_by().values("pk"))
    judging = rooms.of_nominations(selection)
    by_category: dict[int, list[Nomination]] = {}
    for nomination in nominations:
        by_category.setdefault(nomination.category_id, []).append(nomination)
    categories = Category.objects.in_bulk(by_category)
    return [
        _with_rooms(_of_category(categories[key], criteria[key], among, seats, marks), judging)
        for key, among in by_category.items()
        if any(one.weight for one in criteria[key])
    ]


def _of_category(
    category: Category, criteria: list[Criterion], nominations: list[Nomination], seats: dict[int, Seat], marks: Marks
) -> CategoryConsistency:
    import pandas as pd  # numpy is imported only when this report is opened

    own = [own_values(each, criteria, marks) for each in nominations]
    values = pd.DataFrame(own, columns=list(seats), dtype=float).dropna(how="all").dropna(how="all", axis="columns")
    block, given = (values.fillna(0) / 100).to_numpy(), values.notna().to_numpy()
    rows, here = [nominations[row] for row in values.index], [seats[order] for order in values.columns]
    official = [_official(each, criteria, marks) for each in rows]
    start: dict[str, Any] = {"category": category, "criteria": criteria}
    try:
        report = severity(block, given)
    except TooLittle as error:
        rows_judged = _judged(rows, official, None)
        return CategoryConsistency(
            **start, candidates=rows_judged, agreement=_agreement(block, given), refused=error.code
        )
    return CategoryConsistency(
        **start,
        candidates=_judged(rows, official, _all_hundredths(report.candidates)),
        agreement=_agreement(block, given),
        jurors=list(zip(here, report.jurors, strict=True)),
        outliers=[Outlier(rows[r], here[c], int(values.iat[r, c]), z) for r, c, z in report.outliers],
        spread=report.spread,
        freedom=report.freedom,
    )


def _with_rooms(found: CategoryConsistency, judging: dict[int, rooms.JudgingRoom]) -> CategoryConsistency:
    """With a line for each room, where two or more rooms heard candidates of the category."""
    heard: dict[str, list[AdjustedCandidate]] = {}
    for each in found.candidates:
        room = judging.get(each.nomination.pk)
        if room:
            heard.setdefault(room.name, []).append(each)
    if len(heard) < 2:
        return found
    effects = {seat.pk: one.effect for seat, one in found.jurors}
    lines = []
    for name, of in sorted(heard.items()):
        sitting = judging[of[0].nomination.pk].seats
        known = [effects[seat] for seat in sitting if seat in effects]
        mean = ranking.score([each.official for each in of], trim=False) or 0
        lines.append(RoomSeverity(name, len(of), len(sitting), mean, of_group(known)))
    return replace(found, rooms=lines)


def _agreement(block: np.ndarray, given: np.ndarray) -> Agreement | None:
    return agreement(block, given) if given.any() else None


def hundredths(value: float) -> int:
    """A statistic as shown: from its millionths, rounded half up like a score."""
    return _all_hundredths(np.array([value]))[0]


def _all_hundredths(values: np.ndarray) -> list[int]:
    return ranking.half_up(np.rint(values * 1_000_000).astype(np.int64), 10_000).tolist()


def own_values(nomination: Nomination, criteria: Iterable[Criterion], marks: Marks) -> dict[int, int]:
    """Order of the seat -> its weighted mean over the criteria it had to mark; complete sheets only."""
    given = [(marks.get((nomination.pk, one.pk), {}), one.weight) for one in criteria]
    whole = set.intersection(*(set(of) for of, _weight in given))
    weight = sum(weight for _of, weight in given)
    return {order: ranking.weighted([(of[order], share) for of, share in given], weight) for order in sorted(whole)}


def _official(nomination: Nomination, criteria: Iterable[Criterion], marks: Marks) -> int:
    """The weighted scores of the criteria jurors mark, by the ranking."""
    parts = []
    for one in criteria:
        given = list(marks.get((nomination.pk, one.pk), {}).values())
        score = ranking.score(given, trim=one.aspect.rubric.trims)
        if score is not None:
            parts.append((score, one.weight))
    return ranking.weighted(parts, sum(weight for _score, weight in parts))


def _judged(rows: list[Nomination], official: list[int], adjusted: list[int] | None) -> list[AdjustedCandidate]:
    """In the official order; equal values share a place, and stay in the order of the rows."""
    levels: Sequence[int | None] = adjusted or [None] * len(rows)
    places, adjusted_places = _places(official), _places(adjusted or [])
    candidates = [
        AdjustedCandidate(row, value, places[value], level, None if level is None else adjusted_places[level])
        for row, value, level in zip(rows, official, levels, strict=True)
    ]
    return sorted(candidates, key=lambda one: one.place)


def _places(values: list[int]) -> dict[int, int]:
    """Value -> its place, the largest first."""
    found: dict[int, int] = {}
    for place, value in enumerate(sorted(values, reverse=True), 1):
        found.setdefault(value, place)
    return found
