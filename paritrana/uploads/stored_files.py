"""A stored file is delivered only byte for byte as it was stored; the row that names it says what that was."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import SuspiciousOperation
from django.core.files import File
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

CHUNK = 1024 * 1024
"""Bytes of a file read at a time."""


class FileKind(models.TextChoices):
    """What a document is by its content."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    DOCX = "docx", "DOCX"
    XLSX = "xlsx", "XLSX"


class StorageFault(models.TextChoices):
    MISSING = "missing", _("the file is missing")
    ALTERED = "altered", _("the content of the file is not what was stored")
    UNREADABLE = "unreadable", _("the file cannot be read")


class Damaged(Exception):
    """A file that must not be delivered because it is not what was stored; ``fault`` says why."""

    def __init__(self, file: StoredFile, fault: StorageFault) -> None:
        super().__init__(f"{file}: {fault.value}")
        self.file, self.fault = file, fault


@dataclass(frozen=True)
class StoredFile:
    """A row's file: ``owner`` is what it belongs to, ``url`` a page about it; some rows have no size."""

    key: str
    name: str
    sha256: str
    owner: str
    size: int | None = None
    url: str = ""

    def __str__(self) -> str:
        return f"{self.owner}: {self.name} ({self.key})"


def absent(file: StoredFile) -> StorageFault | None:
    """What is wrong without reading it: missing, or of another size; empty if neither."""
    try:
        size = storages["evidence"].size(file.key)
    except FileNotFoundError:
        return StorageFault.MISSING
    except (OSError, SuspiciousOperation):
        return StorageFault.UNREADABLE
    return None if file.size in (None, size) else StorageFault.ALTERED


def fault_of(file: StoredFile) -> StorageFault | None:
    """What is wrong with it after reading every byte; empty if nothing."""
    try:
        opened(file).close()
    except Damaged as damage:
        return damage.fault
    return None


def opened(file: StoredFile) -> File:
    """The content from its first byte, after all of it was compared. Raises Damaged."""
    if fault := absent(file):
        raise Damaged(file, fault)
    try:
        content = storages["evidence"].open(file.key)
        found = sha256()
        for chunk in content.chunks(CHUNK):
            found.update(chunk)
    except OSError as error:
        raise Damaged(file, StorageFault.UNREADABLE) from error
    if found.hexdigest() != file.sha256:
        content.close()
        raise Damaged(file, StorageFault.ALTERED)
    content.seek(0)
    return content
