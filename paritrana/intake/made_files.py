"""A file made by a task for one person, beside the page that asked for it, and kept for a day."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from paritrana.intake import staging
from paritrana.intake.staging import Upload
from paritrana.queue import phases
from paritrana.queue.phases import Phase, WorkRun

if TYPE_CHECKING:
    from django_tasks.base import Task

    from paritrana.accounts.models import User


@dataclass(frozen=True)
class MadeFile:
    """``about`` says what the file holds; each person has one of each."""

    about: str
    user: "User"

    @cached_property
    def phase(self) -> Phase | None:
        return phases.now(self._key)

    @property
    def made(self) -> Upload | None:
        """The file last made, as long as it is kept."""
        return staging.find(self.user, self.phase.detail.get("file", ""), self.about) if self.phase else None

    def begin(self, task: "Task[..., Any]", *arguments: Any) -> None:
        phases.begin(self._key, "making", task, *arguments)

    def keep(self, run: WorkRun, name: str, content: bytes) -> None:
        """Call it in the transaction that records the file. Raises FinishedElsewhere."""
        run.finish("made", file=staging.fresh(self.user, name, [content], self.about).key)

    @property
    def _key(self) -> str:
        return f"{self.about} {self.user.pk}"
