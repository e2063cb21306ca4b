"""The interfaces between scoring and the kinds of criteria.

Kinds are below scoring and import nothing of it. The arithmetic stays in the ranking kernel, which is passed as a
``Kernel``: a kind chooses the operation and the figures. Figures are hundredths; None is a figure that cannot be
computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from awards.models import Candidate, Criterion, Nomination
else:  # the models import the kinds: at run time these are names for annotations alone
    Candidate = Criterion = Nomination = Any

Facts = dict[str, Any]
Reason = list[Any]
"""``[code, argument...]``: why there is no score, stored without text."""
Figure = int | None
Count = tuple[int, int]
"""A part and the whole it is a part of."""
Cell = Any
"""A cell as in ``scoring.exports.workbook.cells``: None, a text, a number, or (formula, its present result)."""


@dataclass(frozen=True)
class Scores:
    """One criterion over all contenders: the scores, the facts they come from, and the reasons of missing ones."""

    scores: Sequence[Figure]
    facts: list[Facts]
    missing: list[list[Reason]]


class Kernel(Protocol):
    """The operations of ``scoring.ranking`` that compute a score, each for all contenders at once."""

    enough_to_trim: int

    def share(self, counts: Sequence[Count]) -> list[Figure]:
        """100 x part / whole, rounded; None where the whole is 0."""

    def at_most_full(self, shares: Sequence[Figure]) -> list[Figure]:
        """The same percentages, those above 100.00 as 100.00."""

    def growth_points(self, now: Sequence[Figure], before: Sequence[Figure], *, zero: int, full: int) -> list[Figure]:
        """Points for the difference of two percentages; None where one of them is missing."""

    def mean(self, marks: Sequence[Sequence[int]], *, trim: bool) -> list[Figure]:
        """The mean of each contender's marks; None without marks."""


class CriterionInputs(Protocol):
    """The data about the contenders, by primary keys; see ``scoring.standings.inputs.RubricInputs``."""

    @property
    def year(self) -> int: ...
    @property
    def coverage(self) -> Any: ...
    @property
    def unsent(self) -> Any: ...
    @property
    def answers(self) -> Any: ...
    @property
    def interviews(self) -> Any: ...
    @property
    def marks(self) -> Any: ...
    @property
    def absent(self) -> Any: ...
    @property
    def rooms(self) -> Any: ...
    @property
    def trims(self) -> bool: ...
    @property
    def cuts_shares(self) -> bool:
        """Whether a share above 100.00 earns 100.00 where the rubric says nothing else."""


@dataclass(frozen=True)
class Trace:
    """How a score is calculated: lines, a table of its inputs, and notes on their sources."""

    sum: str = ""
    table: Any = None
    notes: list[Any] = field(default_factory=list)


class TraceParts(Protocol):
    """The parts of a trace that scoring provides; names appear only for readers who may see them."""

    @property
    def year(self) -> int:
        """Of the coverage figures."""

    def figures(self, slug: str, years: list[int]) -> Any:
        """The table of the coverage figures that were counted."""

    def papers(self, slug: str) -> list[Any]:
        """The nominator's note and attachments, and who verified the nomination."""

    def attendance(self) -> list[Any]:
        """Who recorded the attendance."""

    def marks(self, slug: str) -> tuple[list[int], Any]:
        """The marks that count, and the table of all of them."""


class Head(NamedTuple):
    """A column of the winners workbook: its heading, the format of its cells, and the rows above it."""

    name: str
    look: str = "text"
    top: Cell = None
    top_look: str = "percent"


class Cells(Protocol):
    """Cell addresses of one criterion and contender on the scores sheet of the winners workbook."""

    @property
    def year(self) -> int:
        """Of the coverage figures."""

    @property
    def cuts_shares(self) -> bool:
        """As of ``CriterionInputs``."""

    def cell(self, nth: int = 0) -> str:
        """One of the contender's own cells of this criterion."""

    def across(self, count: int) -> str:
        """The first cells of the criterion, this many."""

    def tops(self, count: int) -> str:
        """The cells above them."""

    def points(self, what: str) -> str:
        """The points cell of a row the kind wrote on the rules sheet, by its key."""

    def limit(self, what: str) -> str:
        """The limit of such a row."""

    def columns(self, what: str) -> tuple[str, str, str]:
        """The labels, limits and points of all rows under a key."""

    def counted(self, year: int) -> tuple[Cell, Cell, list[str]] | None:
        """Participants and workers of all segments as (formula, sum), and their definitions; None without figures."""

    def percentage(self, part: int, whole: int) -> int:
        """The rounded percentage of two such sums; ``whole`` > 0."""

    def marks(self) -> str:
        """The marks of the contender; empty without marks."""
