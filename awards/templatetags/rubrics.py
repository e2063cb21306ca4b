"""``{% load rubrics %}``: what a criterion's rule says."""

from django import template

from awards import told_rules
from awards.models import Criterion

register = template.Library()


@register.filter
def rule(criterion: Criterion) -> str:
    return told_rules.told(criterion.kind, criterion.rules)
