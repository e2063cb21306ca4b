"""``{% load rubrics %}``: the rule of a criterion as text."""

from django import template

from awards.criteria import rule_text
from awards.models import Criterion

register = template.Library()


@register.filter
def rule(criterion: Criterion) -> str:
    return rule_text.rules_text(criterion.kind, criterion.rules)
