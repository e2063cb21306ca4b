"""``import_denominators FILE``: the workers regions are measured by, all rows of a file or none."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from paritrana.accounts.file_command import FileCommand
from paritrana.accounts.models import User
from paritrana.workbooks import Table
from regions.denominators import rows as denominator_rows


class Command(FileCommand):
    help = (
        "Import denominators. Columns: year, region_code, segment, workers, source, as_of; optional: definition. With "
        "a fault anywhere nothing is written. Figures already verified wait for a correction."
    )

    def carry_out(self, table: Table, *, by: User | None, name: str, is_dry: bool) -> Iterator[str]:
        rows, faults = denominator_rows.read_denominators(table)
        if faults:
            raise self.refusal(faults)
        with self.whole(is_dry=is_dry):
            written = denominator_rows.carry_out(rows, by=by, name=name)
        counts = {"rows": len(table.rows), "count": written, "same": len(rows) - written}
        yield _("%(rows)s rows: %(count)s denominators set or changed, %(same)s unchanged") % counts
