"""What a person settles about a file, on the preview or by ``--answer``, before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from paritrana.intake.description import RowChange

MOST_ASKED = 100
"""Of more questions about cells and repeated rows the file is refused: it has to be mended."""

Answers = Mapping[str, str]
"""The value of the option chosen, by the ``key`` of the question."""


@dataclass(frozen=True)
class Option:
    """One answer to a question; ``url`` leads to what it names."""

    value: str
    label: str | Promise
    url: str = ""


@dataclass(frozen=True)
class Question:
    """What a person has to settle.

    With ``options`` nothing is written before one of them is chosen; without, the row is written, and asked about in
    its room. ``hint`` is what the person has to know besides. ``first`` is the row
    whose answer counts for this one too.
    """

    text: str | Promise
    options: tuple[Option, ...] = ()
    hint: str | Promise = ""
    first: int = 0

    def chosen(self, answer: str) -> str:
        """The answer where it is one of the options, else nothing."""
        return answer if answer in {option.value for option in self.options} else ""


def stem(key: str) -> str:
    """What a key keeps when other answers bring later rows to the question: ``2-`` of ``2-7``."""
    first, mark, _last = key.partition("-")
    return first + mark


@dataclass
class AskedQuestion:
    """A question with the rows it is about, and what was answered to it.

    ``key`` is the number of the row, the address of the first cell that says so (``B2``), or the first and the last of
    rows that contradict each other (``2-7``). ``change`` is the row where the importer itself asks.
    """

    key: str
    rows: list[int]
    question: Question
    answer: str = ""
    change: "RowChange | None" = None


class SeveralMeanings(ValidationError):
    """A cell that may mean several things: a question where a file is read, a refusal anywhere else.

    Each of ``meant`` is the text an answer names it by, the words it is shown in, and the value.
    """

    def __init__(self, typed: str, meant: Iterable[tuple[str, str, Any]]) -> None:
        self.typed, self.meant = typed, list(meant)
        told = {"typed": typed, "readings": "; ".join(words for _text, words, _value in self.meant)}
        super().__init__(_("“%(typed)s” may mean %(readings)s. Write which one.") % told, code="readings")
