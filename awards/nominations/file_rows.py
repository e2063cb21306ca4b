"""The rows that name a stored file: evidence, comments, indicators of regions, and those of the apps above."""

from collections.abc import Iterable, Iterator
from typing import cast

from django.core.files.storage import storages

from awards.models import Comment, Evidence, Selection
from awards.signals import stored_files_asked
from paritrana.accounts import own_files
from paritrana.uploads import trash
from paritrana.uploads.stored_files import StoredFile
from regions.models import IndicatorFile


def every(selection: Selection | None = None) -> Iterator[StoredFile]:
    """Of one selection, or of all: evidence, also withdrawn, and files of comments, by key; then of the apps above.

    Files of indicators belong to regions and to no selection.
    """
    rows = Evidence.objects.filter(nomination__selection=selection) if selection else Evidence.objects.all()
    related = ("nomination__selection", "nomination__candidate__region")
    for row in rows.select_related(*related).order_by("key", "pk").iterator():
        yield of_evidence(row)
    notes = Comment.objects.exclude(key="")
    notes = notes.filter(nomination__selection=selection) if selection else notes
    for note in notes.select_related(*related).order_by("key", "pk").iterator():
        yield of_comment(note)
    if selection is None:
        for proof in IndicatorFile.objects.select_related("indicator", "region").order_by("key", "pk").iterator():
            yield proof.stored
    for _receiver, files in stored_files_asked.send(StoredFile, selection=selection):
        yield from cast("Iterable[StoredFile]", files)


def of_evidence(row: Evidence) -> StoredFile:
    owner = f"{row.nomination.selection.slug} {row.nomination}"
    return StoredFile(row.key, row.name, row.sha256, owner, row.size, row.nomination.get_absolute_url())


def of_comment(row: Comment) -> StoredFile:
    owner = f"{row.nomination.selection.slug} {row.nomination}"
    return StoredFile(row.key, row.name, row.sha256, owner, row.size, row.nomination.get_absolute_url())


def without_a_row() -> Iterator[str]:
    """The keys in the storage that no row names."""
    known = {file.key for file in every()} | own_files.NAMES
    yield from (key for key in trash.names(storages["evidence"]) if key not in known)
