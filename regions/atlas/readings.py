"""Figures of a region and year: share, growth, distance to the target. Plain values, few queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from paritrana.display import formats
from regions import rules
from regions.models import Coverage, Target
from regions.models.measures import OVERALL, TargetQuerySet

Key = tuple[Any, int]
"""Primary key of a region or branch (None: the nation), and a year."""


@dataclass(frozen=True)
class SegmentCount:
    """Participants and workers of one segment, or of PU and BPU added; ``definitions`` are the ones used."""

    participants: int
    workers: int
    definitions: tuple[int, ...]

    @property
    def share(self) -> int:
        return rules.share(self.participants, self.workers)


@dataclass(frozen=True)
class Goal:
    """A target: ``value`` in hundredths of a percent, or participants when ``is_people``."""

    value: int
    is_people: bool = False
    source: str = ""

    @property
    def written(self) -> str:
        """The target as it was set: a percentage or a number of people."""
        people = _("%(people)s participants") % {"people": formats.count(self.value)}
        return people if self.is_people else formats.percent(self.value)

    def share(self, workers: int) -> int:
        return rules.share(self.value, workers) if self.is_people else self.value

    def participants(self, workers: int) -> int:
        """The fewest participants with which the share shown reaches the target."""
        return self.value if self.is_people else rules.least_participants(self.value, workers)


@dataclass(frozen=True)
class CoverageReading:
    """One region and year. Of ``examined`` figures ``clean`` have no doubt; both are 0 when none were examined.

    ``earlier`` is the year of the figures where the target is a later year's: they show how far it is, and never that
    it is reached.
    """

    now: SegmentCount | None = None
    before: SegmentCount | None = None
    goal: Goal | None = None
    clean: int = 0
    examined: int = 0
    earlier: int | None = None

    @property
    def share(self) -> int | None:
        return self.now.share if self.now else None

    @cached_property
    def growth(self) -> rules.Growth:
        if self.now is None:
            return rules.Growth(reason=_("Not reported"))
        if self.before is None:
            return rules.Growth(reason=_("There is no figure of the year before."))
        if self.now.definitions != self.before.definitions:
            return rules.Growth(reason=_("The two years are counted by different definitions."))
        return rules.growth(self.now.share, self.before.share)

    @property
    def goal_share(self) -> int | None:
        """The target as a share of this year's workers."""
        return self.goal.share(self.now.workers) if self.goal and self.now else None

    @property
    def gap(self) -> int | None:
        """Percentage points above (or, negative, below) the target, in hundredths."""
        return self.now.share - self.goal_share if self.now and self.goal_share is not None else None

    @property
    def lacking(self) -> int | None:
        """How many more participants are needed for the target; 0 when these are enough."""
        if self.goal is None or self.now is None:
            return None
        return max(0, self.goal.participants(self.now.workers) - self.now.participants)

    @property
    def is_reached(self) -> bool:
        """Whether figures of the target's own year reach it."""
        return self.lacking == 0 and self.earlier is None

    @property
    def quality(self) -> int | None:
        return rules.share(self.clean, self.examined) if self.examined else None


@dataclass
class Readings:
    """Readings by region; a region without figures has an empty one."""

    known: dict[int, CoverageReading] = field(default_factory=dict)

    def of(self, pk: int) -> CoverageReading:
        return self.known.get(pk, CoverageReading())


def reported(readings: Iterable[CoverageReading]) -> SegmentCount | None:
    """Participants and workers of all that have a figure; None when none has."""
    found = [each.now for each in readings if each.now]
    if not found:
        return None
    return SegmentCount(sum(one.participants for one in found), sum(one.workers for one in found), ())


@dataclass(frozen=True)
class Sum:
    """The sum over regions with a figure and a target: participants, participants required, participants lacking."""

    regions: int
    participants: int
    asked: int
    lacking: int


def added(readings: Iterable[CoverageReading]) -> Sum | None:
    """None when no region has both a figure and a target; one region's surplus does not reduce another's lack."""
    found = [(each.now, each.goal, each.lacking or 0) for each in readings if each.now and each.goal]
    if not found:
        return None
    asked = sum(goal.participants(now.workers) for now, goal, _lacking in found)
    return Sum(len(found), sum(now.participants for now, *_rest in found), asked, sum(lack for *_rest, lack in found))


