"""``{% load sheets %}``: a criterion's row on a score sheet; of its dozen rows only the fields are rendered anew."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from awards.models import Criterion
from paritrana.display.english import in_english
from paritrana.display.fragments import filled
from paritrana.templatetags.components import field, score
from scoring.sheets import forms

register = template.Library()


@register.simple_tag
def criterion_row(criterion: Criterion, mark: BoundField, words: BoundField, history_url: str = "") -> SafeString:
    """``history_url`` where the sheet exists."""
    hint, levels = forms.read_guidance(criterion.guidance)
    slots = {
        "score": score(mark, in_english(criterion.name), hint, criterion.weight),
        "open": " open" if words.value() or words.errors else "",
        "words": field(words),
        "history_url": history_url,
    }
    values = {"pk": criterion.pk, "name": in_english(criterion.name), "box": mark.html_name, "levels": levels}
    return filled("scoring/sheets/_criterion.html", slots, **values, is_begun=bool(history_url))
