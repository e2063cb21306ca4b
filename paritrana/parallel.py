"""The same work on many rows in several processes, for commands that read a whole country."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from django.core.management.base import CommandParser
from django.db import connections

Key = TypeVar("Key")
Result = TypeVar("Result")


def add_processes(parser: CommandParser) -> None:
    """The option ``--processes``, for ``in_processes``."""
    parser.add_argument("--processes", type=int, default=1, help="number of processes (default: %(default)s)")


def in_processes(work: Callable[[Key], Result], keys: Iterable[Key], processes: int) -> Iterator[Result]:
    """The results in the order of ``keys``; one process works here, several each with a connection of its own.

    A process is replaced after each key, so that no memory is kept from a large selection to the next. What ``work``
    raises is raised here.
    """
    if processes < 2:
        yield from map(work, keys)
        return
    connections.close_all()  # a forked process must not share the socket of its parent
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, initializer=_set_up, max_tasks_per_child=1) as pool:
        yield from pool.map(work, keys)


def _set_up() -> None:
    import django

    django.setup()
