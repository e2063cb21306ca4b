"""Time slots from days, rooms and a pattern; and an order drawn from a published seed. Pure functions.

The draw: ``digest`` is the sha256 (hex) of "seed:key" in UTF-8, and candidates are ordered by digest, smallest first.
Check it with ``printf '%s' 'SEED:KEY' | sha256sum``.
"""

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Break = tuple[datetime.time, datetime.time]


@dataclass(frozen=True, order=True)
class Slot:
    """``starts_at`` is aware; the room is as typed."""

    starts_at: datetime.datetime
    room: str


@dataclass(frozen=True)
class Pattern:
    """The day of the interviews: start and end in local time, breaks, and the length of a slot."""

    opens: datetime.time
    closes: datetime.time
    length: datetime.timedelta
    breaks: Sequence[Break] = ()

    def times(self) -> list[datetime.time]:
        """When the slots of a day start; no slot overlaps a break or the end."""
        at, found = self._on_a_day(self.opens), []
        while at + self.length <= self._on_a_day(self.closes):
            until = max((self._on_a_day(end) for end in self._in_the_way(at)), default=None)
            if until:
                at = until
                continue
            found.append(at.time())
            at += self.length
        return found

    def _in_the_way(self, at: datetime.datetime) -> list[datetime.time]:
        """The ends of the breaks that a slot starting here would overlap."""
        return [
            end
            for start, end in self.breaks
            if at < self._on_a_day(end) and self._on_a_day(start) < at + self.length and start < end
        ]

    @staticmethod
    def _on_a_day(time: datetime.time) -> datetime.datetime:
        return datetime.datetime.combine(datetime.date(2000, 1, 1), time)


def slots(days: Iterable[datetime.date], rooms: Sequence[str], pattern: Pattern, zone: datetime.tzinfo) -> list[Slot]:
    """Every slot in order of time, at one time in the order of the rooms."""
    times = pattern.times()
    return [
        Slot(datetime.datetime.combine(day, time, tzinfo=zone), room)
        for day in sorted(set(days))
        for time in times
        for room in rooms
    ]


def digest(seed: str, key: str) -> str:
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def drawn(seed: str, keys: Iterable[str]) -> list[str]:
    """The keys in drawn order; the result does not depend on the order of the input."""
    return sorted(keys, key=lambda key: (digest(seed, key), key))
