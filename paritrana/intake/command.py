"""What every importing command is: read, compared row by row with what is stored, written whole or not at all.

Exit codes. 0: done. 1: the file has faults, it contradicts what is stored, or a question is open; nothing was written.
2: the file cannot be read, or the command was typed wrongly.
"""

import re
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from paritrana.accounts.models import User
from paritrana.intake import registry
from paritrana.intake.description import Intake, Overtaken, RowChange, WrittenBy
from paritrana.intake.planning import IntakePlan, plan, write
from paritrana.intake.questions import Answers, AskedQuestion, stem
from paritrana.intake.report import total, which
from paritrana.intake.template import workbook
from paritrana.schema import DatabaseCommand
from paritrana.workbooks import Fault, Table, Unreadable, read_path

FAULTY, UNREADABLE = 1, 2
KEY = re.compile("[A-Z]{0,3}[0-9]+(-[0-9]+)?")
"""Of a question, as ``AskedQuestion`` describes it."""


class IntakeCommand(DatabaseCommand):
    """A subclass says with ``intake`` which table is read for the whole portal."""

    intake: type[Intake]
    errand = ""
    """Of the pages for this table: a person named with ``--by`` hands in what these pages take of them."""
    where: ClassVar[dict[str, str]] = {}
    """The arguments of the addresses of these pages, each with an example."""
    needs_person = False
    """Whether the table is written only in somebody's name."""

    def described(self, by: User | None, options: dict[str, Any]) -> Intake:
        """Raises CommandError where the person may not hand it in, or has to be named."""
        if by is None and self.needs_person and (self.where or not options["template"]):
            raise CommandError(_("Say with --by who answers for it."), returncode=UNREADABLE)
        if by is None or not self.errand:
            return self.intake()
        args = [options[name] for name in self.where]
        try:
            return registry.errand_of(self.errand, by, args).intake
        except (PermissionDenied, Http404) as refusal:
            told = {"person": by.email, "what": " ".join([self.errand, *args])}
            message = _("%(person)s may not hand this in, or it is not there: %(what)s.") % told
            reason = str(refusal) if isinstance(refusal, PermissionDenied) else ""
            raise CommandError(f"{message} {reason}".strip(), returncode=FAULTY) from refusal

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        for name, example in self.where.items():
            parser.add_argument(name, help=f"for example {example}")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        parser.add_argument("--by", metavar="EMAIL", help="the person who answers for what the file says")
        parser.add_argument("--template", action="store_true", help="write the workbook to be filled in to FILE")
        told = "answer a question by its key, such as 7=new, B2=51.03 or 2-7=7"
        parser.add_argument("--answer", metavar="KEY=VALUE", action="append", help=told)

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            by = self._person(options["by"])
            if options["template"]:
                options["file"].write_bytes(workbook(self.described(by, options)))
                return
            table = _table(options["file"])
            self._say(table.remarks, options)
            self._carry_out(table, by, options)

    def _carry_out(self, table: Table, by: User | None, options: dict[str, Any]) -> None:
        """Write the table, or only compare it, and say what became of its rows, the sum last."""
        intake = self.described(by, options)
        hand = WrittenBy(by, options["file"].name.encode("utf-8", "replace").decode(), table.digest)
        if options["dry_run"] or intake.is_guarded:
            found = _plan(intake, table, options)
            if not options["dry_run"]:
                _write(intake, found, hand)
        else:
            with transaction.atomic():
                intake.hold()
                found = _plan(intake, table, options)
                _write(intake, found, hand)
        sums = total(found)
        if options["dry_run"]:
            sums = _("Dry run, nothing written: %(sums)s") % {"sums": sums}
        said = _report(intake, found, _answers(options["answer"]), is_whole=options["verbosity"] > 1)
        self._say([*said, sums], options)

    def _say(self, lines: Iterable[str], options: dict[str, Any]) -> None:
        for line in lines if options["verbosity"] else ():
            self.stdout.write(line)

    def _person(self, email: str | None) -> User | None:
        person = User.objects.filter(email=(email or "").strip().lower(), is_active=True).first()
        if email is not None and person is None:
            message = _("Nobody with an active account has the address %(email)s.") % {"email": email}
            raise CommandError(message, returncode=UNREADABLE)
        return person


