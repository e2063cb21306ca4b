"""The same rows again under other keys, by the database itself: a large country from a small one within a minute."""

from collections.abc import Sequence
from typing import Any

NAMED = {"awards_candidate": ("name", "name_key"), "awards_letter": ("key",)}
COUNTED = {"accounts_auditevent": ("sequence", "turn")}
"""Table -> columns that are unique, or should differ, besides the key."""
STEP = 10_000_000


def add(cursor: Any, models: Sequence[Any], times: int) -> None:
    """Every row of these models, which lead to each other, so many times more; guards must be lifted.

    Unique rows that a copy would double, such as the government of a region, are left out.
    """
    growing = {model._meta.db_table for model in models}
    for number in range(1, times + 1):
        for model in models:
            cursor.execute(_again(model, growing, number))


def _again(model: Any, growing: set[str], number: int) -> str:
    table, more = model._meta.db_table, number * STEP
    columns, values = [], []
    for field in model._meta.concrete_fields:
        column = f'"{field.column}"'
        leads_there = field.remote_field and field.related_model._meta.db_table in growing
        if field.primary_key or leads_there or field.column in COUNTED.get(table, ()):
            values.append(f"{column} + {more}")
        else:
            values.append(f"{column} || ' {number}'" if field.column in NAMED.get(table, ()) else column)
        columns.append(column)
    own = f"SELECT {', '.join(values)} FROM {table} WHERE id < {STEP}"
    return f"INSERT INTO {table} ({', '.join(columns)}) {own} ON CONFLICT DO NOTHING"
