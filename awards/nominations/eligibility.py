"""Eligibility: answers below the minimum of a criterion, with the law it is based on. Independent of the ranking."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from awards.criteria import answers
from awards.criteria.completeness import AskedAndAnswered, read
from awards.models import Answer, Criterion, Nomination


@dataclass(frozen=True)
class Obstacle:
    """One criterion with an answer below the minimum; ``answer_text`` is the answer as text."""

    criterion: Criterion
    answer_text: str


@dataclass(frozen=True)
class Eligibility:
    """Eligible without obstacles; with some, the candidate competes only after the committee has cleared it."""

    obstacles: list[Obstacle] = field(default_factory=list)
    is_cleared: bool = False

    @property
    def is_eligible(self) -> bool:
        return not self.obstacles

    @property
    def may_compete(self) -> bool:
        return self.is_eligible or self.is_cleared

    @property
    def code(self) -> str:
        return "eligible" if self.is_eligible else "cleared" if self.is_cleared else "ineligible"


def eligibility(nominations: Iterable[Nomination], known: AskedAndAnswered | None = None) -> dict[int, Eligibility]:
    """By primary key; missing answers are no obstacles. Needs what ``completeness`` needs."""
    rows = list(nominations)
    criteria, given = known or read(rows)
    return {
        row.pk: Eligibility(
            obstacles(row, criteria[row.selection_id, row.category_id], given[row.pk]), bool(row.cleared_at)
        )
        for row in rows
    }


def obstacles(nomination: Nomination, criteria: Iterable[Criterion], given: dict[int, Answer]) -> list[Obstacle]:
    """``given`` are the nomination's answers by the key of their criterion."""
    return [
        Obstacle(criterion, answers.in_words(criterion, given[criterion.pk].value))
        for criterion in criteria
        if criterion.pk in given
        and answers.is_below_minimum(criterion, given[criterion.pk].value, nomination.candidate)
    ]
