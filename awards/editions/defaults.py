"""Sources for a selection's own category: the edition's categories, and the built-in default categories."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from awards.editions import rubric_documents
from awards.editions.rubric_documents import EMPTY
from awards.editions.schema import TAKES, read_edition
from awards.models import Category, Selection
from awards.models.editions import CandidateKind

DEFAULTS = "fixtures/editions/default.json"


def choices(selection: Selection) -> list[tuple[str, list[tuple[str, str]]]]:
    """Grouped choices; their keys are the argument of ``source``."""
    of_edition, defaults = selection.edition.categories.filter(selection=None), list(_defaults().items())
    if selection.province_id:  # a province does not judge its own government
        of_edition = of_edition.exclude(candidate_kind=CandidateKind.PROVINCE)
        defaults = [(slug, one) for slug, one in defaults if one["candidate_kind"] != CandidateKind.PROVINCE]
    return [
        (_("From this edition"), [(f"edition:{category.slug}", str(category)) for category in of_edition]),
        (_("From the defaults"), [(f"default:{slug}", one["name"]) for slug, one in defaults]),
    ]


def source(selection: Selection, key: str) -> dict[str, Any]:
    """The category with this key as a normalised document."""
    origin, _colon, slug = key.partition(":")
    if origin == "default":
        return _defaults()[slug]
    category = selection.edition.categories.get(slug=slug, selection=None)
    return _copied(category)


def _copied(category: Category) -> dict[str, Any]:
    rubric = rubric_documents.present(category)
    return {
        "candidate_kind": category.candidate_kind,
        **{key: getattr(category, key) for key in TAKES},
        "sectors": [{"slug": sector.slug, "name": sector.name} for sector in category.sectors.all()],
        **(rubric_documents.rubric_document(rubric) if rubric else rubric_documents.EMPTY),
    }


@cache
def _defaults() -> dict[str, dict[str, Any]]:
    document = json.loads((settings.BASE_DIR / DEFAULTS).read_text())
    return {category["slug"]: category for category in read_edition(document)["categories"]}


FILE = settings.BASE_DIR / "fixtures" / "editions" / "default.json"


@cache
def _documents() -> dict[str, dict[str, Any]]:
    edition = read_edition(json.loads(FILE.read_text(encoding="utf-8")))
    return {one["candidate_kind"]: {key: one[key] for key in EMPTY} for one in edition["categories"]}


def default_document(kind: str) -> dict[str, Any]:
    """A normalised document; without criteria for a kind that has no default."""
    return _documents().get(kind, EMPTY)
