"""``manage.py check_invariants``: check all invariants and list the rows that break them; exit code 0, or 1."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from paritrana.parallel import add_processes
from paritrana.schema import DatabaseCommand
from scoring.sealing.invariants import INVARIANTS, broken


class Command(DatabaseCommand):
    help = "Check what must always hold: guards, trail, seals, standings, marks, coverage, weights, states."

    def add_arguments(self, parser: CommandParser) -> None:
        add_processes(parser)

    def handle(self, *args: Any, processes: int = 1, **options: Any) -> None:
        found = list(broken(processes=processes))
        for each in found:
            self.stdout.write(str(each))
        if found:
            raise CommandError(_("%(count)d rows break what must always hold.") % {"count": len(found)})
        self.stdout.write(_("%(count)d invariants hold.") % {"count": len(INVARIANTS)})
