"""The bridge from rows to the ranking kernel: evidence becomes arrays; ``tally.py`` leads back to standings.

Whatever is missing stays missing, with its reason; see ``explanations.py`` for the codes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from awards.criteria import answers
from awards.models import Criterion, Nomination, Rubric, Selection
from awards.models.rubrics import ANSWERED
from regions.models import Coverage, Definition, Segment
from scoring import ranking
from scoring.standings.inputs import RubricInputs, contenders, gather

Reason = list[Any]


@dataclass(frozen=True, eq=False)
class CriterionScores:
    """One criterion over all contenders: ``scores`` [n] in hundredths, which are ``known`` [n], and from what."""

    scores: np.ndarray
    known: np.ndarray
    facts: list[dict[str, Any]]
    missing: list[list[Reason]]


@dataclass(frozen=True, eq=False)
class Field:
    """The contenders of one rubric in one selection with a column per criterion; every title of the rubric ranks it."""

    selection: Selection
    rubric: Rubric
    nominations: list[Nomination]
    criteria: list[Criterion]
    columns: list[CriterionScores]
    evidence: RubricInputs


def field_of(selection: Selection, rubric: Rubric) -> Field:
    criteria = list(
        Criterion.objects.filter(aspect__rubric=rubric)
        .select_related("aspect")
        .order_by("aspect__order", "order")
        .prefetch_related("segments")
    )
    competing = contenders(selection, rubric, criteria)
    nominations, evidence = list(competing), gather(selection, rubric, competing)
    columns = [column_of(criterion, nominations, evidence) for criterion in criteria]
    return Field(selection, rubric, nominations, criteria, columns, evidence)


def column_of(criterion: Criterion, nominations: list[Nomination], evidence: RubricInputs) -> CriterionScores:
    """One criterion over these nominations, as far as it applies to them."""
    column = READERS[criterion.kind](criterion, nominations, evidence)
    rows = [row for row, each in enumerate(nominations) if (each.pk, criterion.pk) in evidence.exemptions]
    return _exempt(criterion, nominations, evidence, column, rows) if rows else column


def _exempt(
    criterion: Criterion,
    nominations: list[Nomination],
    evidence: RubricInputs,
    column: CriterionScores,
    rows: list[int],
) -> CriterionScores:
    """The column with the points the rubric gives these rows instead, or with nothing but the reason."""
    instead = criterion.rules.get("not_applicable", ranking.MISSING)
    scores, facts, missing = column.scores.copy(), list(column.facts), list(column.missing)
    for row in rows:
        reason = evidence.exemptions[nominations[row].pk, criterion.pk]
        scores[row], facts[row] = instead, {"exempt": reason}
        missing[row] = [["not-applicable", criterion.name, reason]] if instead == ranking.MISSING else []
    return CriterionScores(scores, scores != ranking.MISSING, facts, missing)


def _column(scores: list[int | None], facts: list[dict[str, Any]], missing: list[list[Reason]]) -> CriterionScores:
    values = np.array([ranking.MISSING if score is None else score for score in scores], dtype=np.int64)
    return CriterionScores(values, values != ranking.MISSING, facts, missing)


def untranslated(definition: Definition) -> str:
    """A definition as it is stored: what is kept or sealed must not depend on the language of whoever caused it."""
    return " · ".join(filter(None, [definition.territory, definition.denominator]))


@dataclass(frozen=True)
class _Counted:
    """One region's figures in one year, segment by segment; ``participants`` and ``workers`` are their sums."""

    figures: list[Coverage | None]
    missing: list[Reason]

    @property
    def workers(self) -> int:
        """0, which is no denominator, as soon as one segment is missing."""
        return 0 if self.missing else sum(figure.workers for figure in self.figures if figure)

    @property
    def participants(self) -> int:
        return 0 if self.missing else sum(figure.participants for figure in self.figures if figure)

    def facts(self, year: int) -> dict[str, Any]:
        definitions = sorted({untranslated(figure.definition) for figure in self.figures if figure})
        counts = {"participants": self.participants, "workers": self.workers}
        return {"year": year, "definitions": definitions} | ({} if self.missing else counts)


def _count(evidence: RubricInputs, nomination: Nomination, segments: list[Segment], year: int) -> _Counted:
    region = nomination.candidate.region_id
    places = [(region, year, segment.pk) for segment in segments]
    figures = [evidence.coverage.get(place) for place in places]
    missing = [
        ["coverage-unsent" if place in evidence.unsent else "coverage-missing", segment.code, year]
        for segment, place in zip(segments, places, strict=True)
        if place not in evidence.coverage
    ]
    return _Counted(figures, missing if segments else [["segments-missing"]])


def _shares(counted: list[_Counted]) -> tuple[np.ndarray, np.ndarray]:
    participants = np.array([each.participants for each in counted], dtype=np.int64)
    workers = np.array([each.workers for each in counted], dtype=np.int64)
    return ranking.share(participants, workers)


