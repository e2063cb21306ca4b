"""What every ``import_...`` command is: read, compared row by row with what is stored, written whole or not at all.

Exit codes: 0 done, 1 faults and nothing written, 2 the file cannot be read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from paritrana.accounts.models import User
from paritrana.intake.description import Intake, Overtaken, RowChange, WrittenBy
from paritrana.intake.planning import IntakePlan, plan, write
from paritrana.intake.template import workbook
from paritrana.schema import DatabaseCommand
from paritrana.workbooks import Fault, Table, Unreadable, read_path

FAULTY, UNREADABLE = 1, 2


class IntakeCommand(DatabaseCommand):
    """A subclass says with ``described`` which table is read."""

    needs_person = False
    """Whether the table is written only in somebody's name."""

    def described(self, by: User | None, options: dict[str, Any]) -> Intake:
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        parser.add_argument("--by", metavar="EMAIL", required=self.needs_person, help="the person who answers for it")
        parser.add_argument("--template", action="store_true", help="write the workbook to be filled in to FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            by, path = self._person(options["by"]), options["file"]
            intake = self.described(by, options)
            if options["template"]:
                path.write_bytes(workbook(intake))
                return
            table = self._table(path)
            hand = WrittenBy(by, path.name.encode("utf-8", "replace").decode(), table.digest)
            found, failed = self._done(intake, table, hand, dry_run=options["dry_run"])
            if options["verbosity"]:
                self._report(intake, table, found, options)
            for text in failed:
                self.stderr.write(text)

    def _table(self, path: Path) -> Table:
        try:
            return read_path(path)
        except Unreadable as error:
            raise CommandError(f"{path.name}: {error}", returncode=UNREADABLE) from error

    def _done(self, intake: Intake, table: Table, hand: WrittenBy, *, dry_run: bool) -> tuple[IntakePlan, list[str]]:
        """The plan, carried out unless this is a dry run. CommandError with every fault."""
        if dry_run or intake.is_guarded:
            found = self._plan(intake, table)
            if not dry_run:
                self._write(intake, found, hand)
        else:
            with transaction.atomic():
                found = self._plan(intake, table)
                self._write(intake, found, hand)
        return found, [] if dry_run else intake.follow(found.changes, hand)

    def _plan(self, intake: Intake, table: Table) -> IntakePlan:
        found = plan(intake, table)
        if found.faults:
            lines = [_named(fault, found, table) for fault in found.faults]
            message = _("%(count)s faults, nothing written") % {"count": len(lines)}
            raise CommandError("\n".join([*lines, message]), returncode=FAULTY)
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

    def _report(self, intake: Intake, table: Table, found: IntakePlan, options: dict[str, Any]) -> None:
        if table.unread:
            self.stdout.write(_("Sheets not read: %(names)s") % {"names": ", ".join(table.unread)})
        for warning in found.warnings:
            self.stdout.write(_("Warning: %(warning)s") % {"warning": _named(warning, found, table)})
        for change in found.changes if options["verbosity"] > 1 else found.asked:
            self.stdout.write(_row_in_words(intake, change))
        for row in found.same if options["verbosity"] > 1 else []:
            self.stdout.write(_("row %(row)s: unchanged") % {"row": row})
        counts = {"rows": found.count, "new": found.new, "changed": found.altered, "same": len(found.same)}
        message = _("%(rows)s rows: %(new)s new, %(changed)s changed, %(same)s unchanged") % counts
        if found.asked:
            message += ", " + _("%(asked)s for a person to settle") % {"asked": len(found.asked)}
        if found.empty:
            message += ", " + _("%(empty)s left empty") % {"empty": found.empty}
        self.stdout.write(
            _("Dry run, nothing written: %(told)s") % {"told": message} if options["dry_run"] else message
        )

    def _person(self, email: str | None) -> User | None:
        if email is None:
            return None
        person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
        if person is None:
            raise CommandError(_("Nobody with an active account has the address %(email)s.") % {"email": email})
        return person


def _named(fault: Fault, found: IntakePlan, table: Table) -> str:
    """The fault with its sheet, and its column as the template calls it."""
    message = str(Fault(fault.row, found.places.get(fault.column, fault.column), fault.message))
    return _("sheet %(sheet)s, %(told)s") % {"sheet": table.sheet, "told": message} if table.sheet else message


def _row_in_words(intake: Intake, change: RowChange) -> str:
    """What is done with a row."""
    columns = [intake.table[name] for name in change.values if name in intake.table]
    shown = ", ".join(filter(None, (column.shown(change.values[column.name]) for column in columns)))
    if change.question:
        return _("row %(row)s: %(said)s – %(question)s") % {
            "row": change.row,
            "said": shown,
            "question": change.question,
        }
    kind = _("new") if change.is_new else _("changed")
    return _("row %(row)s: %(said)s – %(kind)s") % {"row": change.row, "said": shown, "kind": kind}
