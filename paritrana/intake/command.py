"""What every importing command is: read, compared row by row with what is stored, written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from paritrana.accounts.file_command import FAULTY, UNREADABLE, FileCommand
from paritrana.accounts.models import User
from paritrana.intake.description import Intake, Overtaken, RowChange, WrittenBy
from paritrana.intake.planning import IntakePlan, plan, write
from paritrana.intake.template import workbook
from paritrana.workbooks import Fault, Table


class IntakeCommand(FileCommand):
    """A subclass says with ``described`` which table is read."""

    needs_person = False
    """Whether the table is written only in somebody's name."""

    def described(self, by: User | None, options: dict[str, Any]) -> Intake:
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--template", action="store_true", help="write the workbook to be filled in to FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        self.options = options
        if not options["template"]:
            super().handle(*args, **options)
            return
        with translation.override(settings.LANGUAGE_CODE):
            options["file"].write_bytes(workbook(self.described(self._person(options["by"]), options)))

    def carry_out(self, table: Table, *, by: User | None, name: str, is_dry: bool) -> Iterable[str]:
        if self.needs_person and by is None:
            raise CommandError(_("Say with --by who answers for it."), returncode=UNREADABLE)
        intake, hand = self.described(by, self.options), WrittenBy(by, name, table.digest)
        if is_dry or intake.is_guarded:
            found = self._plan(intake, table)
            if not is_dry:
                self._write(intake, found, hand)
        else:
            with transaction.atomic():
                found = self._plan(intake, table)
                self._write(intake, found, hand)
        return _report(intake, found, is_whole=self.options["verbosity"] > 1)

    def _plan(self, intake: Intake, table: Table) -> IntakePlan:
        found = plan(intake, table)
        if found.faults:
            raise self.refusal([_located(fault, found) for fault in found.faults])
        return found

    def _write(self, intake: Intake, found: IntakePlan, hand: WrittenBy) -> None:
        try:
            write(intake, found.changes, hand)
        except PermissionDenied as refusal:
            message = str(refusal) or _("This person may not do that.")
            raise CommandError(message, returncode=FAULTY) from refusal
        except Overtaken as overtaken:
            message = str(overtaken) or _("Somebody else is importing the same rows. Import the file again.")
            raise CommandError(message, returncode=FAULTY) from overtaken


def _report(intake: Intake, found: IntakePlan, *, is_whole: bool) -> Iterator[str]:
    """What became of the rows, each of them or only those a person has to look at; the sum last."""
    for warning in found.warnings:
        yield _("Warning: %(warning)s") % {"warning": _located(warning, found)}
    for change in found.changes if is_whole else found.asked:
        yield _row_in_words(intake, change)
    for row in found.same if is_whole else []:
        yield _("row %(row)s: unchanged") % {"row": row}
    counts = {"rows": found.count, "new": found.new, "changed": found.altered, "same": len(found.same)}
    message = _("%(rows)s rows: %(new)s new, %(changed)s changed, %(same)s unchanged") % counts
    if found.asked:
        message += ", " + _("%(asked)s for a person to settle") % {"asked": len(found.asked)}
    if found.empty:
        message += ", " + _("%(empty)s left empty") % {"empty": found.empty}
    yield message


def _located(fault: Fault, found: IntakePlan) -> Fault:
    """The fault with its column as the template calls it."""
    return Fault(fault.row, found.places.get(fault.column, fault.column), fault.message)


def _row_in_words(intake: Intake, change: RowChange) -> str:
    """What is done with a row."""
    columns = [intake.table[name] for name in change.values if name in intake.table]
    shown = ", ".join(filter(None, (column.shown(change.values[column.name]) for column in columns)))
    if change.question:
        values = {"row": change.row, "said": shown, "question": change.question}
        return _("row %(row)s: %(said)s – %(question)s") % values
    kind = _("new") if change.is_new else _("changed")
    return _("row %(row)s: %(said)s – %(kind)s") % {"row": change.row, "said": shown, "kind": kind}
