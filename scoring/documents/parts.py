"""One text of a document's wording, as forms show and versions store it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """``is_list`` where every line is an item of a list."""

    name: str
    label: Any
    default: Any
    is_list: bool = False
