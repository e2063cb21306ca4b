"""Signals for the apps above; this app knows nothing about standings."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.dispatch import Signal

_waiting: ContextVar[dict[int, tuple[Any, dict[str, Any]]] | None] = ContextVar("waiting", default=None)


class _SelectionSignal(Signal):
    def send(self, sender: Any, **named: Any) -> list[Any]:
        waiting = _waiting.get()
        if waiting is None:
            return super().send(sender, **named)
        waiting[named["selection"].pk] = (sender, named)
        return []


@contextmanager
def sent_once() -> Iterator[None]:
    """Collects repeated signals about a selection and sends each once at the end; enter it before the transaction."""
    if _waiting.get() is not None:
        yield
        return
    waiting: dict[int, tuple[Any, dict[str, Any]]] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for sender, named in waiting.values():
        selection_changed.send(sender, **named)


selection_changed = _SelectionSignal()
"""Sent in the writing transaction with ``selection`` and ``by`` when nominations, answers or their states change."""

stage_reviewed = Signal()
"""Sent with ``selection``: what would be unfinished when the next stage opens?

Receivers answer a list of ``{"code", "label", "count", "gravity", "is_stuck"}``, one for each kind of unfinished work.
"""

nominators_notified = Signal()
"""Sent in the writing transaction with ``nominations`` of one selection, ``event``, ``reason``, ``more`` and ``by``.

Whoever nominated them, or mends them at their branch, gets one letter about it; see ``letters/news.py``.
"""

resting_asked = Signal()
"""Sent with ``selection``: what was done in its present stage that would hang in the air if the stage were taken back?

Receivers answer a list of sentences.
"""

stage_taken_back = Signal()
"""Sent in the writing transaction with ``selection``, at the earlier stage it has now."""

owed_work_asked = Signal()
"""Sent with ``selection`` and ``stage``: who has work left to do before that stage closes?

Receivers answer a list of ``(user, [(text, count, path)])``: the task, how many or None, and the address to do it.
"""

stored_files_asked = Signal()
"""Sent with ``selection`` or None for all: which files in the private storage belong to rows?

Receivers answer an iterable of ``stored_files.StoredFile``.
"""

kept_out_asked = Signal()
"""Sent with ``user``: which nominations does this person not see, whatever the role?

Receivers answer a set of primary keys.
"""

withheld_asked = Signal()
"""Sent with ``user`` and ``selection``: which pages of the selection are shut to this person for now?

Receivers answer {name of the address: why}.
"""
