"""Plausibility checks: figures that look wrong, each with the reason and what to do. No database, clock or randomness.

    flags = examine(figures, period_end=date(2024, 12, 31))

Give it every known figure, not only new ones: a new figure is compared with the history of its region and peers.
docs/sentinel.md describes each rule and how often it is right.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter

from regions.plausibility.figures import CheckedFigure, FigureDoubt, Key, Severity
from regions.plausibility.findings import Finding, settle
from regions.plausibility.jumps import jump
from regions.plausibility.limits import DEFAULT, Limits
from regions.plausibility.plain import excess, frozen, impossible, redefined, stale
from regions.plausibility.repairs import columns_swapped, slipped, transposed
from regions.plausibility.sums import province_sums, segment_sums
from regions.plausibility.swaps import segments_swapped, years_swapped
from regions.plausibility.twins import twins
from regions.plausibility.view import View, view

__all__ = ["DEFAULT", "RULES", "CheckedFigure", "FigureDoubt", "Key", "Limits", "Rule", "Severity", "examine"]

Rule = Callable[[View], Iterator[Finding]]

RULES: Mapping[str, Rule] = {
    "impossible": impossible,
    "excess": excess,
    "frozen": frozen,
    "redefined": redefined,
    "stale": stale,
    "slipped": slipped,
    "transposed": transposed,
    "columns-swapped": columns_swapped,
    "segments-swapped": segments_swapped,
    "years-swapped": years_swapped,
    "jump": jump,
    "twin": twins,
    "segment-sum": segment_sums,
    "province-sum": province_sums,
}

ERRORS = {"impossible", "excess", "columns-swapped", "segment-sum", "segment-sum-of", "province-sum", "province-sum-of"}


def examine(
    figures: Iterable[CheckedFigure],
    period_end: date,
    *,
    children: Mapping[str, int] = {},
    limits: Limits = DEFAULT,
    rules: Mapping[str, Rule] = RULES,
) -> list[FigureDoubt]:
    """Every doubt about `figures`, errors first, then by region, newest year, segment.

    ``children`` is how many kabupaten/kota each province has, by its code; while some have no figures, or the number is
    unknown, a sum below the province's figure proves nothing. Of ``period_end`` only the month counts, for all years.
    The order of `figures` does not matter. Raises ``ValueError`` when two figures share region, year and segment.
    """
    seen = view(sorted(figures, key=attrgetter("region", "year", "segment")), period_end, limits, children)
    if not seen.figures:
        return []
    findings = (finding for rule in rules.values() for finding in rule(seen))
    return sorted((_flag(finding, seen) for finding in settle(findings, seen)), key=_order)


def _flag(finding: Finding, seen: View) -> FigureDoubt:
    severity = Severity.ERROR if finding.code in ERRORS else Severity.WARNING
    rows, compared = seen.keys(*finding.rows), seen.keys(*finding.compared)
    return FigureDoubt(finding.code, severity, rows, compared, finding.parameters)


def _order(flag: FigureDoubt) -> tuple[bool, str, int, str, str]:
    key = flag.keys[0]
    return flag.severity != Severity.ERROR, key.region, -key.year, key.segment, flag.code
