"""All thresholds of the plausibility checks. ``docs/sentinel.md`` says how they were chosen and what they achieve."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log


@dataclass(frozen=True)
class Limits:
    """Units: a *scatter* is the robust standard deviation of a yearly step of log(count); everything
    that is likelier or rarer is measured in *nats*, natural logarithms of likelihood ratios: 3 nats are 20 times."""

    stale_months: int = 12
    """An as-of date earlier than this before the end of the year's period is stale."""

    frozen_nats: float = 3.5
    """A repeated figure is suspicious when repeating it to the last digit was rarer than this: once in 33."""

    twin_nats: float = 4.6
    """Equal figures of two regions are suspicious when the coincidence was rarer than this: once in 100."""

    jump_odds: float = 0.8
    """How rare a jump must be, in nats: a regular step of that size is that much rarer than an error."""
    jump_least: float = log(1.15)
    """A step smaller than this (logarithm of the ratio) is never a jump."""

    prior_scatter: Mapping[str, float] = field(default_factory=lambda: {"workers": 0.06, "participants": 0.20})
    """Prior scatter of a yearly step, with the weight of ``prior_peers`` observed peers."""
    prior_peers: int = 8
    year_peers: int = 20
    """Weight, in peers, of the scatter of all years against that of one year."""
    own_steps: int = 4
    """Weight, in steps, of the peers' scatter against the region's own."""
    least_siblings: int = 4
    """The fewest kabupaten/kota of a province (or peers) for which a common movement is computed."""

    least_steps: int = 8
    """Fewer steps of peers in all years do not make a scatter."""

    tail: float = 4.0
    """Degrees of freedom of the t-distribution of unusual but real steps."""
    slip_nats: float = 4.0
    """The least gain in log-likelihood for which a repair is accepted; likewise the next ones."""
    transposed_nats: float = 5.0
    columns_nats: float = 4.0
    segments_nats: float = 6.0
    years_nats: float = 5.0
    year_row_nats: float = 8.0
    """The same for a single segment: swapping one row is rarer than swapping a whole column."""
    workers_alone_nats: float = 3.0
    """Added when only workers are swapped: they are set once, and seldom typed next to another year or segment."""
    excess_nats: float = 3.0
    """The gain of a repair that ends more participants than workers; creating them costs twice as much."""

    suspect_nats: float = 3.0
    """For a wrong sum: how much more a figure's history must gain than the others' to be named alone."""
    most_suspects: int = 5
    """If more figures than these could explain a wrong sum, all of them are named."""

    totals: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"TOTAL": ("PU", "BPU", "JAKON", "PMI")})
    """Segments that are sums of others. The remaining segments are part of these and never added."""


DEFAULT = Limits()
