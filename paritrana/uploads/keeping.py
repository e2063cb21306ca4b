"""Storing a document that was attached, under a random name; the row that will name it gets its proper one."""

import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, QuerySet, Sum

from paritrana.uploads.sandbox import inspected


def stored(upload: UploadedFile) -> dict[str, Any]:
    """Check, clean and store a document; the fields of the row that will name it.

    Raises ValidationError: the codes of ``sandbox.Unacceptable``.
    """
    with inspected(upload) as found:
        random = secrets.token_hex(20)
        key = f"{random[:2]}/{random}"
        with found.path.open("rb") as content:
            storages["evidence"].save(key, File(content))
        cleaned = found.path.read_bytes()
    return {
        "name": proper_name(upload.name or "", found.kind),
        "kind": found.kind,
        "size": len(cleaned),
        "pages": found.pages,
        "sha256": sha256(cleaned).hexdigest(),
        "key": key,
    }


@contextmanager
def removed_if_refused(key: str, *refusals: type[Exception]) -> Iterator[None]:
    """Take back the content just stored when the row that would name it is refused by one of these.

    After any other failure the row may exist; ``sweep_evidence`` decides. An empty key names no content.
    """
    try:
        yield
    except refusals:
        if key:
            storages["evidence"].delete(key)
        raise


def require_room(rows: QuerySet[Any], size: int, *, files: int, size_in_all: int, message: Any) -> None:
    """ValidationError ``quota`` with this message when a file more would be too many, or too much in bytes."""
    held = rows.aggregate(files=Count("pk"), size=Sum("size"))
    if held["files"] >= files or (held["size"] or 0) + size > size_in_all:
        params = {"files": files, "megabytes": size_in_all // 1024 // 1024}
        raise ValidationError(message, code="quota", params=params)


LONGEST = 120
_ENDINGS = {"pdf": (".pdf",), "jpeg": (".jpg", ".jpeg"), "png": (".png",), "docx": (".docx",), "xlsx": (".xlsx",)}


def proper_name(name: str, kind: str) -> str:
    """Without folders, control and direction characters, and with the file extension of its content."""
    last = re.split(r"[/\\]", name)[-1]
    signs = unicodedata.normalize("NFC", last)
    plain = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in signs)
    stem = " ".join(re.sub(r'[<>:"|?*;%]', " ", plain).split()).strip(". ") or "berkas"
    ending = next((one for one in _ENDINGS[kind] if stem.lower().endswith(one)), "")
    stem = (stem[: -len(ending)] if ending else stem).strip(". ") or "berkas"
    return f"{stem[:LONGEST]}{ending or _ENDINGS[kind][0]}"
