"""Whether this server can do its work, and whether anybody does the work beside requests."""

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from paritrana import schema
from paritrana.accounts import own_files
from paritrana.accounts.models import Installation
from paritrana.queue.models import QueueWorker

LEAST_FREE = 200 * 1024 * 1024
"""Bytes of the data folder's disk below which nothing more is accepted."""
SILENT = timedelta(minutes=1)
LATE = timedelta(minutes=10)


_LABELS = {
    "database": gettext_lazy("Database"),
    "storage": gettext_lazy("Document store"),
    "disk": gettext_lazy("Disk"),
    "schema": gettext_lazy("Tables"),
    "queue": gettext_lazy("Workers"),
}
_FAULTS = {
    "not prepared": gettext_lazy("not prepared"),
    "not writable": gettext_lazy("not writable"),
    "almost full": gettext_lazy("almost full"),
    "no worker": gettext_lazy("no worker"),
    "work waits": gettext_lazy("work waits"),
    "older than this code": gettext_lazy("older than this release"),
    "newer than this code can use": gettext_lazy("newer than this release"),
}


@dataclass(frozen=True)
class ServerCheck:
    """``fault`` is empty when all is well; what is not vital takes no server out of service.

    Name and fault are for machines, ``label`` and ``fault_text`` for people.
    """

    name: str
    fault: str = ""
    is_vital: bool = True

    @property
    def label(self) -> str | Promise:
        return _LABELS[self.name]

    @property
    def fault_text(self) -> str | Promise:
        return _FAULTS.get(self.fault, self.fault)


def checks() -> list[ServerCheck]:
    database = ServerCheck("database", _of(_database))
    found = [database, ServerCheck("storage", _of(_storage)), ServerCheck("disk", _disk())]
    if database.fault:
        return found
    return [*found, ServerCheck("schema", _of(_schema)), ServerCheck("queue", _of(_queue), is_vital=False)]


def is_ready(found: list[ServerCheck]) -> bool:
    return not any(each.fault and each.is_vital for each in found)


def _of(check: Callable[[], str]) -> str:
    """The kind of an error alone: its text may name hosts and users."""
    try:
        return check()
    except (DatabaseError, OSError) as error:
        return f"failed: {type(error).__name__}"


def _database() -> str:
    Installation.objects.exists()
    return ""


def _storage() -> str:
    if settings.OBJECT_STORE:
        return "" if storages["evidence"].exists(own_files.IDENTITY) else "not prepared"
    return "" if os.access(settings.DATA_DIR, os.R_OK | os.W_OK | os.X_OK) else "not writable"


def _disk() -> str:
    return "" if free_bytes() >= LEAST_FREE else "almost full"


def free_bytes() -> int:
    return shutil.disk_usage(settings.DATA_DIR).free


def _schema() -> str:
    found = schema.progress_now(connection)
    if not found.applied:
        return ""  # the tables were made from the models themselves; without tables the database has failed
    return "older than this code" if found.unapplied else "newer than this code can use" if found.too_new else ""


def _queue() -> str:
    now = timezone.now()
    if not QueueWorker.objects.filter(beaten_at__gte=now - SILENT).exists():
        return "no worker"
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - LATE, run_after__lt=now - LATE)
    return "work waits" if late.exists() else ""


def clock_skew() -> float:
    """Seconds this server's clock is ahead of the database's."""
    before = time.time()
    there = Installation.objects.annotate(at=Now()).values_list("at", flat=True).first()
    return (before + time.time()) / 2 - there.timestamp() if there else 0.0
