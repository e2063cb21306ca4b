"""Work that takes longer than a request: begun once, its progress shown on a page, finished once.

A task may run twice: after a fault, or because its worker seemed dead. So its effect and ``WorkRun.finish`` stand in
one transaction, and the second one to finish is rolled back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation

from paritrana.queue import progress
from paritrana.queue.models import WorkPhase

if TYPE_CHECKING:
    from django_tasks.base import Task

BROKEN, REFUSED = "broken", "refused"
"""The state of work that failed as often as it is tried, and of work a rule forbade, with its ``reason``."""


class FinishedElsewhere(Exception):
    """Another worker finished this run, or it was begun anew."""


@dataclass(frozen=True)
class Phase:
    state: str
    done: int = 0
    of: int = 0
    detail: dict[str, Any] = field(default_factory=dict)
    is_working: bool = False


class WorkRun(NamedTuple):
    """One attempt at the work with this key, in the language of whoever asked; the first argument of its task."""

    key: str
    token: str
    language: str

    def tell(self, done: int, of: int) -> None:
        """Say how far it is, for the page; costs nothing."""
        progress.tell(self.key, self.token, done, of)

    def say(self, state: str) -> None:
        """Enter the next state; the work goes on. Raises FinishedElsewhere."""
        self._write(state=state, done=0, of=0)

    def finish(self, state: str, done: int = 0, of: int = 0, **detail: Any) -> None:
        """Call it in the transaction of the effect. Raises FinishedElsewhere."""
        progress.forget(self.key, self.token)
        self._write(state=state, done=done, of=of, detail=detail, is_working=False)

    def carry_out(self, work: Callable[[WorkRun], None]) -> None:
        """Do it in its language, unless it was finished meanwhile."""
        if self._unfinished().exists():
            try:
                with translation.override(self.language):
                    work(self)
            except FinishedElsewhere:
                progress.forget(self.key, self.token)

    def carry_out_or_tell(self, work: Callable[[WorkRun], None]) -> None:
        """The same; what a rule forbids ends it as ``REFUSED``."""

        def work_or_refusal(run: WorkRun) -> None:
            try:
                work(run)
            except (ValidationError, PermissionDenied) as refusal:
                run.finish(REFUSED, reason=" ".join(getattr(refusal, "messages", [str(refusal)])))

        self.carry_out(work_or_refusal)

    def _write(self, **changed: Any) -> None:
        if not self._unfinished().update(changed_at=timezone.now(), **changed):
            raise FinishedElsewhere

    def _unfinished(self) -> Any:
        return WorkPhase.objects.filter(key=self.key, run=self.token, is_working=True)


def begin(key: str, state: str, task: Task[..., Any], *arguments: Any) -> None:
    """Queue the work in the active language, unless it waits or runs already. ``task`` is given a WorkRun first."""
    run = WorkRun(key, str(uuid4()), translation.get_language() or "id")
    with transaction.atomic():
        WorkPhase.objects.get_or_create(key=key, defaults={"state": state})
        row = WorkPhase.objects.select_for_update().get(key=key)
        if row.is_working and not _has_failed(row):
            return
        fresh = {"state": state, "done": 0, "of": 0, "detail": {}, "is_working": True, "run": run.token}
        WorkPhase.objects.filter(pk=row.pk).update(changed_at=timezone.now(), **fresh)
        queued = task.enqueue(list(run), *arguments)
        WorkPhase.objects.filter(pk=row.pk, run=run.token).update(task=queued.id)


def now(key: str) -> Phase | None:
    """None when nothing was begun."""
    row = WorkPhase.objects.filter(key=key).first()
    if row is None:
        return None
    if row.is_working and _has_failed(row):
        return Phase(BROKEN, detail={"state": row.state})
    return Phase(row.state, row.done, row.of, row.detail, row.is_working)


def _has_failed(row: WorkPhase) -> bool:
    from django_tasks_db.models import DBTaskResult

    return bool(row.task) and DBTaskResult.objects.failed().filter(pk=row.task).exists()
