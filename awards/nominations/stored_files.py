"""Checks that every file named by a row exists in the private storage, byte for byte as stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import SuspiciousOperation
from django.core.files import File
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.models import Comment, Evidence, Selection
from awards.signals import stored_files_asked
from paritrana.accounts import installation
from paritrana.uploads import trash

CHUNK = 1024 * 1024
"""Bytes of a file read at a time."""


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


def every(selection: Selection | None = None) -> Iterator[StoredFile]:
    """Of one selection, or of all: evidence, also withdrawn, and files of comments, by key; then of the apps above."""
    rows = Evidence.objects.filter(nomination__selection=selection) if selection else Evidence.objects.all()
    related = ("nomination__selection", "nomination__candidate__region")
    for row in rows.select_related(*related).order_by("key", "pk").iterator():
        yield of_evidence(row)
    notes = Comment.objects.exclude(key="")
    notes = notes.filter(nomination__selection=selection) if selection else notes
    for note in notes.select_related(*related).order_by("key", "pk").iterator():
        yield of_comment(note)
    for _receiver, files in stored_files_asked.send(StoredFile, selection=selection):
        yield from files


def of_evidence(row: Evidence) -> StoredFile:
    owner = f"{row.nomination.selection.slug} {row.nomination}"
    return StoredFile(row.key, row.name, row.sha256, owner, row.size, row.nomination.get_absolute_url())


def of_comment(row: Comment) -> StoredFile:
    owner = f"{row.nomination.selection.slug} {row.nomination}"
    return StoredFile(row.key, row.name, row.sha256, owner, row.size, row.nomination.get_absolute_url())


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


def without_a_row() -> Iterator[str]:
    """The keys in the storage that no row names."""
    known = {file.key for file in every()} | {installation.IN_STORE}
    yield from (key for key in trash.names(storages["evidence"]) if key not in known)
