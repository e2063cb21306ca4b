"""What falls due by the clock: each task of ``settings.SCHEDULE`` is queued once by one of all workers."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from paritrana.queue.models import ScheduledTask


def queue_due() -> None:
    """What was missed while no worker ran is made up for once."""
    now = timezone.now()
    known = dict(ScheduledTask.objects.values_list("path", "next_at"))
    for path, seconds in settings.SCHEDULE.items():
        if path not in known:
            try:
                with transaction.atomic():
                    ScheduledTask.objects.create(path=path, next_at=now)
            except IntegrityError:
                continue  # another worker was faster
        if known.get(path, now) <= now:
            _queue(path, seconds)


def _queue(path: str, seconds: int) -> None:
    now = timezone.now()
    due = ScheduledTask.objects.filter(path=path, next_at__lte=now)
    with transaction.atomic():
        if due.update(next_at=now + timedelta(seconds=seconds)):
            queue_once(import_string(path))


def queue_once(task: Any) -> None:
    """Queue a task without arguments, unless one like it waits: that one will see whatever is committed by now."""
    from django_tasks_db.models import DBTaskResult

    if not DBTaskResult.objects.ready().filter(task_path=task.module_path).exists():
        task.enqueue()
