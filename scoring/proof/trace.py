"""From a criterion's score down to its inputs: one step per criterion, as table, calculation and sources.

Without ``sources`` a step names nobody: that is the copy for the candidate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.criteria.kinds import KINDS
from awards.criteria.segments import translated
from paritrana.display import formats
from scoring import ranking
from scoring.proof.basis import Facts, TitleBasis
from scoring.proof.sources import Sources
from scoring.standings import explanations
from scoring.standings.rankings import RankingLine, Weighed


@dataclass(frozen=True)
class TraceRow:
    """One figure; ``url`` is the page that reproduces it."""

    cells: list[str]
    url: str = ""


@dataclass(frozen=True)
class TraceTable:
    """``numbers`` are the columns with figures."""

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
    """``score`` in hundredths, None when an input is missing; ``sum`` is the calculation as text."""

    criterion: Weighed
    score: int | None
    sum: str = ""
    text: str = ""
    table: TraceTable | None = None
    notes: list[TraceNote] = field(default_factory=list)

    @property
    def contribution(self) -> str:
        return "" if self.score is None else explanations.contribution(self.score, self.criterion.weight)


def contributions(steps: Sequence[TraceStep]) -> list[str]:
    """What each adds to the total, as a column."""
    return explanations.even([step.contribution for step in steps])


@dataclass(frozen=True)
class Walk:
    """The steps of one line; ``names`` (number of the seat -> juror) for readers who may see whose marks they are."""

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
        trace = KINDS[criterion.kind].trace(self, criterion.slug, score, facts)
        return TraceStep(criterion, score, trace.sum, text, trace.table, trace.notes)

    @property
    def year(self) -> int:
        """The year whose coverage counts."""
        return self.basis.year

    def figures(self, slug: str, years: list[int]) -> TraceTable:
        """Every coverage figure used, at the version in force then."""
        head = [_("Segment"), _("Year"), _("Participants"), _("Workers"), _("Definition"), _("Version")]
        if self.sources:
            head += [_("Entered"), _("Verified")]
        segments = self.basis.criteria[slug]["segments"]
        known = [self.basis.figures.get((self.line.code, year, segment)) for year in years for segment in segments]
        return TraceTable(head, [_figure(self, figure) for figure in known if figure], (1, 2, 3, 5))

    def papers(self, slug: str) -> list[TraceNote]:
        """The nominator's note and attachments, and who verified the nomination."""
        return _papers(self.sources, slug) if self.sources else []

    def attendance(self) -> list[TraceNote]:
        """Who recorded the attendance."""
        return _attendance(self.sources) if self.sources else []

    def marks(self, slug: str) -> tuple[list[int], TraceTable | None]:
        """The counting marks, and all marks: by name for those who may know, otherwise sorted to hide the jurors."""
        given = self.inputs()["marks"].get(slug, {})
        if not given:
            return [], None
        marks = sorted((int(seat), value) for seat, value in given.items())
        if self.names is None:
            marks = sorted(marks, key=lambda pair: pair[1])
        out = _left_out([value for _seat, value in marks], self.basis.trims)
        head = [_("Juror"), _("Mark"), *([_("In the mean")] if out else [])]
        rows = [
            TraceRow([_juror(self, number, seat), formats.hundredths(value), *_counts(n, out)], url)
            for n, (number, seat, value, url) in enumerate(_cells(self, marks))
        ]
        return [value for n, (_seat, value) in enumerate(marks) if n not in out], TraceTable(head, rows, (1,))

    def inputs(self) -> Facts:
        return self.basis.inputs_of(self.line)


def _figure(walk: Walk, figure: Facts) -> TraceRow:
    cells = [figure["segment"], str(figure["year"])]
    cells += [formats.count(figure["participants"]), formats.count(figure["workers"])]
    cells += [translated(figure["definition"]), str(figure["version"])]
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


def _papers(sources: Sources, slug: str) -> list[TraceNote]:
    nomination, zone = sources.nomination, sources.nomination.selection.zone_label
    note = sources.notes.get(slug)
    notes = [TraceNote(_("Note of the nominator"), note)] if note else []
    files = sources.files[slug]
    notes += [TraceNote(_("Evidence"), file.name, reverse("evidence", args=[file.pk])) for file in files]
    sent = f"{nomination.submitted_by}, {formats.moment(nomination.submitted_at, zone)}"
    notes.append(TraceNote(_("Answered by"), sent, reverse("nomination", args=[nomination.pk])))
    if nomination.verified_by:
        notes.append(
            TraceNote(_("Verified"), f"{nomination.verified_by}, {formats.moment(nomination.verified_at, zone)}")
        )
    return notes


def _attendance(sources: Sources) -> list[TraceNote]:
    interview, selection = sources.interview, sources.nomination.selection
    if not (interview and interview.attendance_by):
        return []
    recorded = f"{interview.attendance_by}, {formats.moment(interview.attendance_at, selection.zone_label)}"
    url = reverse("interview-minutes", args=[selection.slug, sources.nomination.pk])
    return [TraceNote(_("Attendance recorded"), recorded, url)]


def _counts(number: int, out: set[int]) -> list[str]:
    """Shown only where some marks do not count."""
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
    """The positions of the trimmed marks: one lowest and one highest, where the rubric trims."""
    if not trims or len(marks) < ranking.ENOUGH_TO_TRIM:
        return set()
    order = sorted(range(len(marks)), key=lambda n: marks[n])
    return {order[0], order[-1]}
