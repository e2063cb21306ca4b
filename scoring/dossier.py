"""What a juror reads about a candidate beside the sheet: everything the rubric counts without a juror.

No mark of anybody passes through here: marks are the one kind of criterion that is left out.
"""

from collections import defaultdict
from dataclasses import dataclass

from awards.models import Answer, Criterion, Evidence, Nomination, Rubric
from scoring import bridge, explanations
from scoring.evidence import gather_without_marks


@dataclass(frozen=True)
class Line:
    """One criterion: its points (hundredths, None when they cannot be told), what they rest on, or what is missing."""

    criterion: Criterion
    points: int | None
    told: str
    missing: str
    note: str
    files: tuple[Evidence, ...] = ()


def dossier(nomination: Nomination, rubric: Rubric) -> list[Line]:
    criteria = list(
        Criterion.objects.filter(aspect__rubric=rubric)
        .exclude(kind=Criterion.Kind.MARK)
        .select_related("aspect")
        .prefetch_related("segments")
    )
    if not criteria:
        return []
    only = Nomination.objects.filter(pk=nomination.pk).select_related("candidate")
    evidence = gather_without_marks(nomination.selection, rubric, only)
    notes = dict(Answer.objects.filter(nomination=nomination).values_list("criterion_id", "note"))
    files = defaultdict(tuple)
    for file in Evidence.objects.current().filter(nomination=nomination):
        files[file.criterion_id] += (file,)
    lines = []
    for criterion in criteria:
        column = bridge.column_of(criterion, [nomination], evidence)
        lines.append(
            Line(
                criterion=criterion,
                points=int(column.scores[0]) if column.known[0] else None,
                told=explanations.evidence(criterion.kind, column.facts[0]),
                missing=explanations.reasons(column.missing[0]),
                note=notes.get(criterion.pk, ""),
                files=files[criterion.pk],
            )
        )
    return lines