def _coverage(criterion: Criterion, nominations: list[Nomination], evidence: RubricInputs) -> CriterionScores:
    segments = list(criterion.segments.all())
    counted = [_count(evidence, nomination, segments, evidence.year) for nomination in nominations]
    scores, known = _shares(counted)
    return CriterionScores(
        scores, known, [each.facts(evidence.year) for each in counted], [each.missing for each in counted]
    )


def _growth(criterion: Criterion, nominations: list[Nomination], evidence: RubricInputs) -> CriterionScores:
    segments, year = list(criterion.segments.all()), evidence.year
    now = [_count(evidence, nomination, segments, year) for nomination in nominations]
    before = [_count(evidence, nomination, segments, year - 1) for nomination in nominations]
    missing = [_not_comparable(*pair, year) for pair in zip(now, before, strict=True)]
    comparable = np.array([not reasons for reasons in missing], dtype=bool)
    shares = [np.where(comparable, _shares(counted)[0], ranking.MISSING) for counted in (now, before)]
    full, zero = criterion.rules["full"], criterion.rules.get("zero", 0)
    facts = [
        {
            "full": full,
            "zero": zero,
            "now": a.facts(year) | {"share": int(share_now)},
            "before": b.facts(year - 1) | {"share": int(share_before)},
        }
        for a, b, share_now, share_before in zip(now, before, *shares, strict=True)
    ]
    return CriterionScores(ranking.growth_points(*shares, zero=zero, full=full), comparable, facts, missing)


def _not_comparable(now: _Counted, before: _Counted, year: int) -> list[Reason]:
    """Why there is no growth: a figure is missing, or a segment was counted in another way the year before."""
    if now.missing or before.missing:
        return [*before.missing, *(reason for reason in now.missing if reason not in before.missing)]
    return [
        ["definition-differs", new.segment.code, year - 1, year]
        for old, new in zip(before.figures, now.figures, strict=True)
        if old and new and old.definition_id != new.definition_id
    ]


def _answer(criterion: Criterion, nominations: list[Nomination], evidence: RubricInputs) -> CriterionScores:
    """What was earned of what was possible, whatever the kind of answer."""
    given = [evidence.answers.get((each.pk, criterion.pk)) for each in nominations]
    pairs = [
        answers.earned(criterion, value, each.candidate) if value else (0, 0)
        for value, each in zip(given, nominations, strict=True)
    ]
    scores, known = ranking.share(*np.array(pairs, dtype=np.int64).reshape(-1, 2).T)
    facts = [
        answers.facts(criterion, value) | {"earned": part, "possible": whole} if value else {}
        for value, (part, whole) in zip(given, pairs, strict=True)
    ]
    missing: list[list[Reason]] = [[] if is_known else [["answer-missing", criterion.name]] for is_known in known]
    return CriterionScores(scores, known, facts, missing)


def _attendance(criterion: Criterion, nominations: list[Nomination], evidence: RubricInputs) -> CriterionScores:
    """The level's points, less for a meeting on line, never below nothing."""
    scores: list[int | None] = []
    facts: list[dict[str, Any]] = []
    for nomination in nominations:
        interview = evidence.interviews.get(nomination.pk)
        level = criterion.level(interview.attended) if interview else None
        online = criterion.rules.get("online", 0) if interview and interview.is_online else 0
        scores.append(max(0, level["points"] + online) if level else None)
        facts.append({"level": level["label"], "points": level["points"], "online": online} if level else {})
    missing: list[list[Reason]] = [[] if score is not None else [["attendance-missing"]] for score in scores]
    return _column(scores, facts, missing)


def _mark(criterion: Criterion, nominations: list[Nomination], evidence: RubricInputs) -> CriterionScores:
    given = [list(evidence.marks.get((each.pk, criterion.pk), {}).values()) for each in nominations]
    jurors = max(map(len, given), default=0)
    marks = np.zeros((len(given), jurors), dtype=np.int64)
    present = np.zeros((len(given), jurors), dtype=bool)
    for row, values in enumerate(given):
        marks[row, : len(values)] = values
        present[row, : len(values)] = True
    scores, known = ranking.mean(marks, present, trim=evidence.trims)
    facts = [_counted_marks(values, evidence.trims) for values in given]
    missing = [
        [] if values else [["candidate-absent"] if each.pk in evidence.absent else ["marks-missing", criterion.name]]
        for each, values in zip(nominations, given, strict=True)
    ]
    return CriterionScores(scores, known, facts, missing)


def _counted_marks(values: list[int], trims: bool) -> dict[str, Any]:
    """How many marks count, their sum, and which were left out: the lowest and the highest."""
    if not values:
        return {}
    if not trims or len(values) < ranking.ENOUGH_TO_TRIM:
        return {"marks": len(values), "sum": sum(values)}
    dropped = [min(values), max(values)]
    return {"marks": len(values) - 2, "sum": sum(values) - sum(dropped), "dropped": dropped}


READERS: dict[str, Callable[[Criterion, list[Nomination], RubricInputs], CriterionScores]] = {
    Criterion.Kind.COVERAGE: _coverage,
    Criterion.Kind.GROWTH: _growth,
    **dict.fromkeys(ANSWERED, _answer),
    Criterion.Kind.ATTENDANCE: _attendance,
    Criterion.Kind.MARK: _mark,
}
