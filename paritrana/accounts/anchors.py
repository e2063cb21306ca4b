"""Anchors: ends of the chain as they were printed, mailed or stored elsewhere; each must still be in the chain.

Each app registers where some are found, so that nobody has to remember one; see docs/adr/0068.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from paritrana.accounts.models import AuditEvent

AT_ONCE = 500
_WRITTEN = re.compile(r"(?<![0-9A-Za-z])(\d{1,15}):([0-9a-f]{12,64})(?![0-9A-Za-z])")
_sources: list[Callable[[], Iterable[tuple[str, str]]]] = []


def register(source: Callable[[], Iterable[tuple[str, str]]]) -> None:
    """Add a function that yields (where, text); a text may hold several ends, whole or shortened as on paper."""
    _sources.append(source)


def holds(text: str) -> bool:
    """Whether the chain has every end written in this text; and there is one, or the chain had no event yet."""
    ends = _ends_in(text)
    return bool(ends) and not any(_missing(ends))


def faults() -> Iterator[str]:
    """The ends found anywhere that the chain does not contain, and where they were found."""
    found: dict[tuple[int, str], str] = {}
    for source in _sources:
        for where, text in source():
            for end in _ends_in(text):
                found.setdefault(end, where)
    ends = sorted(found)
    for first in range(0, len(ends), AT_ONCE):
        for sequence, digest in _missing(ends[first : first + AT_ONCE]):
            where = found[sequence, digest]
            yield f"the trail was rewritten: it no longer contains {sequence}:{digest} ({where})"


def _ends_in(text: str) -> list[tuple[int, str]]:
    return [(int(sequence), digest) for sequence, digest in _WRITTEN.findall(text)]


def _missing(ends: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    rows = AuditEvent.objects.filter(sequence__in=[sequence for sequence, _digest in ends])
    chained = dict(rows.values_list("sequence", "digest"))
    for sequence, digest in ends:
        if sequence and not chained.get(sequence, "").startswith(digest):
            yield sequence, digest
