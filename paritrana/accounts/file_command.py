"""What the commands that take a table file have in common: who signs, how the file was read, a dry run, exit codes.

0: done. 1: the file has faults, or it contradicts what is stored; nothing was written. 2: the file cannot be read, or
the command was typed wrongly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from paritrana.accounts.models import User
from paritrana.schema import DatabaseCommand
from paritrana.workbooks import Fault, Table, Unreadable, read_path

FAULTY, UNREADABLE = 1, 2


class FileCommand(DatabaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        parser.add_argument("--by", metavar="EMAIL", help="the person who answers for what the file says")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            by, path, is_dry = self._person(options["by"]), options["file"], options["dry_run"]
            self.is_quiet = not options["verbosity"]
            table = self._table(path)
            self.report(table.remarks)
            name = path.name.encode("utf-8", "replace").decode()
            lines = list(self.carry_out(table, by=by, name=name, is_dry=is_dry))
            if is_dry:
                lines[-1:] = [_("Dry run, nothing written: %(told)s") % {"told": line} for line in lines[-1:]]
            self.report(lines)

    def carry_out(self, table: Table, *, by: User | None, name: str, is_dry: bool) -> Iterable[str]:
        """Write the table and say what became of its rows, the sum last. CommandError with every fault."""
        raise NotImplementedError

    def report(self, lines: Iterable[str]) -> None:
        for line in () if self.is_quiet else lines:
            self.stdout.write(line)

    def refusal(self, faults: list[Fault]) -> CommandError:
        lines = [*map(str, faults), _("%(count)s faults, nothing written") % {"count": len(faults)}]
        return CommandError("\n".join(lines), returncode=FAULTY)

    @contextmanager
    def whole(self, *, is_dry: bool) -> Iterator[None]:
        """All of it or nothing; nothing in a dry run."""
        with transaction.atomic():
            yield
            if is_dry:
                transaction.set_rollback(True)

    def _table(self, path: Path) -> Table:
        try:
            return read_path(path)
        except Unreadable as error:
            raise CommandError(f"{path.name}: {error}", returncode=UNREADABLE) from error

    def _person(self, email: str | None) -> User | None:
        person = User.objects.filter(email=(email or "").strip().lower(), is_active=True).first()
        if email is not None and person is None:
            message = _("Nobody with an active account has the address %(email)s.") % {"email": email}
            raise CommandError(message, returncode=UNREADABLE)
        return person
