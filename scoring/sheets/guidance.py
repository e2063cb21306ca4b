"""The guidance of a criterion: text, and the meaning of ranges of marks.

A rubric writes a range as a line of its own, ``85-100: Rencana tertulis dan dianggarkan``.
"""

import re
from dataclasses import dataclass

_LEVEL = re.compile(r"\s*(\d{1,3})\s*[-\N{EN DASH}]\s*(\d{1,3})\s*:\s*(.+?)\s*")


@dataclass(frozen=True)
class GuidanceLevel:
    """From ``least`` to ``most`` points, whole."""

    least: int
    most: int
    words: str


def read(guidance: str) -> tuple[str, tuple[GuidanceLevel, ...]]:
    """The text without ranges, and the ranges, best first."""
    words, levels = [], []
    for line in guidance.splitlines():
        match = _LEVEL.fullmatch(line)
        if match and int(match[1]) <= int(match[2]) <= 100:
            levels.append(GuidanceLevel(int(match[1]), int(match[2]), match[3]))
        elif line.strip():
            words.append(line.strip())
    return " ".join(words), tuple(sorted(levels, key=lambda level: -level.least))
