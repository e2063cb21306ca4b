"""The registry of the to-do list and the menu; each app registers its own sources when it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from paritrana.accounts.models import User


@dataclass(frozen=True)
class Task:
    """One thing to do for a person; ``count`` is how many, a badge stands for something more urgent than a number."""

    title: str | Promise
    url: str
    hint: str | Promise = ""
    count: int | None = None
    done: bool = False
    deadline: str | None = None
    badge_code: str = ""
    badge_label: str | Promise = ""


@dataclass(frozen=True)
class MenuEntry:
    """A page in the menu, under the title of its section."""

    section: str | Promise
    label: str | Promise
    url: str
    icon: str


def _nothing(_user: User) -> list[MenuEntry]:
    return []


@dataclass(frozen=True)
class Source:
    """Where tasks and menu entries of a person come from; the lowest ``order`` comes first on the page."""

    order: int
    tasks_for: Callable[[User], list[Task]]
    menu_for: Callable[[User], list[MenuEntry]] = _nothing


_sources: dict[int, Source] = {}


def register(source: Source) -> None:
    """Add a source; ValueError when its order or its tasks are registered already."""
    for other in _sources.values():
        if other.order == source.order or other.tasks_for == source.tasks_for:
            names = [f"{each.tasks_for.__module__} (order {each.order})" for each in (other, source)]
            raise ValueError(f"to-do items registered twice: {' and '.join(names)}")
    _sources[source.order] = source


def tasks_for(user: User) -> list[Task]:
    """All tasks of this person in the order of the sources; finished ones come last."""
    return sorted((task for source in _in_order() for task in source.tasks_for(user)), key=lambda task: task.done)


def menu_for(user: User) -> list[MenuEntry]:
    return [entry for source in _in_order() for entry in source.menu_for(user)]


def _in_order() -> list[Source]:
    return [_sources[order] for order in sorted(_sources)]
