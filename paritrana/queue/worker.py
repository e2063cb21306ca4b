"""The worker: takes tasks from the database, tries again what failed, takes over what a dead worker left.

Its heart, a thread with a connection of its own, counts beats, writes progress, chains the trail and queues what is
due. Whether another worker is dead is seen by its beats standing still while one's own are written: no clocks are
compared, and a database that keeps everybody waiting makes nobody look dead.
"""

import logging
import os
import signal
import socket
import threading
import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from paritrana import __version__
from paritrana.accounts import chaining
from paritrana.queue import progress, schedule
from paritrana.queue.models import QueueWorker

WAITS = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
"""How long after each attempt the next one is made; after the last one the task has failed."""
SILENT = 6
"""So many beats of one's own without one of another worker's: that one is dead."""
INTERVAL = 0.5
"""Seconds between two looks at an empty queue."""
REST = 5.0
"""Seconds until a worker whose database was away is begun again."""
log = logging.getLogger(__name__)


class QueueTaker(Worker):
    """The library's worker, which also tries again."""

    def run_task(self, db_task_result: Any) -> None:
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            try_again(db_task_result)


class Heart(threading.Thread):
    """Beats until it is stopped; a beat that fails is made up for by the next one."""

    def __init__(self, key: str, beat: float, parent: int) -> None:
        super().__init__(name="heart", daemon=True)
        self.key, self.beat, self.parent, self.stopped = key, beat, parent, threading.Event()
        self.silence: dict[str, tuple[int, int]] = {}
        """Worker -> its last known heartbeat count, and how often that count had not changed."""

    def run(self) -> None:
        last = 0.0
        while not self.stopped.wait(min(1.0, self.beat)):
            if self.parent and os.getppid() != self.parent:
                os.kill(os.getpid(), signal.SIGTERM)
            try:
                progress.write()
                chaining.chain_some()
                if time.monotonic() - last >= self.beat:
                    self.once()
                    last = time.monotonic()
            except DatabaseError as error:
                log.warning("the worker could not beat: %s", error)
                connection.close()
        connection.close()

    def once(self) -> None:
        beat(self.key)
        for key in self._dead():
            log.error("worker %s is dead; its tasks go to others", key)
            QueueWorker.objects.filter(key=key).delete()
        take_over()
        schedule.queue_due()

    def _dead(self) -> list[str]:
        others = dict(QueueWorker.objects.exclude(key=self.key).values_list("key", "beats"))
        before = self.silence
        self.silence = {
            key: (beats, before[key][1] + 1 if before.get(key, (-1, 0))[0] == beats else 0)
            for key, beats in others.items()
        }
        return [key for key, (_beats, stood) in self.silence.items() if stood >= SILENT]


def beat(key: str) -> None:
    """Count one more; enters the worker where it is not yet, or not any more, known."""
    row, _made = QueueWorker.objects.get_or_create(
        key=key, defaults={"host": socket.gethostname(), "process": os.getpid(), "version": __version__}
    )
    QueueWorker.objects.filter(pk=row.pk).update(beats=row.beats + 1, beaten_at=timezone.now())


def take_over() -> None:
    """Queue the running tasks of workers that are not there any more."""
    running = list(DBTaskResult.objects.running())
    alive = set(QueueWorker.objects.values_list("key", flat=True)) if running else set()
    for task in running:
        if task.worker_ids[-1:] and task.worker_ids[-1] not in alive:
            try_again(task)


def try_again(task: Any) -> None:
    """Queue it once more after its wait, or leave it failed; of two that do this one succeeds."""
    attempts = len(task.worker_ids)
    was = DBTaskResult.objects.filter(pk=task.pk, status=task.status, started_at=task.started_at)
    if attempts > len(WAITS):
        lost = {"exception_class_path": "paritrana.queue.WorkerDied", "traceback": ""}
        died = lost if task.status == TaskResultStatus.RUNNING else {}
        was.update(status=TaskResultStatus.FAILED, finished_at=timezone.now(), **died)
        return
    wait = WAITS[attempts - 1] if task.status == TaskResultStatus.FAILED else timedelta(0)
    was.update(status=TaskResultStatus.READY, run_after=timezone.now() + wait, finished_at=None)


def work(*, batch: bool = False, parent: int = 0) -> None:
    """Take tasks until told to stop or the parent is gone; with ``batch`` until none is left."""
    key = uuid4().hex
    beat(key)  # before the first task, which would otherwise look like that of a dead worker
    heart = Heart(key, settings.WORKER_BEAT, parent)
    heart.start()
    taker = QueueTaker(
        queue_names=["*"],
        interval=INTERVAL,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=key,
        excluded_queue_names=[],
    )
    taker.configure_signals()
    try:
        taker.run()
    finally:
        heart.stopped.set()
        heart.join(5)
        with transaction.atomic():
            QueueWorker.objects.filter(key=key).delete()
        connections.close_all()


def work_always(parent: int = 0) -> None:
    """Start again whenever the database was unreachable, until told to stop."""
    while True:
        try:
            work(parent=parent)
        except DatabaseError as error:
            log.error("the worker lost its database and begins again: %s", error)
            connections.close_all()
            time.sleep(REST)
        else:
            return
