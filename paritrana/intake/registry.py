"""Which tables a topic of the help explains: each importer says so where it stands."""

from __future__ import annotations

from collections.abc import Callable

from paritrana.intake.description import Intake
from paritrana.intake.template import described_columns

_OF_TOPICS: dict[str, list[Callable[[], Intake]]] = {}


def explains(topic: str, described: Callable[[], Intake]) -> None:
    """Let the help on ``topic`` show the columns of this table."""
    _OF_TOPICS.setdefault(topic, []).append(described)


def tables_of(topic: str) -> list[dict[str, object]]:
    """Title and columns of each table, in the active language."""
    found = [described() for described in _OF_TOPICS.get(topic, [])]
    return [{"title": intake.title, "columns": described_columns(intake)} for intake in found]
