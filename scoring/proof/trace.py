"""From a criterion's score down to what was put in: one step per criterion, as a table, a calculation and its sources.

Without ``sources`` a step names nobody: that is the copy for the candidate.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Criterion
from awards.models.rubrics import ANSWERED, WHOLE
from paritrana.display import formats
from scoring import ranking
from scoring.proof import written_steps
from scoring.proof.basis import Facts, TitleBasis
from scoring.proof.sources import Sources
from scoring.standings import explanations
from scoring.standings.rankings import RankingLine, Weighed

Kind = Criterion.Kind


@dataclass(frozen=True)
class TraceRow:
    """One figure; ``url`` is the page that reproduces it."""

    cells: list[str]
    url: str = ""


@dataclass(frozen=True)
class TraceTable:
    """``numbers`` are the columns that hold figures."""

    head: list[str]
    rows: list[TraceRow]
    numbers: tuple[int, ...]

    @property
    def lines(self) -> list[tuple[TraceRow, list[tuple[str, str, bool]]]]:
        """Each row with its cells as (heading, text, is a figure)."""
        return [
            (row, [(self.head[n], cell, n in self.numbers) for n, cell in enumerate(row.cells)]) for row in self.rows
        ]


@dataclass(frozen=True)
class TraceNote:
    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class TraceStep:
    """``score`` in hundredths, None where something is missing; ``sum`` is how it is calculated."""

    criterion: Weighed
    score: int | None
    sum: str = ""
    text: str = ""
    table: TraceTable | None = None
    notes: list[TraceNote] = field(default_factory=list)

    @property
    def contribution(self) -> str:
        return "" if self.score is None else explanations.contribution(self.score, self.criterion.weight)


@dataclass(frozen=True)
class Walk:
    """Down from one line of a ranking; ``names`` (number of the seat -> juror) for who may see whose marks they are."""

    basis: TitleBasis
    line: RankingLine
    sources: Sources | None = None
    names: dict[int, str] | None = None

    def steps(self) -> list[TraceStep]:
        return [self.step(criterion) for criterion in self.basis.ranking.criteria]

    def step(self, criterion: Weighed) -> TraceStep:
        score, facts = self.line.scores[criterion.slug], self.line.evidence[criterion.slug]
        if "exempt" in facts:
            return TraceStep(criterion, score, text=_("Does not apply: %(reason)s") % {"reason": facts["exempt"]})
        text = explanations.evidence(criterion.kind, facts)
        made = MAKERS[criterion.kind](self, criterion, score, facts)
        return TraceStep(criterion, score, text=text, **made)

    def inputs(self) -> Facts:
        return self.basis.inputs_of(self.line)


def _coverage(walk: Walk, criterion: Weighed, score: int | None, facts: Facts) -> Facts:
    whole = facts.get("workers")
    calculated = written_steps.percentage(facts["participants"], whole, score) if whole else ""
    return {"sum": calculated, "table": _figures(walk, criterion, [walk.basis.year])}


def _growth(walk: Walk, criterion: Weighed, score: int | None, facts: Facts) -> Facts:
    sides = [facts["now"], facts["before"]]
    lines = [
        written_steps.percentage(side["participants"], side["workers"], side["share"])
        for side in sides
        if side.get("workers") and side["share"] != ranking.MISSING
    ]
    if score is not None:
        now, before = (side["share"] for side in sides)
        lines.append(written_steps.growth(now, before, facts["zero"], facts["full"], score))
    return {"sum": "\n".join(lines), "table": _figures(walk, criterion, [walk.basis.year, walk.basis.year - 1])}


def _figures(walk: Walk, criterion: Weighed, years: list[int]) -> TraceTable:
    """Every coverage figure that was counted, with the version that was in force."""
    head = [_("Segment"), _("Year"), _("Participants"), _("Workers"), _("Definition"), _("Version")]
    if walk.sources:
        head += [_("Entered"), _("Verified")]
    segments = walk.basis.criteria[criterion.slug]["segments"]
    known = [walk.basis.figures.get((walk.line.code, year, segment)) for year in years for segment in segments]
    return TraceTable(head, [_figure(walk, figure) for figure in known if figure], (1, 2, 3, 5))


def _figure(walk: Walk, figure: Facts) -> TraceRow:
    cells = [figure["segment"], str(figure["year"])]
    cells += [formats.count(figure["participants"]), formats.count(figure["workers"])]
    cells += [explanations.definition(figure["definition"]), str(figure["version"])]
    if not walk.sources:
        return TraceRow(cells)
    return TraceRow([*cells, *_signed(walk.sources, figure)], walk.sources.history_of(figure))


def _signed(sources: Sources, figure: Facts) -> list[str]:
    """Who entered a version, when and from what; who verified it."""
    version, zone = sources.written(figure), sources.nomination.selection.zone_label
    if version is None:
        return [formats.DASH, formats.DASH]
    origin = _("form") if version.is_from_form else version.origin
    entered = [str(version.written_by or formats.DASH), formats.moment(version.written_at, zone), origin]
    of = version.coverage
    is_verified = figure["is_verified"] and of.verified_by
    verified = f"{of.verified_by}, {formats.moment(of.verified_at, zone)}" if is_verified else _("not verified")
    return [", ".join(entered), verified]


def _answer(walk: Walk, criterion: Weighed, score: int | None, facts: Facts) -> Facts:
    if not facts:
        return {}
    part, whole = facts["earned"], facts["possible"]
    if criterion.kind == Kind.RATIO:
        calculated = written_steps.percentage(part, whole, score) if whole else ""
    else:
        calculated = written_steps.shown(score) if whole == WHOLE else written_steps.earned(part, whole, score)
    return {"sum": calculated, "notes": _papers(walk, criterion)}


def _papers(walk: Walk, criterion: Weighed) -> list[TraceNote]:
    """What the nominator wrote and attached, and who verified the nomination."""
    if not walk.sources:
        return []
    nomination, zone = walk.sources.nomination, walk.sources.nomination.selection.zone_label
    note = walk.sources.notes.get(criterion.slug)
    notes = [TraceNote(_("Note of the nominator"), note)] if note else []
    files = walk.sources.files[criterion.slug]
    notes += [TraceNote(_("Evidence"), file.name, reverse("evidence", args=[file.pk])) for file in files]
    sent = f"{nomination.submitted_by}, {formats.moment(nomination.submitted_at, zone)}"
    notes.append(TraceNote(_("Answered by"), sent, reverse("nomination", args=[nomination.pk])))
    if nomination.verified_by:
        notes.append(
            TraceNote(_("Verified"), f"{nomination.verified_by}, {formats.moment(nomination.verified_at, zone)}")
        )
    return notes


def _attendance(walk: Walk, criterion: Weighed, score: int | None, facts: Facts) -> Facts:
    if not facts:
        return {}
    made: Facts = {"sum": written_steps.addition(facts["points"], facts["online"], score)}
    interview = walk.sources.interview if walk.sources else None
    if walk.sources and interview and interview.attendance_by:
        selection = walk.sources.nomination.selection
        recorded = f"{interview.attendance_by}, {formats.moment(interview.attendance_at, selection.zone_label)}"
        url = reverse("interview-minutes", args=[selection.slug, walk.sources.nomination.pk])
        made["notes"] = [TraceNote(_("Attendance recorded"), recorded, url)]
    return made


def _mark(walk: Walk, criterion: Weighed, score: int | None, facts: Facts) -> Facts:
    """By name for who may know; otherwise in ascending order, so that the order tells nobody either."""
    given = walk.inputs()["marks"].get(criterion.slug, {})
    if not given:
        return {}
    marks = sorted((int(seat), value) for seat, value in given.items())
    if walk.names is None:
        marks = sorted(marks, key=lambda pair: pair[1])
    out = _left_out([value for _seat, value in marks], walk.basis.trims)
    head = [_("Juror"), _("Mark"), *([_("In the mean")] if out else [])]
    rows = [
        TraceRow([_juror(walk, number, seat), formats.hundredths(value), *_counts(n, out)], url)
        for n, (number, seat, value, url) in enumerate(_cells(walk, marks))
    ]
    counted = [value for n, (_seat, value) in enumerate(marks) if n not in out]
    return {"sum": written_steps.mean(counted, score), "table": TraceTable(head, rows, (1,))}


def _counts(number: int, out: set[int]) -> list[str]:
    """Said only where some marks do not."""
    return [_("left out") if number in out else _("counts")] if out else []


def _cells(walk: Walk, marks: list[tuple[int, int]]) -> list[tuple[int, int, int, str]]:
    """(running number, seat, mark, page with every version of it)"""
    found = []
    for number, (seat, value) in enumerate(marks, start=1):
        url = ""
        if walk.sources and walk.names is not None:
            nomination = walk.sources.nomination
            url = reverse("mark-history", args=[nomination.selection.slug, nomination.pk, seat])
        found.append((number, seat, value, url))
    return found


def _juror(walk: Walk, number: int, seat: int) -> str:
    if walk.names is None:
        return _("Juror %(number)s") % {"number": number}
    return walk.names.get(seat) or _("Seat %(number)s") % {"number": seat}


def _left_out(marks: list[int], trims: bool) -> set[int]:
    """Which of the marks (by position) do not count: one lowest and one highest, where the rubric says so."""
    if not trims or len(marks) < ranking.ENOUGH_TO_TRIM:
        return set()
    order = sorted(range(len(marks)), key=lambda n: marks[n])
    return {order[0], order[-1]}


MAKERS = {
    Kind.COVERAGE: _coverage,
    Kind.GROWTH: _growth,
    **dict.fromkeys(ANSWERED, _answer),
    Kind.ATTENDANCE: _attendance,
    Kind.MARK: _mark,
}
