"""Deleted files stay in the storage ``trash`` for thirty days, by day, storage and key.

``2026-03-01/evidence/ab/abcdef`` was ``ab/abcdef`` of the storage ``evidence``; copying it back there restores it.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.files.base import File
from django.core.files.storage import storages

LIES = timedelta(days=30)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def throw_away(alias: str, key: str, today: date) -> None:
    """Write a complete copy to the trash before the file is removed."""
    target, there = f"{today.isoformat()}/{alias}/{key}", storages["trash"]
    with storages[alias].open(key) as content:
        if there.exists(target):
            there.delete(target)
        there.save(target, File(content))
    storages[alias].delete(key)


def lying(alias: str) -> dict[str, str]:
    """Key -> its name in the trash; the latest day counts."""
    found: dict[str, str] = {}
    for day in _days():
        under = f"{day}/{alias}/"
        found |= {name.removeprefix(under): name for name in names(storages["trash"], under)}
    return found


def put_back(alias: str, key: str, name: str) -> None:
    with storages["trash"].open(name) as content:
        storages[alias].save(key, File(content))


def empty(today: date) -> int:
    """Remove days older than the limit, by the name of their folder; answers how many."""
    over = [day for day in _days() if date.fromisoformat(day) + LIES < today]
    for day in over:
        _remove(f"{day}/")
    return len(over)


def _remove(folder: str) -> None:
    storage = storages["trash"]
    folders, files = listed(storage, folder)
    for each in folders:
        _remove(f"{folder}{each}/")
    for name in [*(f"{folder}{each}" for each in files), folder.rstrip("/")]:  # a bucket has no folder to delete
        storage.delete(name)


def names(storage: Any, folder: str = "") -> Iterator[str]:
    """Every file below this folder, which ends in a slash."""
    folders, files = listed(storage, folder)
    yield from (f"{folder}{name}" for name in sorted(files))
    for each in sorted(folders):
        yield from names(storage, f"{folder}{each}/")


def listed(storage: Any, folder: str = "") -> tuple[list[str], list[str]]:
    """Folders and files in this folder; none where it does not exist yet."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return folders, files


def _days() -> list[str]:
    return sorted(day for day in listed(storages["trash"])[0] if _DAY.fullmatch(day))
