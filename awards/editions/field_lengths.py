"""Text of a document as long as the field it is stored in; SQLite by itself would take any length."""

from collections.abc import Callable
from typing import Any

from django.db import models

from awards.criteria.schema_reader import text, within


def stored_in(model: type[models.Model], name: str, read: Callable[[Any], str] = text) -> Callable[[Any], str]:
    return within(getattr(model._meta.get_field(name), "max_length", None), read)
