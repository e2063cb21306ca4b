"""``import_winners FILE``: import winners of past periods from a CSV or Excel file, and list open questions."""

from collections.abc import Iterable, Iterator

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from awards.past_winners.rows import read_winners
from awards.past_winners.terms import QUESTIONS
from awards.past_winners.writing import PastWinnersReport, carry_out
from paritrana.accounts.file_command import FileCommand
from paritrana.accounts.models import User
from paritrana.display.formats import ranges
from paritrana.workbooks import Fault, Table


class Command(FileCommand):
    help = (
        "Import published winners. Columns: period, level (nasional or provinsi), province, zone, category, sector, "
        "place, name, region, source (several parted by ;). With a fault anywhere nothing is written; what is merely "
        "doubtful is written and listed for a person. Importing again adds only what is new."
    )

    def carry_out(self, table: Table, *, by: User | None, name: str, is_dry: bool) -> Iterable[str]:
        rows, faults = read_winners(table)
        if faults:
            raise CommandError(f"{self.refusal(faults)}\n{_refused(table, faults)}")
        with self.whole(is_dry=is_dry):
            report = carry_out(rows, by=by, name=name, digest=table.digest)
            return list(_report_lines(report))


def _report_lines(report: PastWinnersReport) -> Iterator[str]:
    for code, question in QUESTIONS.items():
        asked = [row for row in report.open if code in row.award.questions]
        if asked:
            yield f"{code} – {question}: {len(asked)}"
        for row in asked:
            award = row.award
            yield "  " + _("row %(row)s") % {"row": row.number} + f": {award} ({award.place_words})"
    if report.already:
        yield _("already there: rows %(rows)s") % {"rows": ranges(report.already)}
    message = _("%(made)s awards written, %(sourced)s with a new source")
    yield message % {"made": report.made, "sourced": report.sourced}
    message = _("%(rows)s rows = %(written)s written + %(already)s already there + %(asked)s asked + 0 refused")
    counts = {"written": len(report.written), "already": len(report.already), "asked": len(report.open)}
    yield message % {"rows": report.rows, **counts}


def _refused(table: Table, faults: list[Fault]) -> str:
    """The sum when nothing is written: the rows at fault, and those that wait for them."""
    refused = sorted({fault.row for fault in faults if fault.row > table.header})
    message = _("%(rows)s rows = 0 written + 0 already there + 0 asked + %(refused)s refused (rows %(which)s)")
    sums = message % {"rows": len(table.rows), "refused": len(refused), "which": ranges(refused)}
    rest = {"rest": len(table.rows) - len(refused)}
    return f"{sums} + {_('%(rest)s not written because of them') % rest}"
