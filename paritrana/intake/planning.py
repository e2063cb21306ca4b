"""What a file would do: each row compared with what is stored, then all of it written or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction

from paritrana.intake.description import Intake, Overtaken, RowChange, RowOutcome, Tell, WrittenBy
from paritrana.intake.questions import Answers, AskedQuestion, Question
from paritrana.intake.reading import TableReading, place_of, read
from paritrana.workbooks import Fault, Table

TELL_EVERY = 1000


@dataclass
class IntakePlan(TableReading):
    """What was read, and what is to be done with it.

    ``changes`` are to be written, in the order of the file; ``same`` rows say what is stored, ``asked`` ones are for a
    person to settle, whether they are written or not; ``open`` ones cannot be compared before that.
    """

    changes: list[RowChange] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    asked: list[RowChange] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    header: int = 1

    @property
    def new(self) -> list[int]:
        return [change.row for change in self.changes if change.is_new and not change.is_asked]

    @property
    def altered(self) -> list[int]:
        return [change.row for change in self.changes if not change.is_new and not change.is_asked]

    @property
    def refused(self) -> list[int]:
        """Rows with a fault; when the table itself cannot be believed, all of them."""
        if any(fault.row <= self.header for fault in self.faults):
            return self.numbers
        return sorted({fault.row for fault in self.faults})

    @property
    def unanswered(self) -> list[AskedQuestion]:
        """What a person has to answer before anything is written."""
        return [asked for asked in self.questions if not asked.answer]

    @property
    def fingerprint(self) -> str:
        return _fingerprint(self)


def plan(intake: Intake, table: Table, tell: Tell | None = None, answers: Answers | None = None) -> IntakePlan:
    """Compare the table with what is stored; writes nothing."""
    reading = read(intake, table, answers)
    found = IntakePlan(**vars(reading), places=place_of(intake, table), header=table.header)
    _compare(intake, found, tell or (lambda done, of: None), answers or {})
    return found


def _compare(intake: Intake, found: IntakePlan, tell: Tell, answers: Answers) -> None:
    known = intake.known(found.rows)
    refused = []
    for done, row in enumerate(found.rows):
        if done % TELL_EVERY == 0:
            tell(done, len(found.rows))
        change = RowChange(row.row, row.values, known.get(intake.identity(row)))
        if not change.is_new:
            change.old = intake.differences(change)
        is_same = not (change.is_new or change.old)
        if not is_same and (refusal := intake.refusal(change)):
            refused.append(Fault(row.row, *refusal))
            continue
        change.question = intake.question(change)
        _sort_in(found, change, RowOutcome.SAME if is_same else _outcome(intake, change, answers))
    if refused:
        found.faults = sorted([*found.faults, *refused], key=lambda fault: fault.row)


def _outcome(intake: Intake, change: RowChange, answers: Answers) -> RowOutcome:
    """What is done with a row that says something new."""
    if change.question is None or not change.question.options:
        return RowOutcome.WRITTEN
    change.answer = change.question.chosen(answers.get(_key(change), ""))
    if not change.answer:
        return RowOutcome.OPEN
    try:
        return intake.settle(change)
    except ValidationError as refusal:
        change.answer = ""
        change.question = replace(change.question, hint=f"{change.question.hint} {refusal.messages[0]}".strip())
        return RowOutcome.OPEN


def _key(change: RowChange) -> str:
    """Of the question about the row: its number, or that of the first row of those asked about together."""
    return str(change.question.first if change.question and change.question.first else change.row)


def _sort_in(found: IntakePlan, change: RowChange, outcome: RowOutcome) -> None:
    if change.question and change.question.options:
        _ask(found, change, change.question)
    if change.is_asked:
        found.asked.append(change)
    if outcome is RowOutcome.WRITTEN:
        found.changes.append(change)
    elif outcome is RowOutcome.LEFT_OUT:
        found.left_out.append(change.row)
    elif outcome is RowOutcome.SAME and not change.is_asked:
        found.same.append(change.row)


def _ask(found: IntakePlan, change: RowChange, question: Question) -> None:
    """Once for all rows asked about together; it is answered when every one of them can take the answer."""
    key = _key(change)
    asked = next((each for each in found.questions if question.first and each.key == key), None)
    if asked is None:
        found.questions.append(AskedQuestion(key, [change.row], question, change.answer, change))
        return
    asked.rows.append(change.row)
    if not change.answer:
        asked.question, asked.answer = question, ""


def _fingerprint(found: IntakePlan) -> str:
    """Differs whenever writing would do something else than what was shown."""
    asked = [question.change for question in found.questions if question.change]
    rows = {id(change): change for change in [*found.changes, *asked, *found.asked]}.values()
    written = sorted(
        (
            change.row,
            repr(sorted((name, str(value)) for name, value in change.values.items())),
            _old(change),
            [option.value for option in change.question.options] if change.question else [],
        )
        for change in rows
    )
    waiting = [(each.key, each.answer, [one.value for one in each.question.options]) for each in found.questions]
    done = [change.row for change in found.changes]
    return sha256(repr([written, found.open, waiting, done]).encode()).hexdigest()


def _old(change: RowChange) -> str:
    version = getattr(change.before, "version", "")
    return "" if change.before is None else repr([version, sorted((n, str(v)) for n, v in change.old.items())])


def write(intake: Intake, changes: Iterable[RowChange], hand: WrittenBy, tell: Tell | None = None) -> int:
    """Write these changes, all of them or none; how many. Raises Overtaken when the database does not allow them."""
    every = list(changes)
    if not every:
        return 0
    try:
        with transaction.atomic():
            intake.write(every, hand, tell or (lambda done, of: None))
    except ValidationError as refusal:
        raise Overtaken(refusal.messages[0]) from refusal
    return len(every)
