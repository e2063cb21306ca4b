"""How far reading a file of nominations is."""

from __future__ import annotations

from dataclasses import dataclass

from paritrana.workbooks import sandbox
from paritrana.workbooks.staging import Upload


@dataclass(frozen=True)
class ImportPhase:
    """``state`` is ``reading``, ``refused`` (with ``reason``) or ``read``; ``told`` is why it is shown again."""

    state: str
    done: int = 0
    of: int = 0
    reason: str = ""
    told: str = ""

    @property
    def is_working(self) -> bool:
        return self.state == "reading"


def now(upload: Upload) -> ImportPhase:
    """The phase an upload is in."""
    read = sandbox.progress(upload.folder)
    return ImportPhase(read.state, read.rows, read.of, read.reason)
