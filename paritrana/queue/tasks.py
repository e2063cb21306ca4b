"""Housekeeping of the queue itself."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks import task

from paritrana.accounts import personal_data
from paritrana.queue.models import WorkPhase

log = logging.getLogger(__name__)

KEPT = timedelta(days=30)
"""How long the outcome of work can be looked up."""


@task()
def sweep() -> None:
    """Delete the records of work finished long ago."""
    WorkPhase.objects.filter(is_working=False, changed_at__lt=timezone.now() - KEPT).delete()
    call_command("prune_db_task_results", min_age_days=1, failed_min_age_days=KEPT.days, verbosity=0)


@task()
def clear_personal_data() -> None:
    """What was kept as long as ``settings.RETENTION`` says, ended sessions, and tries to sign in that count no more."""
    found = {code: number for code, number in personal_data.sweep().items() if number}
    if found:
        log.info("kept long enough and cleared away: %s", found)
    call_command("clearsessions", verbosity=0)
    _forget_expired_tries()


def _forget_expired_tries() -> None:
    """The cache holds who tried to sign in from where; its own table drops what expired only when it is full."""
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # nosec B608 - the table's own name
