"""Work that takes longer than a request: done in a thread, while pages show its progress.

The phase is a file in a folder, so every process can read it. The worker locks the folder while it runs, so a worker
that died is never taken for a slow one.
"""

from __future__ import annotations

import fcntl
import json
import logging
import threading
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import IO, Any

from django.db import connection
from django.utils import translation

_PHASE, _LOCK = "phase.json", "work.lock"
log = logging.getLogger(__name__)


def begin(folder: Path, phase: dict[str, Any], work: Callable[[], None], *, name: str) -> None:
    """Write the first phase and start the work in the active language, unless a worker is running there."""
    lock = (folder / _LOCK).open("w")
    if not _taken(lock):
        lock.close()
        return
    say(folder, phase)
    language = translation.get_language() or "id"
    threading.Thread(target=_work, args=(work, lock, language), name=name).start()


def _work(work: Callable[[], None], lock: IO[str], language: str) -> None:
    """Uses its own database connection; the lock ends with the work, also after an error."""
    try:
        with lock, translation.override(language):
            work()
    except Exception:
        log.exception("work beside the requests could not be finished")
    finally:
        connection.close()


def say(folder: Path, phase: dict[str, Any]) -> None:
    replace(folder / _PHASE, phase)


def stored_phase(folder: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((folder / _PHASE).read_text())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def broke_off(folder: Path, working: Collection[str]) -> bool:
    """Whether the last phase written is an unfinished one although no worker is running."""

    def is_working() -> bool:
        return (stored_phase(folder) or {}).get("state") in working

    return is_working() and _is_free(folder) and is_working()  # the worker may have ended just now


def replace(path: Path, content: object) -> None:
    """Replace a JSON file in one step, so that no reader sees half of it."""
    passing = path.with_suffix(".new")
    passing.write_text(json.dumps(content))
    passing.replace(path)


def _is_free(folder: Path) -> bool:
    """Whether no worker is running there."""
    if not (folder / _LOCK).exists():
        return True
    with (folder / _LOCK).open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _taken(lock: IO[str]) -> bool:
    """Take the lock unless a worker holds it; a mere check holds it for an instant."""
    for _attempt in range(10):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.01)
        else:
            return True
    return False
