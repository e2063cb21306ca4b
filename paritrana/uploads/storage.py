"""Where attached documents are stored: outside everything that is served, and only as complete files."""

import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="paritrana.uploads.storage.PrivateStorage")
class PrivateStorage(FileSystemStorage):
    """Files get their name only when their last byte is on the disk, and have no web address."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, file_permissions_mode=0o600, directory_permissions_mode=0o700)

    def _save(self, name: str, content: Any) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        passing = target.with_name(f"{target.name}.part")
        with open(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
            for chunk in content.chunks():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        passing.rename(target)
        _sync(target.parent)
        return name

    def url(self, name: str | None) -> str:
        raise ValueError("attached documents have no address: a view that knows who asks hands them out")


def _sync(folder: Path) -> None:
    """Make the new file name itself survive a power cut."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
