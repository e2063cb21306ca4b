"""``import_coverage FILE``: coverage figures from a csv or xlsx file, all of them or none."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from paritrana.accounts.commands import FileCommand
from paritrana.accounts.models import User
from paritrana.workbooks.table import Table
from regions.imports import plan
from regions.imports.rows import read_coverage


class Command(FileCommand):
    help = (
        "Import coverage figures. Columns: year, province_code or region_code, segment, workers, participants, "
        "territory; optional: definition, source, as_of. With a fault anywhere nothing is written. Whoever may run "
        "commands on the server may import for every region; --by only signs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")

    def carry_out(self, table: Table, name: str, *, by: User | None, options: dict[str, Any]) -> None:
        reading, dry_run = read_coverage(table), options["dry_run"]
        self.refuse(reading.faults)
        try:
            found = (
                plan.plan(reading.figures)
                if dry_run
                else plan.carry_out(reading.figures, by=by, name=name, digest=table.digest)
            )
        except plan.PlanRefused as refusal:
            self.refuse(refusal.faults)
            raise
        self.refuse(found.faults)
        if not options["verbosity"]:
            return
        for warning in reading.warnings:
            self.stdout.write(_("Warning: %(warning)s") % {"warning": warning})
        counts = {"new": len(found.new), "changed": len(found.changed), "same": found.same}
        message = _("%(new)s new, %(changed)s changed, %(same)s unchanged") % counts
        self.stdout.write(_("Dry run, nothing written: %(told)s") % {"told": message} if dry_run else message)
