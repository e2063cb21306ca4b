"""Base of the kinds the nominator answers: form fields, workbook columns, and points earned out of points possible.

An answer earns one whole number out of another. The score is 100 x earned / possible, rounded in the ranking kernel
like every figure. Whether a minimum is reached is decided by the two whole numbers, so rounding cannot make anybody
eligible.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from awards.criteria import WHOLE, written_steps
from awards.criteria.exchange import (
    Candidate,
    Count,
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
from awards.criteria.kind import Kind, Rules

Value = Mapping[str, Any]
"""The stored answer."""
LARGEST = 10**15
"""Counts and amounts (hundredths) are below this, so that 100 times the sum of many fits into 64 bits."""
NOT_ANSWERED = "-"


class AskedColumn(NamedTuple):
    """A column of the workbook of nominations; ``words`` are appended to the name of the criterion."""

    part: str
    words: str = ""
    choices: tuple[str, ...] = ()
    hint: str = ""
    is_number: bool = False


class Answered(Kind):
    is_answered = True
    reasons = {"answer-missing": gettext_lazy("Not answered: %(items)s")}

    # The form of a nomination; a field is named after its part of the answer.

    def fields(self, criterion: Criterion, candidate: Candidate) -> dict[str, forms.Field]:
        raise NotImplementedError

    def unit(self, criterion: Criterion, part: str) -> str:
        """The unit shown in the input box after the figure."""
        return ""

    def is_by_scale(self, rules: Rules) -> bool:
        """Whether the rule has additional requirements for larger enterprises."""
        return False

    def initial(self, value: Value | None) -> dict[str, Any]:
        """The initial field values for a stored answer."""
        return dict(value or {})

    def typed(self, parts: dict[str, Any]) -> dict[str, Any] | None:
        """The answer from the cleaned field values; None when none was given."""
        is_empty = all(value in (None, "", NOT_ANSWERED, []) for value in parts.values())
        return None if is_empty else parts

    def contradiction(self, parts: Mapping[str, Any]) -> ValidationError | None:
        """The error message where two fields contradict each other, else empty."""
        return None

    # The workbook of nominations.

    def columns(self, criterion: Criterion) -> list[AskedColumn]:
        raise NotImplementedError

    def read_cells(self, criterion: Criterion, cells: dict[str, Any]) -> dict[str, Any]:
        """The answer in the cells, by part. Raises ValidationError."""
        raise NotImplementedError

    # The answer itself.

    def check(self, criterion: Criterion, value: Value, candidate: Candidate) -> dict[str, Any]:
        """The answer in its stored form. Raises ValidationError."""
        raise NotImplementedError

    def earned(self, criterion: Criterion, value: Value, candidate: Candidate) -> Count:
        """(earned, possible) of a stored answer; possible is 0 where nothing can be earned."""
        raise NotImplementedError

    def facts(self, criterion: Criterion, value: Value) -> Facts:
        """The answer with the rubric's labels, so that it can be shown later without the rubric, in any language."""
        raise NotImplementedError

    def explain(self, facts: Facts) -> str:
        """Facts as a sentence in the reader's language."""
        raise NotImplementedError

    # The score.

    def read(
        self, criterion: Criterion, nominations: list[Nomination], evidence: CriterionInputs, kernel: Kernel
    ) -> Scores:
        given = [evidence.answers.get((each.pk, criterion.pk)) for each in nominations]
        counts = [
            self.earned(criterion, value, each.candidate) if value else (0, 0)
            for value, each in zip(given, nominations, strict=True)
        ]
        facts = [
            self.facts(criterion, value) | {"earned": part, "possible": whole} if value else {}
            for value, (part, whole) in zip(given, counts, strict=True)
        ]
        scores = kernel.share(counts)
        missing: list[Any] = [[] if score is not None else [["answer-missing", criterion.name]] for score in scores]
        return Scores(scores, facts, missing)

    def trace(self, walk: TraceParts, slug: str, score: Figure, facts: Facts) -> Trace:
        if not facts:
            return Trace()
        return Trace(self.calculation(facts["earned"], facts["possible"], score), notes=walk.papers(slug))

    def calculation(self, part: int, whole: int, score: Figure) -> str:
        """How the points earned make the score, as text."""
        return written_steps.shown(score) if whole == WHOLE else written_steps.earned(part, whole, score)


def refusal(text: Any, code: str, criterion: Criterion, **words: Any) -> ValidationError:
    return ValidationError(text, code=code, params={"criterion": criterion, **words})


def is_count(value: Any) -> bool:
    """Whether it is a count, or an amount in hundredths."""
    return type(value) is int and 0 <= value < LARGEST
