"""How figures changed over the years: each yearly step minus that of the peers, and how unusual it is.

A *step* is the change of log(count + 1/2) from the previous figure, less the median step of the peers (same segment,
same level) and, for a kabupaten/kota, less the rest of its province's own deviation. Its *scatter* is a robust standard
deviation: that of the peers (of that year and all years), drawn towards the region's own other steps, plus the rounding
of counts. With two years and no peer a prior scatter is used.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regions.plausibility.limits import Limits

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MAD_TO_SIGMA = 1.4826
NONE = -1


@dataclass(frozen=True)
class Course:
    """Per figure: its year, the rows before and after, the numbers of its peer group and its sibling group."""

    year: Ints
    before: Ints
    after: Ints
    peers: Ints
    siblings: Ints


@dataclass(frozen=True)
class FigureHistory:
    """Per figure: ``level`` is log(count + 1/2), ``step`` the step into it (NaN for a first figure), ``scatter`` its
    standard deviation, ``common`` what the peers explain of the change, NaN where there are too few of them to say."""

    level: Floats
    step: Floats
    scatter: Floats
    common: Floats
    course: Course
    tail: float

    def plausibility(self, rows: Ints, moved: Floats | float = 0.0) -> Floats:
        """Log-likelihood of the steps into `rows` if each were larger by `moved`; 0 without a step."""
        z = (self.step[rows] + moved) / self.scatter[rows]
        found = -(self.tail + 1) / 2 * np.log1p(z * z / self.tail)
        return np.where((rows == NONE) | np.isnan(found), 0.0, found)

    def gain(self, rows: Ints, moved: Floats | float) -> Floats:
        """The change of log-likelihood when the steps into `rows` change by `moved`."""
        return self.plausibility(rows, moved) - self.plausibility(rows)

    def gain_of(self, rows: Ints, moved: Floats) -> Floats:
        """The same for the levels of figures: the steps into and out of a figure both change."""
        return self.gain(rows, moved) + self.gain(self.course.after[rows], -moved)


def logarithm(counts: Ints) -> Floats:
    return np.log(np.maximum(counts, 0) + 0.5)


def history(counts: Ints, course: Course, column: str, limits: Limits) -> FigureHistory:
    """The history of one column; unusable figures must have no neighbours in `course`."""
    level = logarithm(counts)
    rows = np.flatnonzero(course.before != NONE)
    before = course.before[rows]
    raw, gap = level[rows] - level[before], course.year[rows] - course.year[before]
    common, is_known = _peers_movement(raw, gap, rows, course, limits)
    common += _siblings_movement(raw - common, gap, rows, course, limits)
    step, scatter, expected = (np.full(len(level), np.nan) for _ in range(3))
    step[rows], expected[rows] = raw - common, np.where(is_known, common, np.nan)
    spread = _peers_scatter(step[rows], gap, rows, course, limits.prior_scatter[column], limits)
    spread[rows] = np.sqrt(gap) * _own_scatter(step, spread, rows, course, limits)
    scatter[rows] = np.sqrt(spread[rows] ** 2 + 1 / (counts[rows] + 0.5) + 1 / (counts[before] + 0.5))
    return FigureHistory(level, step, scatter, expected, course, limits.tail)


def _peers_movement(
    raw: Floats, gap: Ints, rows: Ints, course: Course, limits: Limits
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """What the peers did between the years of each step, medians of the yearly steps added up over a gap; and whether
    there were enough of them in every one of these years."""
    first = int(course.year.min(initial=0))
    years = int(course.year.max(initial=0)) - first + 1
    place = course.peers * years + course.year - first
    single = gap == 1
    middle, number = medians(raw[single], place[rows[single]], (int(course.peers.max(initial=0)) + 1) * years)
    enough = number >= limits.least_siblings
    yearly = np.where(enough, middle * number / (number + 1), 0.0).reshape(-1, years)
    level = np.cumsum(yearly, axis=1).reshape(-1)
    known = np.cumsum(enough.reshape(-1, years), axis=1).reshape(-1)
    now, then = place[rows], place[course.before[rows]]
    return level[now] - level[then], known[now] - known[then] == gap


def _siblings_movement(rest: Floats, gap: Ints, rows: Ints, course: Course, limits: Limits) -> Floats:
    """The additional change of the other kabupaten/kota of the province, e.g. by a provincial programme."""
    first = int(course.year.min(initial=0))
    years = int(course.year.max(initial=0)) - first + 1
    place = course.siblings[rows] * years + course.year[rows] - first
    usable = (gap == 1) & (course.peers[rows] % 2 == 0)
    middle, number = medians(rest[usable], place[usable], (int(course.siblings.max(initial=0)) + 1) * years)
    shared = np.where(number >= limits.least_siblings, middle * number / (number + 2), 0.0)
    return np.where(usable, shared[place], 0.0)


def _peers_scatter(step: Floats, gap: Ints, rows: Ints, course: Course, prior: float, limits: Limits) -> Floats:
    """Scatter of one year's step among the peers: that year's, drawn to all years', drawn to the prior.

    A few steps say nothing: the one that is judged would be measured by itself, a wrong one excused by its own size.
    """
    size = np.abs(step) / np.sqrt(gap)
    first = int(course.year.min(initial=0))
    years = int(course.year.max(initial=0)) - first + 1
    groups = int(course.peers.max(initial=0)) + 1
    ever, number = medians(size, course.peers[rows], groups)
    number = np.where(number >= limits.least_steps, number, 0.0)
    ever = _drawn((MAD_TO_SIGMA * ever) ** 2, number, prior**2, limits.prior_peers)
    place = course.peers * years + course.year - first
    year, number = medians(size, place[rows], groups * years)
    number = np.where(number >= limits.least_siblings, number, 0.0)
    year = _drawn((MAD_TO_SIGMA * year) ** 2, number, np.repeat(ever, years), limits.year_peers)
    found: Floats = np.sqrt(year[place])
    return found


def _own_scatter(step: Floats, spread: Floats, rows: Ints, course: Course, limits: Limits) -> Floats:
    """The peers' scatter drawn to the region's own steps, without the step judged and its neighbours."""
    share = np.minimum((step / spread) ** 2, 9.0)  # one extreme step of the past must not excuse the next
    known = (~np.isnan(share)).astype(float)
    share = np.nan_to_num(share)
    start = _series(course, rows)
    total, steps = (np.bincount(start, weights=each[rows], minlength=len(step)) for each in (share, known))
    others, number = total[start] - share[rows], steps[start] - known[rows]
    for neighbour in (course.before[rows], course.after[rows]):
        there = neighbour != NONE
        others -= np.where(there, share[neighbour], 0.0)
        number -= np.where(there, known[neighbour], 0.0)
    ratio = (limits.own_steps + np.maximum(others, 0.0)) / (limits.own_steps + number)
    return spread[rows] * np.sqrt(ratio)


def _series(course: Course, rows: Ints) -> Ints:
    """The first figure of the series of each row."""
    first = np.arange(len(course.before))
    while True:
        further = np.where(course.before[first] == NONE, first, course.before[first])
        if np.array_equal(further, first):
            return first[rows]
        first = further


def _drawn(found: Floats, number: Floats, towards: Floats | float, strength: float) -> Floats:
    return (found * number + towards * strength) / (number + strength)


def medians(values: Floats, groups: Ints, size: int) -> tuple[Floats, Floats]:
    """Median of `values` per group 0..size-1 (0 for an empty group), and the group sizes."""
    order = np.lexsort((values, groups))
    number = np.bincount(groups, minlength=size)
    start = np.concatenate([[0], np.cumsum(number)[:-1]])
    ordered = np.append(values[order], 0.0)
    filled = number > 0
    low = ordered[np.where(filled, start + (number - 1) // 2, len(values))]
    high = ordered[np.where(filled, start + number // 2, len(values))]
    return (low + high) / 2, number.astype(float)
