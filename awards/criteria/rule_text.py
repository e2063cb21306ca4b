"""The rule of a criterion in one sentence, for pages and for the comparison of two versions."""

from django.utils.translation import gettext as _

from awards.criteria.kind import Rules
from awards.criteria.kinds import KINDS
from paritrana.display import formats
from paritrana.display.english import in_english


def rules_text(kind: str, rules: Rules) -> str:
    """The rule as a sentence; empty for kinds without a rule of their own."""
    parts = [KINDS[kind].rule_text(rules)]
    if "not_applicable" in rules:
        points = formats.hundredths(rules["not_applicable"])
        parts.append(_("where it does not apply: %(points)s") % {"points": points})
    if note := rules.get("note"):
        parts.append(_("asked with it: %(label)s") % {"label": in_english(note["label"])})
    return "; ".join(filter(None, parts))
