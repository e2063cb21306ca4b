"""Coverage: the percentage of workers who are participants, over some segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import boxes, segments, written_steps
from awards.criteria.exchange import Cells, CriterionInputs, Facts, Figure, Head, Kernel, Scores, Trace, TraceParts
from awards.criteria.kind import Kind, Made, register
from paritrana.display import formats

if TYPE_CHECKING:
    from awards.models import Criterion, Nomination


@register
class CoverageKind(Kind):
    name = "coverage"
    label = gettext_lazy("coverage of segments")
    order = 1
    counts_coverage = True
    may_exceed_full = True
    rule_boxes = {"segments": boxes.segments}
    known_as = "share"
    reasons = segments.REASONS

    def known(self, criterion: Criterion, figures: Any) -> dict[str, Any]:
        part, whole = figures.counts(criterion, figures.year)
        return {"part": part, "whole": whole, "state": figures.state(criterion, figures.year)}

    def read(
        self, criterion: Criterion, nominations: list[Nomination], evidence: CriterionInputs, kernel: Kernel
    ) -> Scores:
        named = list(criterion.segments.all())
        counted = [segments.count(evidence, nomination, named, evidence.year) for nomination in nominations]
        scores = kernel.share([each.count for each in counted])
        return Scores(scores, [each.facts(evidence.year) for each in counted], [each.missing for each in counted])

    def explain(self, facts: Facts) -> str:
        if "workers" not in facts:
            return ""
        words = {
            "part": formats.count(facts["participants"]),
            "whole": formats.count(facts["workers"]),
            "year": facts["year"],
            "definitions": ", ".join(map(segments.translated, facts["definitions"])),
        }
        return _("%(part)s of %(whole)s workers, %(year)s (%(definitions)s)") % words

    def trace(self, walk: TraceParts, slug: str, score: Figure, facts: Facts) -> Trace:
        whole = facts.get("workers")
        calculated = written_steps.percentage(facts["participants"], whole, score) if whole else ""
        return Trace(calculated, walk.figures(slug, [walk.year]))

    def heads(self, criterion: Facts, cells: Cells) -> list[Head]:
        return [Head(f"{criterion['name']}: {word}", "count") for word in (_("participants"), _("workers"))]

    def workbook(self, criterion: Facts, cells: Cells, contender: Facts) -> Made:
        found = cells.counted(cells.year)
        part, whole = cells.cell(), cells.cell(1)
        formula = f'IF(COUNT({part},{whole})<2,"",IF({whole}=0,"",ROUND({part}*10000/{whole},0)/100))'
        return (list(found[:2]) if found else [None, None]), formula
