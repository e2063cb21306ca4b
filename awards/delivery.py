"""How a stranger's document leaves the house: as a file to keep, never as a page; or as a raster made by us."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpResponse

from awards.actions.evidence import hand_out
from awards.models import Evidence
from paritrana import documents
from paritrana.accounts.models import User

_OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def delivered(evidence: Evidence, *, by: User) -> FileResponse:
    """The document as an attachment of its own type; recorded in the trail."""
    content = hand_out(evidence, by=by)
    kind = CONTENT_TYPES[evidence.kind]
    return FileResponse(content, as_attachment=True, filename=evidence.name, content_type=kind, headers=HEADERS)


def page_count(evidence: Evidence) -> int:
    """How many pictures can be shown of it; a document of Word or Excel is handed out only."""
    if evidence.kind == Evidence.Kind.PDF:
        return evidence.pages or 0
    return int(evidence.kind in {Evidence.Kind.JPEG, Evidence.Kind.PNG})


def pictured(evidence: Evidence, page: int) -> HttpResponse:
    """One page as a picture to be shown in our own page. Raises Http404 for a page it does not have."""
    if not 1 <= page <= page_count(evidence):
        raise Http404
    if evidence.kind == Evidence.Kind.PDF:
        return HttpResponse(_drawn(evidence, page), content_type="image/png", headers=HEADERS)
    with storages["evidence"].open(evidence.key) as kept:
        return HttpResponse(kept.read(), content_type=CONTENT_TYPES[evidence.kind], headers=HEADERS)


def _drawn(evidence: Evidence, page: int) -> bytes:
    with TemporaryDirectory(prefix="paritrana-") as folder:
        source, out = Path(folder) / "file", Path(folder) / "page.png"
        with storages["evidence"].open(evidence.key) as kept:
            source.write_bytes(kept.read())
        try:
            documents.draw(source, page, out)
        except documents.Unacceptable as error:
            raise Http404 from error
        return out.read_bytes()
