"""``import_targets FILE``: import targets from a CSV or Excel file, all of them or none."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from paritrana.accounts.models import User
from paritrana.schema import DatabaseCommand
from paritrana.workbooks import Unreadable, read_path
from regions.targets import rows as target_rows


class Command(DatabaseCommand):
    help = (
        "Import targets. Columns: year, either region_code or branch (its name), and either percent or participants; "
        "optional: segment (empty for PU and BPU together), source. With a fault anywhere nothing is written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", metavar="EMAIL", help="the person who answers for the targets")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            path, by = options["file"], self._person(options["by"])
            try:
                rows, faults = target_rows.read_targets(read_path(path))
            except Unreadable as error:
                raise CommandError(f"{path.name}: {error}") from error
            if faults:
                lines = [*map(str, faults), _("%(count)s faults, nothing written") % {"count": len(faults)}]
                raise CommandError("\n".join(lines))
            written = target_rows.carry_out(rows, by=by, name=path.name)
            if options["verbosity"]:
                self.stdout.write(_("%(count)s targets set or changed") % {"count": written})

    def _person(self, email: str | None) -> User | None:
        person = User.objects.filter(email=(email or "").strip().lower(), is_active=True).first()
        if email and person is None:
            raise CommandError(_("Nobody with an active account has the address %(email)s.") % {"email": email})
        return person
