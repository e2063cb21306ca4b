"""Growth: points for the change of coverage between two years, in percentage points.

Rules: ``{"zero": 0, "full": 1000}``, hundredths of a percentage point that earn 0 and 100 points. In the document
``"segments": ["PU"], "full": "10.00", "zero"*: "0.00"``.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import boxes, segments, written_steps
from awards.criteria.exchange import (
    Cell,
    Cells,
    Criterion,
    CriterionInputs,
    Facts,
    Figure,
    Head,
    Kernel,
    Nomination,
    Reason,
    Scores,
    Trace,
    TraceParts,
)
from awards.criteria.kind import Kind, Made, Rules, register
from awards.criteria.schema_reader import SchemaFaults, hundredths
from awards.criteria.segments import Counted
from paritrana.display import formats

NO_SHARE = -1
"""Stored in the facts for a percentage that cannot be computed."""


@register
class GrowthKind(Kind):
    name = "growth"
    label = gettext_lazy("growth of coverage on the year before")
    order = 2
    counts_coverage = True
    counts_year_before = True
    rule_boxes = {
        "segments": boxes.segments,
        "zero": boxes.signed(gettext_lazy("0 points up to this growth")),
        "full": boxes.figure(gettext_lazy("100 points from this growth")),
    }
    figures = frozenset({"zero", "full"})
    units = {"zero": "%", "full": "%"}
    known_as = "growth"
    reasons = segments.REASONS | {
        "definition-differs": gettext_lazy("No growth across different definitions: %(items)s")
    }

    def read_rules(self, reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
        full = reading.take(source, "full", place, hundredths)
        zero = reading.take(source, "zero", place, hundredths, 0)
        if full is not None and zero is not None and full <= zero:
            reading.fault(f"{place}.full", gettext_lazy("what earns 100 is more than what earns 0."))
        return {"full": full, "zero": zero}

    def rule_text(self, rules: Rules) -> str:
        figures = {"full": formats.hundredths(rules["full"]), "zero": formats.hundredths(rules.get("zero", 0))}
        return _("0 points up to %(zero)s percentage points of growth, 100 from %(full)s") % figures

    def known(self, criterion: Criterion, figures: Any) -> dict[str, Any]:
        """The difference of the two percentages as shown, only within one definition."""
        years = (figures.year, figures.year - 1)
        now, before = (figures.counts(criterion, year) for year in years)
        if None in (*now, *before):
            return {"reason": gettext_lazy("needs the figures of both years")}
        this, last = (figures.definitions(criterion, year) for year in years)
        if this != last:
            return {"reason": gettext_lazy("the definition changed between the two years")}
        growth = formats.quotient(*now) - formats.quotient(*before)
        return {"growth": growth, "state": figures.state(criterion, *years)}

    def reason_text(self, code: str, arguments: list[Any]) -> str:
        if code == "definition-differs":
            segment, before, now = arguments
            return f"{segment} {before}–{now}"
        return super().reason_text(code, arguments)

    def read(
        self, criterion: Criterion, nominations: list[Nomination], evidence: CriterionInputs, kernel: Kernel
    ) -> Scores:
        named, year = list(criterion.segments.all()), evidence.year
        now = [segments.count(evidence, nomination, named, year) for nomination in nominations]
        before = [segments.count(evidence, nomination, named, year - 1) for nomination in nominations]
        missing = [_not_comparable(*pair, year) for pair in zip(now, before, strict=True)]
        shares = [_shares(counted, missing, kernel) for counted in (now, before)]
        full, zero = criterion.rules["full"], criterion.rules.get("zero", 0)
        facts = [
            {
                "full": full,
                "zero": zero,
                "now": a.facts(year) | {"share": _stored(share_now)},
                "before": b.facts(year - 1) | {"share": _stored(share_before)},
            }
            for a, b, share_now, share_before in zip(now, before, *shares, strict=True)
        ]
        return Scores(kernel.growth_points(*shares, zero=zero, full=full), facts, missing)

    def explain(self, facts: Facts) -> str:
        now, before = facts["now"], facts["before"]
        if now["share"] < 0 or before["share"] < 0:
            return ""
        words = {
            "now": formats.percent(now["share"]),
            "year": now["year"],
            "before": formats.percent(before["share"]),
            "year_before": before["year"],
            "growth": formats.signed(now["share"] - before["share"]),
            "full": formats.signed(facts["full"]),
        }
        sentence = _(
            "%(now)s in %(year)s, %(before)s in %(year_before)s: %(growth)s percentage points; %(full)s would earn 100"
        )
        return sentence % words

    def trace(self, walk: TraceParts, slug: str, score: Figure, facts: Facts) -> Trace:
        sides = [facts["now"], facts["before"]]
        lines = [
            written_steps.percentage(side["participants"], side["workers"], side["share"])
            for side in sides
            if side.get("workers") and side["share"] != NO_SHARE
        ]
        if score is not None:
            now, before = (side["share"] for side in sides)
            lines.append(written_steps.growth(now, before, facts["zero"], facts["full"], score))
        return Trace("\n".join(lines), walk.figures(slug, [walk.year, walk.year - 1]))

    def rule_rows(self, criterion: Facts) -> dict[str, list[list[Cell]]]:
        rules, words = criterion["rules"], _("growth, percentage points")
        return {
            "zero": [[words, "", None, rules.get("zero", 0) / 100, 0.0]],
            "full": [[words, "", None, rules["full"] / 100, 100.0]],
        }

    def heads(self, criterion: Facts, cells: Cells) -> list[Head]:
        return [Head(f"{criterion['name']} {year} (%)", "points") for year in (cells.year, cells.year - 1)]

    def workbook(self, criterion: Facts, cells: Cells, contender: Facts) -> Made:
        found = [cells.counted(cells.year - before) for before in (0, 1)]
        is_comparable = all(found) and found[0][2] == found[1][2]  # type: ignore[index]
        shares: list[Cell] = [_share_cell(one, cells) if is_comparable else None for one in found]
        now, before = cells.cell(), cells.cell(1)
        zero, full = cells.limit("zero"), cells.limit("full")
        reached = f"MIN(MAX(ROUND(({now}-{before})*100,0),{zero}*100),{full}*100)-{zero}*100"
        formula = f'IF(COUNT({now},{before})<2,"",ROUND(({reached})*10000/ROUND(({full}-{zero})*100,0),0)/100)'
        return shares, formula


def _shares(counted: list[Counted], missing: list[list[Reason]], kernel: Kernel) -> list[Figure]:
    """The percentages of the contenders whose years are comparable."""
    shares = kernel.share([each.count for each in counted])
    return [None if reasons else share for share, reasons in zip(shares, missing, strict=True)]


def _stored(share: Figure) -> int:
    return NO_SHARE if share is None else share


def _not_comparable(now: Counted, before: Counted, year: int) -> list[Reason]:
    """Why there is no growth: a figure is missing, or a segment has another definition than the year before."""
    if now.missing or before.missing:
        return [*before.missing, *(reason for reason in now.missing if reason not in before.missing)]
    return [
        ["definition-differs", new.segment.code, year - 1, year]
        for old, new in zip(before.figures, now.figures, strict=True)
        if old and new and old.definition_id != new.definition_id
    ]


def _share_cell(found: tuple[Cell, Cell, list[str]] | None, cells: Cells) -> Cell:
    """The percentage used for growth, rounded as shown."""
    if found is None:
        return None
    (part, participants), (whole, workers) = found[0], found[1]
    value = cells.percentage(int(participants), int(workers)) / 100 if workers else ""
    return f'IF({whole}=0,"",ROUND(({part})*10000/({whole}),0)/100)', value
