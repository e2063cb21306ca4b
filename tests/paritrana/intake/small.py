"""A small table of its own: people by address and shelf, with what they lent; nothing of the portal's rows."""

from typing import Any

from paritrana.intake import Column, Intake, RowChange, WrittenBy
from paritrana.intake.description import ReadRow, RowOutcome, Tell
from paritrana.intake.fields import ChosenField, CountedField, DayCellField, TextField
from paritrana.intake.questions import Option, Question
from paritrana.workbooks import Row, Table


class Shelf(dict[tuple[str, str], dict[str, Any]]):
    """What is stored, by key."""


class Loans(Intake):
    name = "loans"
    title = "Loans"
    keys = ("address", "shelf")
    agree = {("address",): ("person",)}
    leaves = frozenset({"person"})

    def __init__(self, stored: Shelf | None = None) -> None:
        self.stored = Shelf() if stored is None else stored

    def columns(self) -> list[Column]:
        shelves = ChosenField(label="Shelf", options=lambda: {"North": "n", "South": "s"}, label_of=_SHELVES.get)
        return [
            Column("address", TextField(label="E-mail", help_text="One a person."), ("mail",), example="a@contoh.id"),
            Column("person", TextField(label="Name", required=False), is_optional=True),
            Column("shelf", shelves),
            Column("count", CountedField(label="Books", required=False)),
            Column("since", DayCellField(label="Since", required=False), is_optional=True),
            Column("remark", TextField(label="Remark"), is_for_the_eye=True),
        ]

    def is_left_empty(self, cells: Any) -> bool:
        return cells.get("count") is None

    def known(self, rows: list[ReadRow]) -> Shelf:
        return self.stored

    def in_force(self, before: dict[str, Any]) -> dict[str, Any]:
        return before

    def refusal(self, change: RowChange) -> tuple[str, str] | None:
        return ("count", "Nobody lends that many.") if change.values["count"] > 99 else None

    def question(self, change: RowChange) -> Question | None:
        if change.values["count"] == 76:
            return Question("Which?", (Option("known", "Ani"), Option("again", "a row above"), Option("new", "nobody")))
        return Question("Is that so?") if change.values["count"] == 77 else None

    def settle(self, change: RowChange) -> RowOutcome:
        return {"known": RowOutcome.SAME, "again": RowOutcome.LEFT_OUT}.get(change.answer, RowOutcome.WRITTEN)

    def write(self, changes: list[RowChange], hand: WrittenBy, tell: Tell) -> None:
        for change in changes:
            self.stored[self.key(change.values)] = {name: change.values.get(name) for name in ("person", "count")}


_SHELVES = {"n": "North", "s": "South"}


def table(columns: str, *lines: str) -> Table:
    """A table as the reader of files gives it; numbers stay text."""
    names = columns.split(",")
    rows = [
        Row(number, {name: cell or None for name, cell in zip(names, line.split(","), strict=True)})
        for number, line in enumerate(lines, 2)
    ]
    return Table(names, rows)
