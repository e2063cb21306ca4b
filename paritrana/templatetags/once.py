"""``{% load once %}``: a part of a page that is rendered once for the same inputs and then reused.

``{% once theme=theme %}…{% endonce %}`` sees its inputs and nothing else: no request, no person, no form. So nothing of
one reader can be shown to another; each language has its own copy. Inputs are plain values.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
MOST = 500
"""The largest number of cached copies of one part; the cache is emptied when there are more."""


@register.tag
def once(parser: Parser, token: Token) -> Once:
    bits = token.split_contents()[1:]
    inputs = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError("once takes its inputs by name")
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(nodelist, inputs)


class Once(Node):
    def __init__(self, nodelist: NodeList, inputs: dict[str, FilterExpression]) -> None:
        self.nodelist, self.inputs = nodelist, inputs
        self.drawn: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = [expression.resolve(context) for expression in self.inputs.values()]
        # With their types: a text marked as safe is not the same text.
        key = (get_language(), *map(type, values), *values)
        found = self.drawn.get(key)
        if found is None:
            if len(self.drawn) >= MOST:
                self.drawn.clear()
            alone = Context(dict(zip(self.inputs, values, strict=True)))
            with alone.bind_template(context.template):  # type: ignore[arg-type]
                found = self.drawn[key] = self.nodelist.render(alone)
        return found
