"""Lanes: each connection to the database numbers the events it commits, without gaps, and asks nobody for a number.

So a missing number shows that an event was removed before it was chained; see docs/adr/0040.
"""

from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections, transaction


class _Lane:
    """``given`` is the highest number given out, ``committed`` the highest one that is known to be in the database."""

    def __init__(self) -> None:
        self.name, self.given, self.committed = uuid4().hex, 0, 0
        self.session: Any = None


class _Taken:
    """Numbers taken in an open transaction. Django forgets it with its savepoint, and calls it after the commit."""

    def __init__(self, lane: _Lane, count: int) -> None:
        self.lane, self.count, self.is_committed = lane, count, False

    def __call__(self) -> None:
        if not self.is_committed:
            self.is_committed = True
            self.lane.committed += self.count


_lanes: WeakKeyDictionary[Any, _Lane] = WeakKeyDictionary()


def take(count: int) -> tuple[str, int]:
    """The name of this connection's lane and the first of so many numbers, inside a transaction."""
    connection = connections[DEFAULT_DB_ALIAS]
    lane = _lane_of(connection)
    taken = [each for _savepoints, each, *_ in connection.run_on_commit if isinstance(each, _Taken)]
    first = 1 + lane.committed + sum(each.count for each in taken if each.lane is lane and not each.is_committed)
    lane.given = max(lane.given, first + count - 1)
    transaction.on_commit(_Taken(lane, count))
    return lane.name, first


def _lane_of(connection: Any) -> _Lane:
    """A new one after a session broke off with numbers given out: nobody knows whether they were committed."""
    lane = _lanes.get(connection)
    if lane is None or (lane.session is not connection.connection and lane.given > lane.committed):
        lane = _lanes[connection] = _Lane()
    lane.session = connection.connection
    return lane


def forget() -> None:
    """Begin new lanes, where the database was put back to an earlier state or emptied."""
    _lanes.clear()
