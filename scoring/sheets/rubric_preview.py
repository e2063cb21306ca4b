"""A preview of a rubric with neutral examples, computed by the real arithmetic."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from awards.models import Criterion, Rubric, Title
from awards.models.rubrics import Awarding
from scoring import ranking
from scoring.standings import prizes

EXAMPLES = 6
BEST, STEP = 9_000, 500


@dataclass(frozen=True)
class TitlePreview:
    """One title: its criteria with their weights, and rows of (place, prize, name, total, scores) in hundredths."""

    title: Title
    criteria: list[tuple[Criterion, int]]
    rows: list[dict[str, Any]]


def previews(rubric: Rubric) -> list[TitlePreview]:
    """Needs ``titles__weights__criterion`` loaded."""
    return [_preview(title) for title in rubric.titles.all()]


def _preview(title: Title) -> TitlePreview:
    weighed = [(row.criterion, row.weight) for row in title.weights.all()]
    if title.awarding == Awarding.SPECIAL or not weighed:
        return TitlePreview(title, weighed, [])
    scores = np.array([[_score(n, c) for c in range(len(weighed))] for n in range(_examples(title))], dtype=np.int64)
    weights = np.array([weight for _criterion, weight in weighed], dtype=np.int64)
    known: np.ndarray = np.ones(scores.shape, dtype=bool)
    totals = ranking.totals(scores, known, weights).total
    places = ranking.rank(totals, np.zeros(len(scores), dtype=np.int64), np.asarray(known.any(axis=1))).place
    rows = [
        {
            "place": int(places[n]),
            "prize": prizes.prize(title.awarding, title.places, title.harapan, int(places[n])),
            "name": _("Example candidate %(letter)s") % {"letter": chr(ord("A") + n % 26)},
            "total": int(totals[n]),
            "scores": [int(score) for score in scores[n]],
        }
        for n in range(len(scores))
    ]
    return TitlePreview(title, weighed, sorted(rows, key=lambda row: row["place"]))


def _examples(title: Title) -> int:
    """One more than the number of prizes, so that the list shows where they end."""
    return min(max(EXAMPLES, title.rewarded + 1), 26)


def _score(candidate: int, criterion: int) -> int:
    """Decreasing by candidate, different by criterion, without randomness."""
    return max(0, BEST - STEP * candidate + 100 * (criterion % 3) - 100 * ((candidate + criterion) % 2))


def marked(rubric: Rubric) -> list[Criterion]:
    """The criteria on a juror's sheet."""
    return [
        criterion
        for aspect in rubric.aspects.all()
        for criterion in aspect.criteria.all()
        if criterion.kind == Criterion.Kind.MARK
    ]
