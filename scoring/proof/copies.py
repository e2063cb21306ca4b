"""The copy of a trace for the candidate: its own figures, without jurors' names and figures of others."""

from typing import Any

from django.utils.translation import gettext as _

from awards.criteria import written_steps
from awards.models import Selection
from paritrana.display import formats
from paritrana.display.english import in_english
from scoring.proof import sentences
from scoring.proof.basis import TitleBasis
from scoring.proof.trace import TraceStep, Walk, contributions
from scoring.standings.rankings import RankingLine


def copy_of(selection: Selection, basis: TitleBasis, line: RankingLine) -> dict[str, Any]:
    """The data of page and PDF in the reader's language: texts and lists only."""
    steps = Walk(basis, line).steps()
    ranking, seal = basis.ranking, selection.seal
    return {
        "title": _("How the result of %(name)s came about") % {"name": line.name},
        "source": _("Paritrana Award, %(selection)s. Sealed figures, sha256 %(digest)s")
        % {"selection": selection, "digest": seal.digest},
        "facts": [
            [_("Candidate"), line.name],
            [_("Region"), line.region],
            [_("Selection"), str(selection)],
            [_("Award"), f"{in_english(ranking.name)}, {in_english(ranking.category)}"],
            [_("Group"), line.group_name],
            [
                _("Result"),
                sentences.named(ranking, line) if line.place else _("Not ranked: %(reason)s") % {"reason": line.reason},
            ],
            [_("Announced"), formats.moment(seal.announced_at, selection.zone_label)],
        ],
        "summary": {
            "heading": _("From the criteria to the total"),
            "head": [_("Criterion"), _("Score"), _("Weight"), _("Adds to the total")],
            "rows": [_summed(step, adds) for step, adds in zip(steps, contributions(steps), strict=True)],
            "total": [
                _("Total"),
                "",
                formats.percent(sum(step.criterion.weight for step in steps)),
                _total(line, steps),
            ],
        },
        "explanation": _(
            "Every figure is rounded half up to two decimals, and the next step uses the figure shown. "
            "Score × weight = what it adds; their sum, rounded once, is the total."
        ),
        "steps_heading": _("Where each score comes from"),
        "steps": [_step(step) for step in steps],
    }


def _summed(step: TraceStep, adds: str) -> list[str]:
    weight = formats.percent(step.criterion.weight)
    return [in_english(step.criterion.name), formats.hundredths(step.score), weight, adds or formats.DASH]


def _total(line: RankingLine, steps: list[TraceStep]) -> str:
    if line.total is None:
        return formats.DASH
    parts = [(step.score, step.criterion.weight) for step in steps if step.score is not None]
    return written_steps.total(parts, line.total)


def _step(step: TraceStep) -> dict[str, Any]:
    table = step.table
    return {
        "name": in_english(step.criterion.name),
        "score": formats.hundredths(step.score),
        "text": step.text,
        "sum": step.sum.splitlines(),
        "head": table.head if table else [],
        "rows": [row.cells for row in table.rows] if table else [],
        "numbers": list(table.numbers) if table else [],
    }
