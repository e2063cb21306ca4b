"""The rule of a criterion in one sentence, for pages and for the comparison of two versions."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from awards.legal_scale import Scale
from awards.models import Criterion
from paritrana.display import formats

Rules = Mapping[str, Any]
K = Criterion.Kind


def rules_text(kind: str, rules: Rules) -> str:
    """Empty for the kinds that have no rule of their own."""
    parts = [_TEXTS[kind](rules)] if kind in _TEXTS else []
    if "not_applicable" in rules:
        points = formats.hundredths(rules["not_applicable"])
        parts.append(_("where it does not apply: %(points)s") % {"points": points})
    if note := rules.get("note"):
        parts.append(_("asked with it: %(label)s") % {"label": note["label"]})
    return "; ".join(parts)


def _growth(rules: Rules) -> str:
    figures = {"full": formats.hundredths(rules["full"]), "zero": formats.hundredths(rules.get("zero", 0))}
    return _("0 points up to %(zero)s percentage points of growth, 100 from %(full)s") % figures


def _levels(rules: Rules) -> str:
    parts = [f"{level['label']} {formats.hundredths(level['points'])}{_absent(level)}" for level in rules["levels"]]
    if rules.get("online"):
        parts.append(_("online: %(points)s") % {"points": formats.signed(rules["online"])})
    return "; ".join(parts)


def _absent(level: Mapping[str, Any]) -> str:
    return f" ({_('nobody came')})" if level.get("absent") else ""


def _ratio(rules: Rules) -> str:
    whole = f"{rules['whole']} ({rules['fixed']})" if rules.get("fixed") else rules["whole"]
    return _("%(part)s of %(whole)s") % {"part": rules["part"], "whole": whole}


def _items(rules: Rules) -> str:
    return "; ".join(
        f"{item['label']} {formats.hundredths(item['points'])}{_scales(item['scales'])}" for item in rules["items"]
    )


def _scales(scales: list[str]) -> str:
    names = {scale.value: str(scale.label) for scale in Scale}
    return f" ({', '.join(names.get(scale, scale) for scale in scales)})" if scales else ""


def _steps(rules: Rules) -> str:
    return "; ".join(
        _("from %(amount)s %(unit)s: %(points)s")
        % {
            "amount": formats.hundredths(step["from"]),
            "unit": rules["unit"],
            "points": formats.hundredths(step["points"]),
        }
        for step in rules["steps"]
    )


_TEXTS: dict[str, Callable[[Rules], str]] = {
    K.GROWTH: _growth,
    K.BAND: _levels,
    K.ATTENDANCE: _levels,
    K.RATIO: _ratio,
    K.CHECKLIST: _items,
    K.AMOUNT: _steps,
}
