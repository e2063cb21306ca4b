"""Lists on a page that show their first rows and count the others."""

from collections.abc import Sequence
from typing import TypeVar

MOST_LISTED = 50
Row = TypeVar("Row")


def listed(rows: Sequence[Row], most: int = MOST_LISTED) -> Sequence[Row]:
    return rows[:most]


def beyond(rows: Sequence[Row], most: int = MOST_LISTED) -> int:
    """How many are only counted."""
    return max(len(rows) - most, 0)
