"""Bringing rows into agreement with a file: those that are missing are made, those that differ are mended."""

from typing import Any

from django.db import models

from paritrana.accounts import trail

Fields = dict[str, Any]


def agree(model: type[models.Model], key: str, wanted: dict[str, Fields]) -> int:
    """Answers how many rows were written; the trail says what a mended one was before."""
    known = {getattr(row, key): row for row in model._default_manager.filter(**{f"{key}__in": wanted})}
    missing = [model(**{key: value}, **fields) for value, fields in wanted.items() if value not in known]
    model._default_manager.bulk_create(missing)
    return len(missing) + sum(mend(row, wanted[value]) for value, row in known.items())


def mend(row: models.Model, fields: Fields) -> bool:
    before = {name: getattr(row, name) for name in fields}
    if before == fields:
        return False
    type(row)._default_manager.filter(pk=row.pk).update(**fields)
    trail.record(None, "reference.change", row, before=before, after=fields)
    return True
