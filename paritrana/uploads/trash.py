"""Deleted files stay in ``PARITRANA_DATA/trash`` for thirty days, by day, storage and key.

``trash/2026-03-01/evidence/ab/abcdef`` was ``evidence/ab/abcdef``; copying it back there restores it.
"""

from __future__ import annotations

import os
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages

LIES = timedelta(days=30)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def throw_away(alias: str, key: str, today: date) -> None:
    """Write a complete copy to the trash before the file is removed."""
    target = root() / today.isoformat() / alias / key
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    storage = storages[alias]
    with storage.open(key) as content, target.open("wb") as file:
        shutil.copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())
    storage.delete(key)


def lying(alias: str) -> dict[str, Path]:
    """Key -> file; the latest day counts."""
    found: dict[str, Path] = {}
    for day in _days():
        folder = day / alias
        found |= {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return found


def put_back(alias: str, key: str, path: Path) -> None:
    with path.open("rb") as content:
        storages[alias].save(key, File(content))


def empty(today: date) -> int:
    """Remove days older than the limit, by the name of their folder; answers how many."""
    over = [day for day in _days() if date.fromisoformat(day.name) + LIES < today]
    for day in over:
        shutil.rmtree(day)
    return len(over)


def root() -> Path:
    return Path(settings.DATA_DIR) / "trash"


def _days() -> list[Path]:
    return sorted(path for path in root().glob("*") if _DAY.fullmatch(path.name) and path.is_dir())
