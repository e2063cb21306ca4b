"""Small files of the portal itself, outside the database: in the data folder, or in the store all servers share."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

IDENTITY, HEAD = "installation-id", "trail-head"
NAMES = frozenset({IDENTITY, HEAD})
"""Whoever lists the documents of the store leaves these out."""


def path(name: str) -> Path:
    return Path(settings.DATA_DIR) / name


def read(name: str) -> str | None:
    """None where there is no such file. OSError or UnicodeDecodeError where it cannot be read."""
    try:
        if settings.OBJECT_STORE:
            with storages["evidence"].open(name) as stored:
                return str(stored.read().decode())
        return path(name).read_text()
    except FileNotFoundError:
        return None


def write(name: str, text: str) -> None:
    """In one step, so that a power cut leaves either the old or the new one."""
    if settings.OBJECT_STORE:
        storages["evidence"].delete(name)
        storages["evidence"].save(name, ContentFile(text.encode()))
        return
    descriptor, fresh = tempfile.mkstemp(dir=path(name).parent, prefix=f".{name}-")  # mkstemp gives mode 0600
    with os.fdopen(descriptor, "w") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    Path(fresh).replace(path(name))


def remove(name: str) -> None:
    if settings.OBJECT_STORE:
        storages["evidence"].delete(name)
    else:
        path(name).unlink(missing_ok=True)
