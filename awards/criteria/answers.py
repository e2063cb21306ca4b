"""What may be answered to a criterion, and what an answer earns: ``earned`` of ``possible``, two whole numbers.

Each kind of criterion says so for itself, see ``awards/criteria/answered.py``.
"""

from collections.abc import Mapping
from typing import Any

from awards.criteria import WHOLE
from awards.criteria.kinds import KINDS, answered_kind
from awards.criteria.kinds.checklist import DAY_LABOUR as DAY_LABOUR
from awards.models import Candidate, Criterion

Value = Mapping[str, Any]
"""The stored answer; its parts are those of the criterion's kind."""


def checked(criterion: Criterion, value: Value, candidate: Candidate) -> dict[str, Any]:
    """The answer as it is stored. Raises ValidationError ``level``, ``counts``, ``item``, ``amount``."""
    return answered_kind(criterion.kind).check(criterion, value, candidate)


def earned(criterion: Criterion, value: Value, candidate: Candidate) -> tuple[int, int]:
    """(earned, possible) of a stored answer; possible is 0 when nothing can be told, for instance without workers."""
    return answered_kind(criterion.kind).earned(criterion, value, candidate)


def is_below_minimum(criterion: Criterion, value: Value, candidate: Candidate) -> bool:
    """Whether the answer makes the candidate not eligible. An answer that earns of nothing is not held against it."""
    part, possible = earned(criterion, value, candidate)
    return criterion.minimum is not None and part * WHOLE < criterion.minimum * possible


def facts(criterion: Criterion, value: Value) -> dict[str, Any]:
    """The answer in the rubric's own words, so that it can be told without the rubric, in any language."""
    return answered_kind(criterion.kind).facts(criterion, value)


def answer_text(kind: str, facts: Value) -> str:
    """Facts in a sentence, in the reader's language."""
    return KINDS[kind].explain(dict(facts))
