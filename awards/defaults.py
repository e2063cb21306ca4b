"""The rubric a new category begins with: the shipped default of its kind of candidate."""

import json
from functools import cache
from typing import Any

from django.conf import settings

from awards.edition_format import read_edition
from awards.rubrics import EMPTY

FILE = settings.BASE_DIR / "fixtures" / "editions" / "default.json"


@cache
def _documents() -> dict[str, dict[str, Any]]:
    edition = read_edition(json.loads(FILE.read_text(encoding="utf-8")))
    return {one["candidate_kind"]: {key: one[key] for key in EMPTY} for one in edition["categories"]}


def default_document(kind: str) -> dict[str, Any]:
    """Normalised; without criteria for a kind that has no default."""
    return _documents().get(kind, EMPTY)
