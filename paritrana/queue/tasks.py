"""Housekeeping of the queue itself."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task

from paritrana.queue.models import StagedFile, WorkPhase

KEPT = timedelta(days=30)
"""How long one may look up what became of work."""


@task()
def sweep() -> None:
    """Forget ended sessions, files nobody confirmed within a day, and work done long ago."""
    now = timezone.now()
    StagedFile.objects.filter(at__lt=now - timedelta(days=1)).delete()
    WorkPhase.objects.filter(is_working=False, changed_at__lt=now - KEPT).delete()
    call_command("prune_db_task_results", min_age_days=1, failed_min_age_days=KEPT.days, verbosity=0)
    call_command("clearsessions", verbosity=0)
