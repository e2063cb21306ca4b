"""The registry of the to-do list and the menu; each app registers its own sources when it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from paritrana.display import formats

if TYPE_CHECKING:
    from paritrana.accounts.models import User


class Urgency(IntEnum):
    """Why a task comes before others, most urgent first; never because it is one of many."""

    LATE = 0
    MEND = 1
    SOON = 2
    TURN = 3
    OPEN = 4


BADGES: dict[Urgency, tuple[str, str | Promise]] = {
    Urgency.LATE: ("critical", gettext_lazy("overdue")),
    Urgency.MEND: ("caution", gettext_lazy("to mend")),
    Urgency.SOON: ("caution", gettext_lazy("closes soon")),
    Urgency.TURN: ("info", gettext_lazy("your turn")),
}
"""Tone and label; what can be done at any time has no badge."""

SOON = timedelta(days=3)


def urgency_before(closes_at: datetime | None, otherwise: Urgency) -> Urgency:
    """By the time left; ``otherwise`` while there is enough of it, or no deadline."""
    if closes_at is None:
        return otherwise
    left = closes_at - timezone.now()
    by_time = Urgency.LATE if left <= timedelta(0) else Urgency.SOON if left <= SOON else otherwise
    return min(by_time, otherwise)


def since_day(moment: datetime | None, zone: str = "WIB") -> str:
    """The day of a moment in its place's time zone, for ``Task.since``; empty without one."""
    return formats.day(moment, zone) if moment else ""


@dataclass(frozen=True)
class Task:
    """One thing to do for a person, or one that waits for somebody else: ``turn`` then says whose turn it is.

    ``since`` is the moment from which others wait for it, already in the time zone of its place.
    """

    title: str | Promise
    url: str
    hint: str | Promise = ""
    count: int | None = None
    done: bool = False
    deadline: str | None = None
    urgency: Urgency = Urgency.OPEN
    since: str = ""
    turn: str | Promise = ""

    @property
    def badge(self) -> tuple[str, str | Promise] | None:
        return BADGES.get(self.urgency)


@dataclass(frozen=True)
class MenuEntry:
    """A page in the menu, under the title of its section."""

    section: str | Promise
    label: str | Promise
    url: str
    icon: str


def _nothing(_user: User) -> list[Any]:
    return []


@dataclass(frozen=True)
class Source:
    """Where tasks and menu entries of a person come from; the lowest ``order`` comes first on the page.

    ``awaited_by`` gives what this person waits for while it is somebody else's turn.
    """

    order: int
    tasks_for: Callable[[User], list[Task]]
    menu_for: Callable[[User], list[MenuEntry]] = _nothing
    awaited_by: Callable[[User], list[Task]] = _nothing


_sources: dict[int, Source] = {}


def register(source: Source) -> None:
    """Add a source; ValueError when its order or its tasks are registered already."""
    for other in _sources.values():
        if other.order == source.order or other.tasks_for == source.tasks_for:
            names = [f"{each.tasks_for.__module__} (order {each.order})" for each in (other, source)]
            raise ValueError(f"to-do items registered twice: {' and '.join(names)}")
    _sources[source.order] = source


def tasks_for(user: User) -> list[Task]:
    """All tasks of this person, the most urgent first and finished ones last; else in the order of the sources."""
    found = (task for source in _in_order() for task in source.tasks_for(user))
    return sorted(found, key=lambda task: (task.done, task.urgency))


def awaited_by(user: User) -> list[Task]:
    """What this person waits for, in the order of the sources."""
    return [task for source in _in_order() for task in source.awaited_by(user)]


def menu_for(user: User) -> list[MenuEntry]:
    return [entry for source in _in_order() for entry in source.menu_for(user)]


def _in_order() -> list[Source]:
    return [_sources[order] for order in sorted(_sources)]
