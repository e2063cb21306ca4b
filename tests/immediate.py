"""Tasks in tests are done at once, in the test's own transaction, and what they raise reaches the test.

Those that are about workers put the real queue back (``tests/paritrana/queue``).
"""

from typing import Any
from uuid import uuid4

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResultStatus


class AtOnce(ImmediateBackend):
    supports_priority = True

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        result = super().enqueue(task, args, kwargs)
        object.__setattr__(result, "id", str(uuid4()))  # as those of the queue are
        if result.status == TaskResultStatus.FAILED:
            raise AssertionError(result.errors[0].traceback)
        return result
