"""``import_targets FILE``: targets from a workbook or text table, all of them or none."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from paritrana.accounts.file_command import FileCommand
from paritrana.accounts.models import User
from paritrana.workbooks import Table
from regions.targets import rows as target_rows


class Command(FileCommand):
    help = (
        "Import targets. Columns: year, either region_code or branch (its name), and either percent or participants; "
        "optional: segment (empty for PU and BPU together), source. With a fault anywhere nothing is written."
    )

    def carry_out(self, table: Table, *, by: User | None, name: str, is_dry: bool) -> Iterator[str]:
        rows, faults = target_rows.read_targets(table)
        if faults:
            raise self.refusal(faults)
        with self.whole(is_dry=is_dry):
            written = target_rows.carry_out(rows, by=by, name=name)
        counts = {"rows": len(table.rows), "count": written, "same": len(rows) - written}
        yield _("%(rows)s rows: %(count)s targets set or changed, %(same)s unchanged") % counts
