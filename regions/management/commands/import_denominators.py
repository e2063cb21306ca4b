"""``import_denominators FILE``: the workers regions are measured by, from a csv or xlsx file, all of them or none."""

from typing import Any

from django.utils.translation import gettext as _

from paritrana.accounts.commands import FileCommand
from paritrana.accounts.models import User
from paritrana.workbooks.table import Table
from regions.denominators import rows as denominator_rows


class Command(FileCommand):
    help = (
        "Import denominators. Columns: year, region_code, segment, workers, source, as_of; optional: definition. With "
        "a fault anywhere nothing is written. Figures already verified wait for a correction."
    )

    def carry_out(self, table: Table, name: str, *, by: User | None, options: dict[str, Any]) -> None:
        rows, faults = denominator_rows.read_denominators(table)
        self.refuse(faults)
        written = denominator_rows.carry_out(rows, by=by, name=name)
        if options["verbosity"]:
            self.stdout.write(_("%(count)s denominators set or changed") % {"count": written})
