"""Mark: the mean of the jurors' marks. It has no rule of its own."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import written_steps
from awards.criteria.exchange import (
    Cells,
    Criterion,
    CriterionInputs,
    Facts,
    Figure,
    Kernel,
    Nomination,
    Scores,
    Trace,
    TraceParts,
)
from awards.criteria.kind import Kind, Made, register
from paritrana.display import formats


@register
class MarkKind(Kind):
    name = "mark"
    label = gettext_lazy("mark given by the jurors")
    order = 8
    is_interviewed = True
    reasons = {
        "marks-missing": gettext_lazy("Not scored yet: %(items)s"),
        "candidate-absent": gettext_lazy("Nobody came to the interview, so there was nothing to score"),
    }

    def read(
        self, criterion: Criterion, nominations: list[Nomination], evidence: CriterionInputs, kernel: Kernel
    ) -> Scores:
        given = [list(evidence.marks.get((each.pk, criterion.pk), {}).values()) for each in nominations]
        least = kernel.enough_to_trim if evidence.trims else None
        missing: list[Any] = [
            [] if marks else [["candidate-absent"] if each.pk in evidence.absent else ["marks-missing", criterion.name]]
            for each, marks in zip(nominations, given, strict=True)
        ]
        facts = [_counted(marks, least) for marks in given]
        for each, known in zip(nominations, facts, strict=True):
            if known and each.pk in evidence.rooms:
                known["room"] = evidence.rooms[each.pk]
        return Scores(kernel.mean(given, trim=evidence.trims), facts, missing)

    def explain(self, facts: Facts) -> str:
        words = {"sum": formats.hundredths(facts["sum"]), "marks": facts["marks"]}
        text = _("Mean of the marks given: %(sum)s / %(marks)s") % words
        if "dropped" in facts:
            words |= dict(zip(("lowest", "highest"), map(formats.hundredths, facts["dropped"]), strict=True))
            text = _("Mean without the lowest %(lowest)s and the highest %(highest)s: %(sum)s / %(marks)s") % words
        return f"{text}; {_of_room(facts)}" if "room" in facts else text

    def trace(self, walk: TraceParts, slug: str, score: Figure, facts: Facts) -> Trace:
        counting, table = walk.marks(slug)
        if not table:
            return Trace()
        steps = written_steps.mean(counting, score)
        return Trace(f"{_of_room(facts)}: {steps}" if "room" in facts else steps, table)

    def workbook(self, criterion: Facts, cells: Cells, contender: Facts) -> Made:
        own = cells.marks()
        if not own:
            return [], '""'
        plain = f"ROUND(ROUND(SUM({own})*100,0)/COUNT({own}),0)/100"
        if criterion["trims"]:
            inner = f"ROUND((SUM({own})-MAX({own})-MIN({own}))*100,0)"
            plain = f"IF(COUNT({own})<5,{plain},ROUND({inner}/(COUNT({own})-2),0)/100)"
        return [], f'IF(COUNT({own})=0,"",{plain})'


def _of_room(facts: Facts) -> str:
    return _("only the jurors of room %(room)s judge") % {"room": facts["room"]}


def _counted(marks: list[int], enough_to_trim: int | None) -> Facts:
    """The number of marks that count, their sum, and the trimmed lowest and highest mark."""
    if not marks:
        return {}
    if enough_to_trim is None or len(marks) < enough_to_trim:
        return {"marks": len(marks), "sum": sum(marks)}
    dropped = [min(marks), max(marks)]
    return {"marks": len(marks) - 2, "sum": sum(marks) - sum(dropped), "dropped": dropped}