def _table(path: Path) -> Table:
    try:
        return read_path(path)
    except Unreadable as error:
        raise CommandError(f"{path.name}: {error}", returncode=UNREADABLE) from error


def _plan(intake: Intake, table: Table, options: dict[str, Any]) -> IntakePlan:
    """Raises CommandError with every fault, or with every question that has to be answered first, unless it is dry."""
    answers = _answers(options["answer"])
    found = plan(intake, table, answers=answers)
    if found.faults:
        lines = [*_unused(found, answers), *(str(_located(fault, found)) for fault in found.faults)]
        lines.append(_("%(count)s faults, nothing written") % {"count": len(found.faults)})
        raise CommandError("\n".join([*lines, total(found)]), returncode=FAULTY)
    if found.unanswered and not options["dry_run"]:
        lines = [line for asked in found.unanswered for line in _question_in_words(asked)]
        raise CommandError(
            "\n".join([*_unused(found, answers), *lines, _("Nothing was written."), total(found)]), returncode=FAULTY
        )
    return found


def _answers(given: list[str] | None) -> dict[str, str]:
    answers = {}
    for text in given or []:
        key, _sign, value = text.partition("=")
        if not KEY.fullmatch(key.strip().upper()) or not value:
            raise CommandError(_("“%(text)s” is no answer. Write KEY=VALUE.") % {"text": text}, returncode=UNREADABLE)
        answers[key.strip().upper()] = value.strip()
    return answers


def _write(intake: Intake, found: IntakePlan, hand: WrittenBy) -> None:
    try:
        write(intake, found.changes, hand)
    except PermissionDenied as refusal:
        message = str(refusal) or _("This person may not do that.")
        raise CommandError(message, returncode=FAULTY) from refusal
    except Overtaken as overtaken:
        message = str(overtaken) or _("Somebody else is importing the same rows. Import the file again.")
        raise CommandError(message, returncode=FAULTY) from overtaken


def _report(intake: Intake, found: IntakePlan, answers: Answers, *, is_whole: bool) -> Iterator[str]:
    """What became of the rows, each of them or only those a person has to look at."""
    for warning in found.warnings:
        yield _("Warning: %(warning)s") % {"warning": _located(warning, found)}
    for change in found.changes if is_whole else []:
        if not change.is_asked:
            yield _row_in_words(intake, change)
    for row in found.same if is_whole else []:
        yield _("row %(row)s: there already") % {"row": row}
    yield from _unused(found, answers)
    for change in found.asked:
        if change.question and not change.question.options:
            yield _row_in_words(intake, change)
    for asked in found.unanswered:
        yield from _question_in_words(asked)


def _unused(found: IntakePlan, answers: Answers) -> Iterator[str]:
    """The answers nobody asked for, and those that are none of the question's."""
    asked = {stem(each.key): each.question for each in found.questions}
    for key, value in sorted(answers.items()):
        question = asked.get(stem(key))
        if question is None:
            yield _("%(key)s: nothing is asked, the answer was not used") % {"key": key}
        elif not question.chosen(value):
            told = {"key": key, "value": value}
            yield _("%(key)s: “%(value)s” is not one of the answers, it was not used") % told


def _located(fault: Fault, found: IntakePlan) -> Fault:
    """The fault with its column as the template calls it."""
    return Fault(fault.row, found.places.get(fault.column, fault.column), fault.message)


def _row_in_words(intake: Intake, change: RowChange) -> str:
    """What is done with a row."""
    columns = [intake.table[name] for name in change.values if name in intake.table]
    shown = ", ".join(filter(None, (column.shown(change.values[column.name]) for column in columns)))
    kind = _("new") if change.is_new else _("changed")
    if change.question:
        kind = str(change.question.text)
    return _("row %(row)s: %(said)s – %(kind)s") % {"row": change.row, "said": shown, "kind": kind}


def _question_in_words(asked: AskedQuestion) -> Iterator[str]:
    """The question with what may be answered to it by ``--answer``."""
    question = asked.question
    yield f"{which(asked.rows)}: {question.text} {question.hint}".strip()
    for option in question.options:
        yield f"  --answer {shlex.quote(f'{asked.key}={option.value}')}  {option.label}"
