"""Scores and reasons as text in the reader's language, from facts stored without text."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria.kind import Kind
from awards.criteria.kinds import KINDS
from awards.models.rubrics import Grouping
from paritrana.display import formats

REASONS = {
    "not-applicable": gettext_lazy("Does not apply: %(items)s"),
    "not-qualified": gettext_lazy("Not among the best of the title before: %(items)s"),
    "group-missing": gettext_lazy("In no group of this title: %(items)s"),
}
"""Why a row has no rank, in addition to the reasons of the kinds of criteria.

A stored reason is ``[code, argument...]``; equal codes are combined.
"""


def reasons(stored: list[list[Any]]) -> str:
    """One sentence per code, in stored order."""
    items: dict[str, list[str]] = {}
    for code, *arguments in stored:
        items.setdefault(code, []).append(_argument(code, arguments))
    return "; ".join(str(_reason(code)) % {"items": ", ".join(found)} for code, found in items.items())


def _reason(code: str) -> Any:
    return REASONS[code] if code in REASONS else _kind_with(code).reasons[code]


def _kind_with(code: str) -> Kind:
    return next(kind for kind in KINDS.values() if code in kind.reasons)


def _argument(code: str, arguments: list[Any]) -> str:
    if code == "group-missing":
        return str(Grouping(arguments[0]).label)
    if code == "not-applicable":
        criterion, why = arguments
        return f"{criterion} ({why})"
    return " ".join(map(str, arguments)) if code in REASONS else _kind_with(code).reason_text(code, arguments)


def evidence(kind: str, facts: dict[str, Any]) -> str:
    """How a criterion's score came about; empty without facts."""
    if "exempt" in facts:
        return _("Does not apply: %(reason)s") % {"reason": facts["exempt"]}
    return KINDS[kind].explain(facts) if facts else ""


def tie(total: int, others: list[str], decided_by: dict[str, Any]) -> str:
    """Who has the same total, and what decided between them: see ``models.Standing.decided_by``."""
    values = {"names": ", ".join(others), "total": formats.hundredths(total)}
    return _("Equal with %(names)s at a total of %(total)s; %(what)s") % (values | {"what": _decided(decided_by)})


def _decided(by: dict[str, Any]) -> str:
    if not by:
        return _("no rule tells them apart.")
    if by["by"] == "plenary":
        votes = dict(zip(("ayes", "noes", "abstaining"), by["votes"], strict=True))
        text = _("decided by the plenary (%(ayes)d for, %(noes)d against, %(abstaining)d abstaining): %(reason)s")
        if by["of"] == 1:
            text = _("shared by the plenary (%(ayes)d for, %(noes)d against, %(abstaining)d abstaining): %(reason)s")
        return text % (votes | {"reason": by["reason"]})
    figures = _compared(by["figures"])
    kind = _("aspect") if by["by"] == "aspect" else _("criterion")
    return _("decided by the %(kind)s %(name)s: %(figures)s.") % {"kind": kind, "name": by["name"], "figures": figures}


def _compared(figures: list[int]) -> str:
    """38,10 > 37,90 = 37,90"""
    signs = ["", *(" > " if more > less else " = " for more, less in pairwise(figures))]
    return "".join(sign + formats.hundredths(figure) for sign, figure in zip(signs, figures, strict=True))


def contribution(score: int, weight: int) -> str:
    """score x weight, exact, in millionths: hundredths times basis points; only the total is rounded."""
    return formats.millionths(score * weight)


def even(figures: Sequence[str]) -> list[str]:
    """A column of figures with as many decimals as its longest, so that the commas stand below one another."""
    decimals = [len(each) - len(each.rstrip("0123456789")) for each in figures]
    most = max(decimals, default=0)
    return [each and each + "0" * (most - own) for each, own in zip(figures, decimals, strict=True)]


def sum_of(parts: list[tuple[int, int]]) -> str:
    """The calculation of a total from its (score, weight) pairs: "80,00 × 37,50 % + 50,00 × 62,50 %"."""
    return " + ".join(f"{formats.hundredths(score)} × {formats.percent(weight)}" for score, weight in parts)


def definitions(facts: dict[str, Any]) -> set[str]:
    """The definitions of every figure behind a score."""
    found = set(facts.get("definitions", []))
    return found.union(*(side["definitions"] for side in (facts.get("now"), facts.get("before")) if side))
