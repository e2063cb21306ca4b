"""Shows words of an edition, such as the name of a title, in the language of the page."""

from django import template

from paritrana.display.english import in_english

register = template.Library()


@register.filter("in_english")
def words_in_english(words: object) -> str:
    return in_english(str(words))
