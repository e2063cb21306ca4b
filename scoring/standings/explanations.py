"""Scores and reasons in words, in the reader's language. What they are made from was stored without words."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import answers
from awards.models import Criterion
from awards.models.rubrics import ANSWERED, Grouping
from paritrana.display import formats

REASONS = {
    "coverage-missing": gettext_lazy("No coverage figure: %(items)s"),
    "coverage-unsent": gettext_lazy("Coverage figure not sent: %(items)s"),
    "segments-missing": gettext_lazy("The criterion names no segment"),
    "definition-differs": gettext_lazy("No growth across different definitions: %(items)s"),
    "answer-missing": gettext_lazy("Not answered: %(items)s"),
    "attendance-missing": gettext_lazy("Attendance at the interview not recorded"),
    "marks-missing": gettext_lazy("Not scored yet: %(items)s"),
    "candidate-absent": gettext_lazy("Nobody came to the interview, so there was nothing to score"),
    "not-applicable": gettext_lazy("Does not apply: %(items)s"),
    "not-qualified": gettext_lazy("Not among the best of the title before: %(items)s"),
    "group-missing": gettext_lazy("In no group of this title: %(items)s"),
}
"""Why a row is not ranked. A stored reason is ``[code, argument...]``; equal codes are told together."""


def reasons(stored: list[list[Any]]) -> str:
    """One sentence per code, in the order in which they were found."""
    items: dict[str, list[str]] = {}
    for code, *arguments in stored:
        items.setdefault(code, []).append(_argument(code, arguments))
    return "; ".join(str(REASONS[code]) % {"items": ", ".join(found)} for code, found in items.items())


def _argument(code: str, arguments: list[Any]) -> str:
    if code == "definition-differs":
        segment, before, now = arguments
        return f"{segment} {before}–{now}"
    if code == "group-missing":
        return str(Grouping(arguments[0]).label)
    if code == "not-applicable":
        criterion, why = arguments
        return f"{criterion} ({why})"
    return " ".join(map(str, arguments))


def evidence(kind: str, facts: dict[str, Any]) -> str:
    """What a criterion's score was made from; empty when there is nothing to tell."""
    if "exempt" in facts:
        return _("Does not apply: %(reason)s") % {"reason": facts["exempt"]}
    return TELLERS[kind](facts) if facts else ""


def _coverage(facts: dict[str, Any]) -> str:
    if "workers" not in facts:
        return ""
    values = {
        "part": formats.count(facts["participants"]),
        "whole": formats.count(facts["workers"]),
        "year": facts["year"],
        "definitions": ", ".join(map(definition, facts["definitions"])),
    }
    return _("%(part)s of %(whole)s workers, %(year)s (%(definitions)s)") % values


def _growth(facts: dict[str, Any]) -> str:
    now, before = facts["now"], facts["before"]
    if now["share"] < 0 or before["share"] < 0:
        return ""
    values = {
        "now": formats.percent(now["share"]),
        "year": now["year"],
        "before": formats.percent(before["share"]),
        "year_before": before["year"],
        "growth": formats.signed(now["share"] - before["share"]),
        "full": formats.signed(facts["full"]),
    }
    return (
        _("%(now)s in %(year)s, %(before)s in %(year_before)s: %(growth)s percentage points; %(full)s would earn 100")
        % values
    )


def _band(facts: dict[str, Any]) -> str:
    return str(facts["level"])


def _attendance(facts: dict[str, Any]) -> str:
    points = formats.points(facts["points"])
    if not facts["online"]:
        return f"{facts['level']}: {points}"
    online = formats.signed(facts["online"])
    values = {"level": facts["level"], "points": points, "online": online}
    return _("%(level)s: %(points)s, on line %(online)s") % values


def _mark(facts: dict[str, Any]) -> str:
    values = {"sum": formats.hundredths(facts["sum"]), "marks": facts["marks"]}
    if "dropped" not in facts:
        return _("Mean of the marks given: %(sum)s / %(marks)s") % values
    values |= dict(zip(("lowest", "highest"), map(formats.hundredths, facts["dropped"]), strict=True))
    return _("Mean without the lowest %(lowest)s and the highest %(highest)s: %(sum)s / %(marks)s") % values


TELLERS = {
    Criterion.Kind.COVERAGE: _coverage,
    Criterion.Kind.GROWTH: _growth,
    **{kind: partial(answers.answer_text, kind) for kind in ANSWERED},
    Criterion.Kind.ATTENDANCE: _attendance,
    Criterion.Kind.MARK: _mark,
}


def tie(total: int, others: list[str], decided_by: dict[str, Any]) -> str:
    """With whom a candidate shares its total, and what decided between them: see ``models.Standing.decided_by``."""
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
    """score x weight, exact: nothing is rounded before the total. Hundredths times basis points are millionths."""
    return formats.millionths(score * weight)


def sum_of(parts: list[tuple[int, int]]) -> str:
    """A total's trace from its (score, weight) pairs: "80,00 × 37,50 % + 50,00 × 62,50 %"."""
    return " + ".join(f"{formats.hundredths(score)} × {formats.percent(weight)}" for score, weight in parts)


def definition(untranslated: str) -> str:
    """A stored definition in the reader's language, part by part, as regions tell it."""
    return " · ".join(_(part) for part in untranslated.split(" · "))


def definitions(facts: dict[str, Any]) -> set[str]:
    """The definitions of every figure behind a score."""
    found = set(facts.get("definitions", []))
    return found.union(*(side["definitions"] for side in (facts.get("now"), facts.get("before")) if side))
