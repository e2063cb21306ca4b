"""``import_winners FILE``: published winners of past periods from a csv or xlsx file, and what a person must settle."""

from typing import Any

from django.utils.translation import gettext as _

from awards.past_winners.rows import read_winners
from awards.past_winners.terms import QUESTIONS
from awards.past_winners.writing import PastWinnersReport, carry_out
from paritrana.accounts.commands import FileCommand
from paritrana.accounts.models import User
from paritrana.workbooks.table import Table


class Command(FileCommand):
    help = (
        "Import published winners. Columns: period, level (nasional or provinsi), province, zone, category, sector, "
        "place, name, region, source (several parted by ;). With a fault anywhere nothing is written; what is merely "
        "doubtful is written and listed for a person. Importing again adds only what is new."
    )

    def carry_out(self, table: Table, name: str, *, by: User | None, options: dict[str, Any]) -> None:
        rows, faults = read_winners(table)
        self.refuse(faults)
        report = carry_out(rows, by=by, name=name, digest=table.digest)
        if options["verbosity"]:
            self._tell(report)

    def _tell(self, report: PastWinnersReport) -> None:
        for code, question in QUESTIONS.items():
            asked = [row for row in report.open if code in row.award.questions]
            if asked:
                self.stdout.write(f"{code} – {question}: {len(asked)}")
            for row in asked:
                award = row.award
                self.stdout.write("  " + _("row %(row)s") % {"row": row.number} + f": {award} ({award.place_words})")
        message = _("%(rows)s rows: %(understood)s understood, %(open)s for a person to settle")
        self.stdout.write(message % {"rows": report.rows, "understood": report.understood, "open": len(report.open)})
        message = _("%(made)s awards written, %(sourced)s with a new source")
        self.stdout.write(message % {"made": report.made, "sourced": report.sourced})
