"""Coverage as lines over the years and as bars: options for the chart component, with a table of the same figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from paritrana.display import formats
from regions.atlas.readings import Goal, SegmentCount
from regions.models import Coverage

if TYPE_CHECKING:
    from regions.atlas.outlook import PeerShare

COLOURS = 6
FEW, SOME = 12, 24


@dataclass(frozen=True)
class Picture:
    """The arguments of the chart component; ``size`` is one of its heights."""

    option: dict[str, Any]
    header: list[str]
    rows: list[list[str]]
    size: str = ""


@dataclass
class ChartLine:
    """One line: (year, share in hundredths, definition) points; where the definition changes, the line breaks."""

    name: str
    points: list[tuple[int, int, Any]] = field(default_factory=list)
    is_target: bool = False

    def shares(self) -> dict[int, int]:
        return {year: share for year, share, _definition in self.points}


def trend(figures: Iterable[Coverage], overall: dict[int, SegmentCount], goals: dict[int, Goal]) -> Picture:
    """A line for each segment, one for PU and BPU together, and a dashed one for the target."""
    lines: dict[str, ChartLine] = {}
    for figure in figures:
        line = lines.setdefault(figure.segment.code, ChartLine(figure.segment.code))
        line.points.append((figure.year, figure.share, figure.definition_id))
    together = ChartLine("PU+BPU", [(year, count.share, count.definitions) for year, count in sorted(overall.items())])
    target = ChartLine(_("Target"), _aims(goals, overall), is_target=True)
    drawn = [line for line in [together, *lines.values(), target] if line.points]
    years = sorted({year for line in drawn for year, *_rest in line.points})
    series = [one for number, line in enumerate(drawn) for one in _series(line, years, number)]
    option = {
        "grid": {"left": 8, "right": 76, "top": 28, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": [str(year) for year in years], "boundaryGap": False},
        "yAxis": {"type": "value", "name": "%", "min": 0},
        "series": series,
    }
    known = [line.shares() for line in drawn]
    rows = [[str(year), *(formats.percent(shares.get(year)) for shares in known)] for year in years]
    return Picture(option, [_("Year"), *(line.name for line in drawn)], rows)


def _aims(goals: dict[int, Goal], overall: dict[int, SegmentCount]) -> list[tuple[int, int, Any]]:
    """Targets as shares; a target in people is used only where that year's workers are known."""
    return [
        (year, goal.share(overall[year].workers) if goal.is_people else goal.value, None)
        for year, goal in sorted(goals.items())
        if not goal.is_people or year in overall
    ]


def _series(line: ChartLine, years: list[int], number: int) -> list[dict[str, Any]]:
    """One series per stretch of years with one definition; the last one shows the line's name at its end."""
    stretches = [
        {year: share for year, share, _definition in found} for _, found in groupby(line.points, lambda p: p[2])
    ]
    colour = "--ink-muted" if line.is_target else f"--chart-{number % COLOURS + 1}"
    made = [
        {
            "type": "line",
            "name": line.name,
            "color": colour,
            "symbolSize": 8,
            "data": [shares[year] / 100 if year in shares else None for year in years],
            "lineStyle": {"type": "dashed" if line.is_target else "solid", "width": 2},
            "labelLayout": {"moveOverlap": "shiftY"},
        }
        for shares in stretches
    ]
    made[-1]["endLabel"] = {"show": True, "formatter": "{a}", "color": colour}
    return made


def distribution(peers: list[PeerShare]) -> Picture:
    """Bars in descending order of share; only the region's own bar is coloured."""
    rising = peers[::-1]
    option = {
        "xAxis": {"type": "value", "name": "%", "min": 0, "splitNumber": 3},
        "yAxis": {"type": "category", "data": [peer.name for peer in rising], "axisTick": {"show": False}},
        "grid": {"left": 8, "right": 56, "top": 8, "bottom": 8, "containLabel": True},
        "series": [
            {
                "type": "bar",
                "barMaxWidth": 18,
                "label": {"show": True, "position": "right"},
                "data": [
                    {"value": peer.share / 100, "itemStyle": {"color": "--chart-1" if peer.is_own else "--line-strong"}}
                    for peer in rising
                ],
            }
        ],
    }
    size = "" if len(peers) <= FEW else "tall" if len(peers) <= SOME else "giant"
    rows = [[peer.name, formats.percent(peer.share)] for peer in peers]
    return Picture(option, [_("Region"), _("Coverage")], rows, size)
