"""What an importer says of its table. Everything else of this room works from it."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise

from paritrana.intake.columns import Column
from paritrana.intake.questions import Question
from paritrana.workbooks import MOST_ROWS, Fault

if TYPE_CHECKING:
    from paritrana.accounts.models import User

Tell = Callable[[int, int], None]
"""Is told now and then how many rows are done, and of how many."""


class Overtaken(Exception):
    """Somebody changed what the plan was made from; nothing was written."""


@dataclass(frozen=True)
class ReadRow:
    """A row that can be believed: its number in the file and its values by column; absent columns have none."""

    row: int
    values: dict[str, Any]


class RowOutcome(Enum):
    """What an answer makes of its row."""

    WRITTEN = "written"
    SAME = "same"
    LEFT_OUT = "left-out"
    OPEN = "open"


@dataclass
class RowChange:
    """A row as it is compared. ``before`` is what is stored, ``old`` the values in force that differ."""

    row: int
    values: dict[str, Any]
    before: Any = None
    old: dict[str, Any] = field(default_factory=dict)
    question: Question | None = None
    answer: str = ""
    """The option a person chose."""

    @property
    def is_asked(self) -> bool:
        return self.question is not None and not self.answer

    @property
    def is_new(self) -> bool:
        return self.before is None


@dataclass(frozen=True)
class WrittenBy:
    """Who writes which file; ``digest`` is its sha256."""

    by: "User | None"
    name: str
    digest: str

    @property
    def person(self) -> "User":
        """For what is written only in somebody's name. Raises PermissionDenied."""
        if self.by is None:
            raise PermissionDenied
        return self.by


class Intake:
    """One kind of table. A subclass says what its columns are and how its rows are compared and written."""

    name: ClassVar[str]
    """In file names and in the folder of an upload."""
    title: str | Promise
    consequence: str | Promise = ""
    """What confirming means, in one sentence."""
    keys: tuple[str, ...] = ()
    """The columns that make two rows the same; without any a row is known by its number alone."""
    either: tuple[tuple[str, ...], ...] = ()
    """Groups of columns of which each row fills in exactly one."""
    agree: Mapping[tuple[str, ...], tuple[str, ...]] = {}
    """Rows with the same values in these columns must not contradict each other in those."""
    leaves: frozenset[str] = frozenset()
    """Columns whose empty cell leaves what is stored as it is."""
    most_rows: int = MOST_ROWS
    is_guarded = False
    """Whether ``write`` itself refuses what was overtaken, so that comparing needs no transaction."""

    def columns(self) -> list[Column]:
        """In the order of the template. Nothing is asked of the database here: the fields do when they are used."""
        raise NotImplementedError

    @cached_property
    def table(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns()}

    def headings(self, names: tuple[str, ...]) -> str:
        return ", ".join(self.table[name].heading for name in names if name in self.table)

    def absent(self, present: set[str]) -> list[str]:
        """The columns a file with these lacks."""
        return [
            column.name
            for column in self.table.values()
            if not (column.is_optional or column.is_for_the_eye or column.name in present)
        ]

    def is_left_empty(self, cells: Mapping[str, Any]) -> bool:
        """A row of the template that nobody filled in is no row."""
        return False

    def hold(self) -> None:
        """Keep others from writing the same rows until the end of the transaction; called before comparing for it."""

    def prepare(self, cells: dict[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
        """The cells about to be read; ``shown`` are those for the eye. ValidationError by column."""
        return cells

    def check_parts(self, values: dict[str, Any]) -> None:
        """The same as ``check`` for what can be judged although other cells of the row, not in ``values``, are refused.

        ValidationError by column.
        """

    def check(self, values: dict[str, Any]) -> None:
        """Whether the cells of a row go together; may complete them. ValidationError by column."""

    def key(self, values: dict[str, Any]) -> Hashable:
        return tuple(values.get(name) for name in self.keys)

    def identity(self, row: ReadRow) -> Hashable:
        """What ``known`` knows the row by."""
        return self.key(row.values) if self.keys else row.row

    def together(self, rows: list[ReadRow]) -> list[Fault]:
        """What is wrong with the rows as a whole, each fault at its row and column."""
        return []

    def known(self, rows: list[ReadRow]) -> Mapping[Hashable, Any]:
        """What is stored of these rows, by identity; the same number of queries for one row and for many."""
        raise NotImplementedError

    def in_force(self, before: Any) -> dict[str, Any]:
        """What is stored, as the columns would say it; what is not in it is not compared."""
        return {}

    def differences(self, change: RowChange) -> dict[str, Any]:
        """What is stored otherwise than the row says, by column."""
        return {
            name: old
            for name, old in self.in_force(change.before).items()
            if name in change.values
            and change.values[name] != old
            and not (name in self.leaves and change.values[name] in (None, ""))
        }

    def refusal(self, change: RowChange) -> tuple[str, str] | None:
        """Why this change is not allowed, as the column at fault and the reason."""
        return None

    def doubt(self, values: dict[str, Any]) -> tuple[str, str] | None:
        """What is taken but worth a second look, as the column and the reason."""
        return None

    def question(self, change: RowChange) -> Question | None:
        """What a person has to settle about this row."""
        return None

    def settle(self, change: RowChange) -> RowOutcome:
        """Take the answer over into the row. ValidationError where it cannot be taken, which says why."""
        return RowOutcome.WRITTEN

    def remark(self, change: RowChange) -> tuple[str, str]:
        """What the preview tells of a row besides its cells, and the address it leads to; empty for nothing."""
        return "", ""

    def write(self, changes: list[RowChange], hand: WrittenBy, tell: Tell) -> None:
        """Write all of it by the room's own actions, inside a transaction.

        Raises Overtaken or ValidationError when the database does not allow it any more.
        """
        raise NotImplementedError

    def lines(self) -> Iterable[dict[str, Any]]:
        """The rows the template already holds, by column; ``_locked`` names columns that may not be typed there."""
        return []

    def instructions(self) -> list[str]:
        """Sentences for whoever fills in the template, besides the rules of every table."""
        return []
