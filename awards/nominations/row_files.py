"""The file a row of a list names, found among those attached to its criterion."""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.models import Evidence


@dataclass(frozen=True)
class TextOfRow:
    """``file`` is the name typed in the row; ``evidence`` the attached file of that name, None where there is none."""

    text: str
    file: str = ""
    evidence: Evidence | None = None

    @property
    def in_words(self) -> str:
        return f"{self.text} [{self.file}]" if self.file else self.text


def linked(rows: Iterable[tuple[str, str]], files: Iterable[Evidence]) -> list[TextOfRow]:
    """Names are compared without capitals and outer spaces."""
    known = {file.name.strip().casefold(): file for file in files}
    return [TextOfRow(text, name, known.get(name.strip().casefold())) for text, name in rows]
