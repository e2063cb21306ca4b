"""What may be answered to a criterion, and what an answer earns: ``earned`` of ``possible``, two whole numbers.

The points are 100 x earned / possible, rounded where every figure is: in the ranking kernel. Whether a minimum is
reached is told from the two numbers themselves, so no rounding can make anybody eligible.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Candidate, Criterion
from awards.models.rubrics import WHOLE
from paritrana.display import formats

Value = Mapping[str, Any]
"""The stored answer, by kind; see ``awards.models.Answer``."""

LARGEST = 10**15
"""Counts and amounts (hundredths) stay below this, so that 100 times the sum of many still fits 64 bits."""
CURRENCIES = {"Rp", "IDR"}

NO_SUCH_LEVEL = gettext_lazy("%(criterion)s has no such level.")
NOT_OF_FIXED = gettext_lazy("%(criterion)s: type a number from 0 to %(whole)s.")
NOT_BOTH = gettext_lazy("%(criterion)s: type both numbers.")
NOT_A_PART = gettext_lazy("%(criterion)s: %(part)s is more than %(whole)s. A part cannot be more than the whole.")
NO_SUCH_ITEM = gettext_lazy("%(criterion)s has no such item for this scale.")
NOT_AN_AMOUNT = gettext_lazy("%(criterion)s: the amount cannot be used.")


def checked(criterion: Criterion, value: Value, candidate: Candidate) -> dict[str, Any]:
    """The answer as it is stored. Raises ValidationError ``level``, ``counts``, ``item``, ``amount``."""
    return _CHECKS[criterion.kind](criterion, value, candidate)


def earned(criterion: Criterion, value: Value, candidate: Candidate) -> tuple[int, int]:
    """(earned, possible) of a stored answer; possible is 0 when nothing can be told, for instance without workers."""
    return _EARNED[criterion.kind](criterion, value, candidate)


def is_below_minimum(criterion: Criterion, value: Value, candidate: Candidate) -> bool:
    """Whether the answer makes the candidate not eligible. An answer that earns of nothing is not held against it."""
    part, possible = earned(criterion, value, candidate)
    return criterion.minimum is not None and part * WHOLE < criterion.minimum * possible


def facts(criterion: Criterion, value: Value) -> dict[str, Any]:
    """The answer in the rubric's own words, so that it can be told without the rubric, in any language."""
    return _FACTS[criterion.kind](criterion, value)


def answer_text(kind: str, facts: Value) -> str:
    """Facts in a sentence, in the reader's language."""
    return _TEXTS[kind](facts)


def items_for(criterion: Criterion, candidate: Candidate) -> list[dict[str, Any]]:
    """The items of a checklist that are asked of this candidate: those for every scale and those for its own."""
    return [item for item in criterion.rules["items"] if not item["scales"] or _scale(candidate) in item["scales"]]


def _scale(candidate: Candidate) -> str:
    return DAY_LABOUR if candidate.is_day_labour else candidate.scale


DAY_LABOUR = "harian"
"""Stands beside the scales in a checklist: construction with workers by the day, whatever its scale."""


def _refuse(text: Any, code: str, criterion: Criterion, **values: Any) -> ValidationError:
    return ValidationError(text, code=code, params={"criterion": criterion, **values})


def _count(value: Any) -> bool:
    return type(value) is int and 0 <= value < LARGEST


def _check_level(criterion: Criterion, value: Value, candidate: Candidate) -> dict[str, Any]:
    if criterion.level(str(value.get("level"))) is None:
        raise _refuse(NO_SUCH_LEVEL, "level", criterion)
    return {"level": value["level"]}


def _check_counts(criterion: Criterion, value: Value, candidate: Candidate) -> dict[str, Any]:
    fixed = criterion.rules.get("fixed")
    part, whole = value.get("part"), fixed or value.get("whole")
    if not (_count(part) and _count(whole)):
        raise _refuse(NOT_OF_FIXED if fixed else NOT_BOTH, "counts", criterion, whole=whole)
    if part > whole:
        values = {"part": formats.count(part), "whole": formats.count(whole)}
        raise _refuse(NOT_OF_FIXED if fixed else NOT_A_PART, "counts", criterion, **values)
    return {"part": part, "whole": whole}


def _check_items(criterion: Criterion, value: Value, candidate: Candidate) -> dict[str, Any]:
    known = [item["code"] for item in items_for(criterion, candidate)]
    ticked = value.get("ticked")
    if not isinstance(ticked, list) or not set(ticked) <= set(known):
        raise _refuse(NO_SUCH_ITEM, "item", criterion)
    return {"ticked": [code for code in known if code in ticked]}


def _check_amount(criterion: Criterion, value: Value, candidate: Candidate) -> dict[str, Any]:
    if not _count(value.get("amount")):
        raise _refuse(NOT_AN_AMOUNT, "amount", criterion)
    return {"amount": value["amount"]}


def _level_points(criterion: Criterion, value: Value, candidate: Candidate) -> tuple[int, int]:
    level = criterion.level(value["level"])
    return (level["points"], WHOLE) if level else (0, 0)


def _counts(criterion: Criterion, value: Value, candidate: Candidate) -> tuple[int, int]:
    return value["part"], value["whole"]


def _item_points(criterion: Criterion, value: Value, candidate: Candidate) -> tuple[int, int]:
    asked = items_for(criterion, candidate)
    return sum(item["points"] for item in asked if item["code"] in value["ticked"]), sum(i["points"] for i in asked)


def _step_points(criterion: Criterion, value: Value, candidate: Candidate) -> tuple[int, int]:
    reached = [step["points"] for step in criterion.rules["steps"] if step["from"] <= value["amount"]]
    return (reached[-1], WHOLE) if reached else (0, 0)


def _level_facts(criterion: Criterion, value: Value) -> dict[str, Any]:
    level = criterion.level(value["level"])
    return {"level": level["label"] if level else value["level"]}


def _item_facts(criterion: Criterion, value: Value) -> dict[str, Any]:
    return {"items": [item["label"] for item in criterion.rules["items"] if item["code"] in value["ticked"]]}


def _amount_facts(criterion: Criterion, value: Value) -> dict[str, Any]:
    return {"unit": criterion.rules["unit"], "amount": value["amount"]}


def _counts_text(facts: Value) -> str:
    return _("%(part)s of %(whole)s") % {"part": formats.count(facts["part"]), "whole": formats.count(facts["whole"])}


def _amount_text(facts: Value) -> str:
    """A currency stands before its figure, any other unit behind it."""
    unit, amount = facts["unit"], formats.hundredths(facts["amount"])
    return f"{unit} {amount}" if unit in CURRENCIES else f"{amount} {unit}"


_K = Criterion.Kind
_CHECKS = {_K.BAND: _check_level, _K.RATIO: _check_counts, _K.CHECKLIST: _check_items, _K.AMOUNT: _check_amount}
_EARNED = {_K.BAND: _level_points, _K.RATIO: _counts, _K.CHECKLIST: _item_points, _K.AMOUNT: _step_points}
_FACTS: dict[str, Callable[[Criterion, Value], dict[str, Any]]] = {
    _K.BAND: _level_facts,
    _K.RATIO: lambda _criterion, value: dict(value),
    _K.CHECKLIST: _item_facts,
    _K.AMOUNT: _amount_facts,
}
_TEXTS: dict[str, Callable[[Value], str]] = {
    _K.BAND: lambda facts: str(facts["level"]),
    _K.RATIO: _counts_text,
    _K.CHECKLIST: lambda facts: ", ".join(facts["items"]) or _("none of them"),
    _K.AMOUNT: _amount_text,
}