def segments_of(chosen: str) -> tuple[str, ...]:
    """The codes in a set of segments such as PU+BPU+JAKON; empty: PU and BPU."""
    return tuple((chosen or OVERALL).split("+"))


Parts = dict[Key, dict[str, tuple[int, int, int]]]
"""By region and year, and by segment: participants, workers, definition."""


def parts(figures: QuerySet[Coverage]) -> Parts:
    """One query."""
    found: Parts = {}
    fields = ("region_id", "year", "segment__code", "participants", "workers", "definition_id")
    for region, year, code, *part in figures.order_by("segment__order").values_list(*fields):
        found.setdefault((region, year), {})[code] = tuple(part)
    return found


def together(known: Parts, chosen: str) -> dict[Key, SegmentCount]:
    """The chosen segments added up, where all of them exist."""
    wanted = set(segments_of(chosen))
    return {
        key: _added([part for code, part in found.items() if code in wanted])
        for key, found in known.items()
        if wanted <= found.keys()
    }


def counts(figures: QuerySet[Coverage], chosen: str) -> dict[Key, SegmentCount]:
    """By region and year: the chosen segments together where all exist; one query."""
    return together(parts(figures.filter(segment__code__in=segments_of(chosen))), chosen)


def _added(parts: list[tuple[int, int, int]]) -> SegmentCount:
    participants, workers, definitions = zip(*parts, strict=True)
    return SegmentCount(sum(participants), sum(workers), definitions)


Goals = dict[Key, Goal]


def goals(targets: TargetQuerySet, chosen: str) -> Goals:
    """By region (or branch) and year; the share where both a share and a number of people are set. One query."""
    wanted = chosen or OVERALL
    return goals_by_segments(targets.over(wanted)).get(wanted, {})


def goals_by_segments(targets: QuerySet[Target], of: str = "region") -> dict[str, Goals]:
    """The same for every set of segments that has a target, PU and BPU first. One query."""
    found: dict[str, Goals] = {}
    for row in targets.select_related("segment").order_by("-value_kind", "segment__order", "together"):
        goal = Goal(row.value, row.value_kind == Target.Kind.PARTICIPANTS, row.source)
        found.setdefault(row.segments, {})[getattr(row, f"{of}_id"), row.year] = goal
    return {key: found[key] for key in sorted(found, key=in_order)}


def named(segments: str) -> str:
    """A set of segments in words."""
    return _("PU and BPU together") if segments == OVERALL else segments.replace("+", " + ")


def in_order(segments: str) -> tuple[bool, int, str]:
    """PU and BPU first, then single segments, then larger sets."""
    return segments != OVERALL, segments.count("+"), segments


def read(
    figures: QuerySet[Coverage],
    targets: TargetQuerySet,
    chosen: str,
    year: int,
    doubts: dict[int, tuple[int, int]] | None = None,
) -> Readings:
    """Readings of one year; ``doubts`` are (clean, examined) figures by region. Two queries."""
    known = counts(figures.filter(year__in=(year, year - 1)), chosen)
    return _readings(known, goals(targets.filter(year=year), chosen), year, doubts or {})


def read_by_segments(figures: QuerySet[Coverage], targets: QuerySet[Target], year: int) -> dict[str, Readings]:
    """The same for PU and BPU together and for every other set of segments with a target. Two queries."""
    known = parts(figures.filter(year__in=(year, year - 1)))
    wanted = {OVERALL: Goals(), **goals_by_segments(targets.filter(year=year, region__isnull=False))}
    return {key: _readings(together(known, key), found, year, {}) for key, found in wanted.items()}


def _readings(known: dict[Key, SegmentCount], wanted: Goals, year: int, doubts: dict[int, tuple[int, int]]) -> Readings:
    regions: Iterable[int] = {pk for pk, _year in known} | {pk for pk, _year in wanted} | doubts.keys()
    return Readings(
        {
            pk: CoverageReading(
                known.get((pk, year)), known.get((pk, year - 1)), wanted.get((pk, year)), *doubts.get(pk, (0, 0))
            )
            for pk in regions
        }
    )
