"""``order_by("title")`` of a foreign key orders by everything its model is ordered by, through as many joins.

Ordered by title and nomination, one table was joined to eleven others, and a database without statistics never ended.
"""

import ast
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("paritrana", "regions", "awards", "scoring")


def relations():
    """Names that are a relation to an ordered model wherever they are a column at all."""
    related, plain = set(), set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            ordered = field.is_relation and field.related_model._meta.ordering
            (related if ordered else plain).add(field.name)
    return related - plain


def ordered_by(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "order_by":
            yield from (each.value for each in node.args if isinstance(each, ast.Constant))


def test_no_query_is_ordered_by_the_order_of_another_model():
    names = relations()
    found = {
        f"{path.relative_to(ROOT)}: {order}"
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        for order in ordered_by(ast.parse(path.read_text(encoding="utf-8")))
        if str(order).lstrip("-").rpartition("__")[2] in names
    }

    assert {"nomination", "title", "region"} <= names
    assert found == set()
