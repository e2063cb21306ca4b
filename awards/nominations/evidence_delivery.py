"""Delivers attached documents: as a download, never as a page; or as a picture drawn by the portal."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from awards.models import Evidence
from awards.nominations import stored_files
from awards.nominations.evidence import hand_out
from paritrana import uploads
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

log = logging.getLogger(__name__)


def damage_explained(view: Callable[..., Any]) -> Callable[..., Any]:
    """A missing or altered file is not delivered: a page explains it, and the log names the file."""

    @wraps(view)
    def explaining(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except stored_files.Damaged as damage:
            log.error("A stored file is not handed out: %s", damage)
            context = {"file": damage.file, "fault": damage.fault}
            return render(request, "awards/nominations/damaged.html", context, status=503)

    return explaining


def delivered(evidence: Evidence, *, by: User) -> FileResponse:
    """The document as an attachment with its own content type, recorded in the trail. Raises Damaged."""
    return as_attachment(hand_out(evidence, by=by), evidence.name, evidence.kind)


def as_attachment(content: File, name: str, kind: str) -> FileResponse:
    content_type = CONTENT_TYPES[kind]
    return FileResponse(content, as_attachment=True, filename=name, content_type=content_type, headers=HEADERS)


def page_count(evidence: Evidence) -> int:
    """How many pages can be shown as pictures; 0 for Word and Excel documents."""
    if evidence.kind == Evidence.Kind.PDF:
        return evidence.pages or 0
    return int(evidence.kind in {Evidence.Kind.JPEG, Evidence.Kind.PNG})


def pictured(evidence: Evidence, page: int) -> HttpResponse:
    """One page as a picture. Raises Http404 for a page it does not have, and Damaged."""
    if not 1 <= page <= page_count(evidence):
        raise Http404
    if evidence.kind == Evidence.Kind.PDF:
        return HttpResponse(_drawn(evidence, page), content_type="image/png", headers=HEADERS)
    with stored_files.opened(stored_files.of_evidence(evidence)) as stored:
        return HttpResponse(stored.read(), content_type=CONTENT_TYPES[evidence.kind], headers=HEADERS)


def _drawn(evidence: Evidence, page: int) -> bytes:
    with TemporaryDirectory(prefix="paritrana-") as folder:
        source, out = Path(folder) / "file", Path(folder) / "page.png"
        with stored_files.opened(stored_files.of_evidence(evidence)) as stored:
            source.write_bytes(stored.read())
        try:
            uploads.draw(source, page, out)
        except uploads.Unacceptable as error:
            raise Http404 from error
        return out.read_bytes()
