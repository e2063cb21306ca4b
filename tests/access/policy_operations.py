"""The policy of what is for whoever runs the portal, and for machines that watch it."""

from typing import Any
from uuid import UUID

from tests.access.rules import ADMIN, EVERYBODY, POST, Rule
from tests.access.world import Place


def _failed_task(place: Place) -> dict[str, Any]:
    return {"pk": UUID(int=place.region.pk)}


OPERATIONS: dict[str, Rule] = {
    "live": Rule(EVERYBODY),
    "ready": Rule(EVERYBODY),
    "metrics": Rule(ADMIN),
    "operations": Rule(ADMIN),
    "task-retry": Rule(ADMIN, methods=POST, of=_failed_task, absent={"pk": UUID(int=999_999)}),
}
