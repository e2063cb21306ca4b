"""``import_coverage FILE``: coverage figures from a workbook or text table, all of them or none."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from paritrana.accounts.file_command import FileCommand
from paritrana.accounts.models import User
from paritrana.workbooks import Table
from regions.imports import plan
from regions.imports.rows import ImportedFigures, read_coverage


class Command(FileCommand):
    help = (
        "Import coverage figures. Columns: year, province_code or region_code, segment, workers, participants, "
        "territory; optional: definition, source, as_of. With a fault anywhere nothing is written. Whoever may run "
        "commands on the server may import for every region; --by only signs."
    )

    def carry_out(self, table: Table, *, by: User | None, name: str, is_dry: bool) -> Iterator[str]:
        reading = read_coverage(table)
        if reading.faults:
            raise self.refusal(reading.faults)
        found = self._done(reading, table.digest, by=by, name=name, is_dry=is_dry)
        for warning in reading.warnings:
            yield _("Warning: %(warning)s") % {"warning": warning}
        counts = {"new": len(found.new), "changed": len(found.changed), "same": found.same}
        told = {**counts, "rows": len(table.rows), "empty": len(table.rows) - sum(counts.values())}
        yield _("%(rows)s rows: %(new)s new, %(changed)s changed, %(same)s unchanged, %(empty)s left empty") % told

    def _done(
        self, reading: ImportedFigures, digest: str, *, by: User | None, name: str, is_dry: bool
    ) -> plan.ImportPlan:
        if not is_dry:
            try:
                return plan.carry_out(reading.figures, by=by, name=name, digest=digest)
            except plan.PlanRefused as refusal:
                raise self.refusal(refusal.faults) from refusal
        found = plan.plan(reading.figures)
        if found.faults:
            raise self.refusal(found.faults)
        return found
