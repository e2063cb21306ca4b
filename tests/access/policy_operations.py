"""The policy of what is for whoever runs the portal, and for machines that watch it."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.access.rules import ADMIN, EVERYBODY, POST, Rule
from tests.access.world import Place


def _failed_task(place: Place) -> dict[str, Any]:
    given = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "x", "backend_name": "default"}
    row, _made = DBTaskResult.objects.update_or_create(
        pk=UUID(int=place.region.pk), defaults=given | {"status": "FAILED", "run_after": timezone.now()}
    )
    return {"pk": row.pk}


OPERATIONS: dict[str, Rule] = {
    "live": Rule(EVERYBODY),
    "ready": Rule(EVERYBODY),
    "metrics": Rule(ADMIN),
    "operations": Rule(ADMIN),
    "task-retry": Rule(ADMIN, methods=POST, of=_failed_task, absent={"pk": UUID(int=999_999)}),
}
