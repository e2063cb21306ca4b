"""What a table leaves open while it is read: cells that may mean several things, rows that contradict each other."""

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from paritrana.intake.description import Intake, ReadRow
from paritrana.intake.questions import MOST_ASKED, Answers, AskedQuestion, Option, Question, SeveralMeanings, stem
from paritrana.workbooks import Fault

MOST_CHOICES = 20
"""Rows about the same thing, each saying something else, among which somebody can choose."""


@dataclass(frozen=True)
class AskedCell:
    """What a cell may mean, by the answer."""

    asked: AskedQuestion
    meant: dict[str, Any]


class Asking:
    """The questions of one table, with the answers given so far; ``places`` says where each column stands."""

    def __init__(self, intake: Intake, answers: Answers, places: Callable[[], dict[str, str]]) -> None:
        self.intake, self._find_places = intake, places
        self.answers = {stem(key): answer for key, answer in answers.items()}
        self.asked: list[AskedQuestion] = []
        self.left_out: list[int] = []
        self.faults: list[Fault] = []

    @cached_property
    def _places(self) -> dict[str, str]:
        return self._find_places()

    def cell(self, name: str, number: int, readings: SeveralMeanings) -> AskedCell:
        """Ask once what a cell means, for every row that has it."""
        place = self._places[name]
        text = _("%(column)s: what does “%(typed)s” mean?") % {"typed": readings.typed, "column": place}
        options = [Option(value, words) for value, words, _meant in readings.meant]
        asked = self._ask(f"{self._letter(name)}{number}", [], text, options)
        return AskedCell(asked, {value: meant for value, _words, meant in readings.meant})

    def settle_repeated(self, rows: list[ReadRow]) -> list[int]:
        """Of rows about the same thing the one that says most counts where they agree; else the rows that wait."""
        groups = _grouped(rows, [self.intake.key(row.values) for row in rows]) if self.intake.keys else []
        return [number for group in groups for number in self._settle_group(group)]

    def _settle_group(self, rows: list[ReadRow]) -> list[int]:
        different: list[ReadRow] = []
        for row in rows:
            if any(self._says_all(one, row) for one in different):
                self.left_out.append(row.row)
                continue
            fewer = [one.row for one in different if self._says_all(row, one)]
            self.left_out += fewer
            different = [one for one in different if one.row not in fewer]
            if len(different) < MOST_CHOICES:
                different.append(row)
            else:
                text = _("Row %(row)s already says something about the same %(columns)s. Keep one.")
                told = {"row": rows[0].row, "columns": self.intake.headings(self.intake.keys)}
                self.faults.append(Fault(row.row, "", text % told))
        if len(different) == 1:
            return []
        text = _("These rows say different things about the same %(columns)s. Which one counts?")
        names = [name for name in self.intake.table if len(_said(different, name)) > 1]
        options = [Option(str(row.row), self._in_words(row, names)) for row in different]
        told = {"columns": self.intake.headings(self.intake.keys)}
        answer = self._ask(_span(different), [row.row for row in different], text % told, options).answer
        rest = [row.row for row in different if str(row.row) != answer]
        if answer:
            self.left_out += rest
        return [] if answer else rest

    def _says_all(self, row: ReadRow, of: ReadRow) -> bool:
        """Whether the row says all the other does; an empty cell that leaves what is stored says nothing."""
        return all(
            row.values.get(name) == value or (name in self.intake.leaves and value in (None, ""))
            for name, value in of.values.items()
        )

    def settle_disagreeing(self, rows: list[ReadRow]) -> list[int]:
        """Rows about one subject say the same of it; those that wait for an answer about what that is."""
        waiting = []
        for subject, columns in self.intake.agree.items():
            told = [row for row in rows if any(map(row.values.get, subject))]
            for group in _grouped(told, [tuple(map(row.values.get, subject)) for row in told]):
                for name in filter(self.intake.table.__contains__, columns):
                    waiting += self._agree(group, subject, name)
        return waiting

    def _agree(self, rows: list[ReadRow], subject: tuple[str, ...], name: str) -> list[int]:
        column = self.intake.table[name]
        said = {column.shown(value): value for value in _said(rows, name) if value not in (None, "")}
        if len(said) < 2:
            return []
        text = _("%(column)s: these rows tell of the same %(columns)s, but not the same. Which one is right?")
        told = {"column": self._places[name], "columns": self.intake.headings(subject)}
        key, numbers = f"{self._letter(name)}{_span(rows)}", [row.row for row in rows]
        answer = self._ask(key, numbers, text % told, [Option(words, words) for words in said]).answer
        for row in rows if answer else []:
            row.values[name] = said[answer]
        return [] if answer else numbers

    def too_many(self) -> list[Fault]:
        """More questions than a person should answer: the file has to be mended."""
        text = _("%(question)s Write it in the file: at most %(most)s questions are asked.")
        every = self.asked if len(self.asked) > MOST_ASKED else []
        return [Fault(each.rows[0], "", text % {"question": each.question.text, "most": MOST_ASKED}) for each in every]

    def _in_words(self, row: ReadRow, names: list[str]) -> str:
        columns = [self.intake.table[name] for name in names]
        said = "; ".join(f"{column.heading}: {column.shown(row.values.get(column.name)) or '–'}" for column in columns)
        return _("row %(row)s: %(said)s") % {"row": row.row, "said": said}

    def _letter(self, name: str) -> str:
        return self._places[name].partition(" ")[0]

    def _ask(self, key: str, rows: list[int], text: str, options: list[Option]) -> AskedQuestion:
        question = Question(text, tuple(options))
        self.asked.append(AskedQuestion(key, rows, question, question.chosen(self.answers.get(stem(key), ""))))
        return self.asked[-1]


def _grouped(rows: list[ReadRow], keys: list[Hashable]) -> list[list[ReadRow]]:
    """Rows of one key, where there are several."""
    groups: dict[Hashable, list[ReadRow]] = defaultdict(list)
    for row, key in zip(rows, keys, strict=True) if len(set(keys)) < len(keys) else ():
        groups[key].append(row)
    return [group for group in groups.values() if len(group) > 1]


def _said(rows: list[ReadRow], name: str) -> list[Any]:
    """The different values of a column."""
    found: list[Any] = []
    for row in rows:
        if (value := row.values.get(name)) not in found:
            found.append(value)
    return found


def _span(rows: list[ReadRow]) -> str:
    return f"{rows[0].row}-{rows[-1].row}"
