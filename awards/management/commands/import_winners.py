"""``import_winners FILE``: published winners of past periods from a csv or xlsx file, and what a person must settle."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from awards.past_winners.rows import read_winners
from awards.past_winners.terms import QUESTIONS
from awards.past_winners.writing import PastWinnersReport, carry_out
from paritrana.accounts.file_command import FileCommand
from paritrana.accounts.models import User
from paritrana.workbooks import Table


class Command(FileCommand):
    help = (
        "Import published winners. Columns: period, level (nasional or provinsi), province, zone, category, sector, "
        "place, name, region, source (several parted by ;). With a fault anywhere nothing is written; what is merely "
        "doubtful is written and listed for a person. Importing again adds only what is new."
    )

    def carry_out(self, table: Table, *, by: User | None, name: str, is_dry: bool) -> Iterable[str]:
        rows, faults = read_winners(table)
        if faults:
            raise self.refusal(faults)
        with self.whole(is_dry=is_dry):
            report = carry_out(rows, by=by, name=name, digest=table.digest)
            return list(_told(report))


def _told(report: PastWinnersReport) -> Iterator[str]:
    for code, question in QUESTIONS.items():
        asked = [row for row in report.open if code in row.award.questions]
        if asked:
            yield f"{code} – {question}: {len(asked)}"
        for row in asked:
            award = row.award
            yield "  " + _("row %(row)s") % {"row": row.number} + f": {award} ({award.place_words})"
    message = _("%(rows)s rows: %(understood)s understood, %(open)s for a person to settle")
    yield message % {"rows": report.rows, "understood": report.understood, "open": len(report.open)}
    message = _("%(made)s awards written, %(sourced)s with a new source")
    yield message % {"made": report.made, "sourced": report.sourced}
