"""Commands that read a table from a file and write all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from paritrana.accounts.models import User
from paritrana.schema import DatabaseCommand
from paritrana.workbooks import Unreadable, read_path
from paritrana.workbooks.table import Table


class FileCommand(DatabaseCommand):
    """``FILE`` and ``--by EMAIL``. Whoever may run commands on the server may import everything; ``--by`` signs."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", metavar="EMAIL", help="the person who answers for the content")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            by, path = self._person(options["by"]), options["file"]
            try:
                table = read_path(path)
            except Unreadable as error:
                raise CommandError(f"{path.name}: {error}") from error
            self.carry_out(table, path.name, by=by, options=options)

    def carry_out(self, table: Table, name: str, *, by: User | None, options: dict[str, Any]) -> None:
        raise NotImplementedError

    @staticmethod
    def refuse(faults: Sequence[object]) -> None:
        """Raise CommandError with every fault, if there is any."""
        if faults:
            lines = [*map(str, faults), _("%(count)s faults, nothing written") % {"count": len(faults)}]
            raise CommandError("\n".join(lines))

    @staticmethod
    def _person(email: str | None) -> User | None:
        person = User.objects.filter(email=(email or "").strip().lower(), is_active=True).first()
        if email is not None and person is None:
            raise CommandError(_("Nobody with an active account has the address %(email)s.") % {"email": email})
        return person
