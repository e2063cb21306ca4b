"""One text of a document, as a form shows it and a version keeps it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """``is_list`` where every line is a point of a list."""

    name: str
    label: Any
    default: Any
    is_list: bool = False
