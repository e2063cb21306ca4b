"""All thresholds of the plausibility checks. ``docs/sentinel.md`` says how they were chosen and what they achieve."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log


@dataclass(frozen=True)
class Limits:
    """Units:

    a *scatter* is the robust standard deviation of a yearly step of log(count); *nats* are natural logarithms of
    likelihood ratios; probabilities lie between 0 and 1.
    """

    stale_months: int = 12
    """An as-of date older than this before the end of the year's period is stale."""

    frozen_chance: float = 0.03
    """A repeated figure is suspicious when repeating it to the last digit was less likely than this."""

    twin_chance: float = 0.01
    """Equal figures of two regions are suspicious when the coincidence was less likely than this."""

    jump_odds: float = 0.8
    """How rare a step must be, in nats: a clean step so large is that much rarer than an error of just that size."""
    jump_least: float = log(1.15)
    """However rare, a step smaller than this (logarithm of the ratio) is no jump."""

    prior_scatter: Mapping[str, float] = field(default_factory=lambda: {"workers": 0.06, "participants": 0.20})
    """Scatter of a yearly step assumed before any peer was seen, as strong as ``prior_peers`` of them."""
    prior_peers: int = 8
    year_peers: int = 20
    """The scatter of one year counts against that of all years like its peers against so many."""
    own_steps: int = 4
    """The peers' scatter counts against the region's own like so many steps of its own."""
    least_siblings: int = 4
    """Fewer kabupaten/kota of one province (or peers at all) do not make a common movement."""

    tail: float = 4.0
    """Degrees of freedom of the t-distribution that stands for "unusual but real"."""
    slip_nats: float = 4.0
    """A repair is believed when it makes the history more likely by this much; so with the next ones."""
    transposed_nats: float = 5.0
    columns_nats: float = 4.0
    segments_nats: float = 6.0
    years_nats: float = 5.0
    year_row_nats: float = 8.0
    """The same for a single segment: fewer people exchange one row than a whole column."""
    workers_alone_nats: float = 3.0
    """Added when only workers are exchanged: they are set once, seldom typed next to another year or segment."""
    excess_nats: float = 3.0
    """What it counts for a repair to end, and twice against it to create, more participants than workers."""

    suspect_nats: float = 3.0
    """Where a sum does not come out: a figure whose history asks for another count by so much more than the others'."""
    most_suspects: int = 5
    """More figures than these that may have spoiled a sum are no help; then all of them are named."""

    totals: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"TOTAL": ("PU", "BPU", "JAKON", "PMI")})
    """Segments that are the sum of others. The remaining segments are counted within these and never added."""


DEFAULT = Limits()
