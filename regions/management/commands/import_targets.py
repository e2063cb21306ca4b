"""``import_targets FILE``: targets from a csv or xlsx file, all of them or none."""

from typing import Any

from django.utils.translation import gettext as _

from paritrana.accounts.commands import FileCommand
from paritrana.accounts.models import User
from paritrana.workbooks.table import Table
from regions.targets import rows as target_rows


class Command(FileCommand):
    help = (
        "Import targets. Columns: year, either region_code or branch (its name), and either percent or participants; "
        "optional: segment (empty for PU and BPU together), source. With a fault anywhere nothing is written."
    )

    def carry_out(self, table: Table, name: str, *, by: User | None, options: dict[str, Any]) -> None:
        rows, faults = target_rows.read_targets(table)
        self.refuse(faults)
        written = target_rows.carry_out(rows, by=by, name=name)
        if options["verbosity"]:
            self.stdout.write(_("%(count)s targets set or changed") % {"count": written})
