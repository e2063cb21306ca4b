"""Coverage: the percentage of workers who are participants, over some segments.

More participants than workers earn 100.00, and the percentage is shown as it is. Rules: nothing, or
``{"above_full": true}`` where such a share counts as it is; the same in the document.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import boxes, segments, written_steps
from awards.criteria.exchange import (
    Cells,
    Criterion,
    CriterionInputs,
    Facts,
    Figure,
    Head,
    Kernel,
    Nomination,
    Scores,
    Trace,
    TraceParts,
)
from awards.criteria.kind import Kind, Made, Rules, register
from awards.criteria.schema_reader import SchemaFaults, flag
from paritrana.display import formats

AS_FULL = gettext_lazy("a share above 100 % counts as 100")
AS_IT_IS = gettext_lazy("a share above 100 % counts as it is")


@register
class CoverageKind(Kind):
    name = "coverage"
    label = gettext_lazy("coverage of segments")
    order = 1
    counts_coverage = True
    rule_boxes = {
        "segments": boxes.segments,
        "above_full": boxes.tick(gettext_lazy("A share above 100 % earns more than 100")),
    }
    known_as = "share"
    reasons = segments.REASONS

    def read_rules(self, reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
        return {"above_full": True} if reading.take(source, "above_full", place, flag, False) else {}

    def rule_text(self, rules: Rules) -> str:
        return str(AS_IT_IS if rules.get("above_full") else AS_FULL)

    def may_exceed_full(self, rules: Rules, *, cuts_shares: bool) -> bool:
        return not cuts_shares or bool(rules.get("above_full"))

    def known(self, criterion: Criterion, figures: Any) -> dict[str, Any]:
        part, whole = figures.counts(criterion, figures.year)
        found = {"part": part, "whole": whole, "state": figures.state(criterion, figures.year)}
        if part is not None and whole is not None and part > whole:
            found["reason"] = AS_IT_IS if criterion.rules.get("above_full") else AS_FULL
        return found

    def read(
        self, criterion: Criterion, nominations: list[Nomination], evidence: CriterionInputs, kernel: Kernel
    ) -> Scores:
        named = list(criterion.segments.all())
        counted = [segments.count(evidence, nomination, named, evidence.year) for nomination in nominations]
        shares = kernel.share([each.count for each in counted])
        is_cut = not self.may_exceed_full(criterion.rules, cuts_shares=evidence.cuts_shares)
        scores = kernel.at_most_full(shares) if is_cut else shares
        facts = [
            each.facts(evidence.year) | ({} if share == score else {"share": share})
            for each, share, score in zip(counted, shares, scores, strict=True)
        ]
        return Scores(scores, facts, [each.missing for each in counted])

    def explain(self, facts: Facts) -> str:
        if "workers" not in facts:
            return ""
        words = {
            "part": formats.count(facts["participants"]),
            "whole": formats.count(facts["workers"]),
            "year": facts["year"],
            "definitions": ", ".join(map(segments.translated, facts["definitions"])),
        }
        text = _("%(part)s of %(whole)s workers, %(year)s (%(definitions)s)") % words
        if "share" not in facts:
            return text
        above = _("%(share)s, more participants than workers: counts as 100")
        return f"{text}; {above % {'share': formats.percent(facts['share'])}}"

    def trace(self, walk: TraceParts, slug: str, score: Figure, facts: Facts) -> Trace:
        whole = facts.get("workers")
        shown = facts.get("share", score)
        calculated = written_steps.percentage(facts["participants"], whole, shown) if whole else ""
        if shown != score:
            calculated += f"; > 100 → {written_steps.shown(score)}"
        return Trace(calculated, walk.figures(slug, [walk.year]))

    def heads(self, criterion: Facts, cells: Cells) -> list[Head]:
        return [Head(f"{criterion['name']}: {word}", "count") for word in (_("participants"), _("workers"))]

    def workbook(self, criterion: Facts, cells: Cells, contender: Facts) -> Made:
        found = cells.counted(cells.year)
        part, whole = cells.cell(), cells.cell(1)
        score = f"ROUND({part}*10000/{whole},0)/100"
        if not self.may_exceed_full(criterion["rules"], cuts_shares=cells.cuts_shares):
            score = f"MIN(100,{score})"
        formula = f'IF(COUNT({part},{whole})<2,"",IF({whole}=0,"",{score}))'
        return (list(found[:2]) if found else [None, None]), formula
