"""Ends of the trail in seals and on their papers: one paper of each kind, since all of a seal print the same."""

import io
import json
from collections.abc import Iterator

from django.db.models import Min
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from paritrana.accounts import anchors
from scoring.models import Document, Seal


def sealed() -> Iterator[tuple[str, str]]:
    for seal in Seal.objects.select_related("selection").order_by("pk").iterator(chunk_size=10):
        yield f"seal {seal.selection.slug} {seal.number}", json.loads(seal.payload).get("trail_head", "")


def printed() -> Iterator[tuple[str, str]]:
    of_seals = Document.objects.filter(seal__isnull=False).order_by()
    firsts = of_seals.values("seal", "kind").annotate(first=Min("pk")).values("first")
    for paper in Document.objects.filter(pk__in=firsts).order_by("pk").iterator(chunk_size=10):
        yield f"paper {paper.code}", text_of(bytes(paper.content))


def text_of(content: bytes) -> str:
    """Empty where it cannot be read: ``check_invariants`` reports a paper that is not the one that was made."""
    try:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        return ""


anchors.register(sealed)
anchors.register(printed)
