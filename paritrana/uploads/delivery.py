"""Delivers stored documents: as a download, never as a page; or as a picture drawn by the portal."""

import logging
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from paritrana.uploads import stored_files
from paritrana.uploads.sandbox import Unacceptable, draw
from paritrana.uploads.stored_files import FileKind, StoredFile

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
            return render(request, "uploads/damaged.html", context, status=503)

    return explaining


def as_attachment(content: File, name: str, kind: str) -> FileResponse:
    content_type = CONTENT_TYPES[kind]
    return FileResponse(content, as_attachment=True, filename=name, content_type=content_type, headers=HEADERS)


def page_count(kind: str, pages: int | None) -> int:
    """How many pages can be shown as pictures; 0 for Word and Excel documents."""
    if kind == FileKind.PDF:
        return pages or 0
    return int(kind in {FileKind.JPEG, FileKind.PNG})


def picture(file: StoredFile, kind: str, page: int) -> HttpResponse:
    """One page that ``page_count`` counted, as a picture. Raises Http404 for what cannot be drawn, and Damaged."""
    if kind == FileKind.PDF:
        return HttpResponse(_drawn(file, page), content_type="image/png", headers=HEADERS)
    with stored_files.opened(file) as stored:
        return HttpResponse(stored.read(), content_type=CONTENT_TYPES[kind], headers=HEADERS)


def _drawn(file: StoredFile, page: int) -> bytes:
    with TemporaryDirectory(prefix="paritrana-") as folder:
        source, out = Path(folder) / "file", Path(folder) / "page.png"
        with stored_files.opened(file) as stored:
            source.write_bytes(stored.read())
        try:
            draw(source, page, out)
        except Unacceptable as error:
            raise Http404 from error
        return out.read_bytes()
