"""``import_winners FILE``: import winners of past periods from a CSV or Excel file, and list open questions."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from awards.past_winners.rows import read_winners
from awards.past_winners.terms import QUESTIONS
from awards.past_winners.writing import PastWinnersReport, carry_out
from paritrana.accounts.models import User
from paritrana.schema import DatabaseCommand
from paritrana.workbooks import Unreadable, read_path


class Command(DatabaseCommand):
    help = (
        "Import published winners. Columns: period, level (nasional or provinsi), province, zone, category, sector, "
        "place, name, region, source (several parted by ;). With a fault anywhere nothing is written; what is merely "
        "doubtful is written and listed for a person. Importing again adds only what is new."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", metavar="EMAIL", help="the person who answers for the list")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            path, by = options["file"], self._person(options["by"])
            try:
                table = read_path(path)
            except Unreadable as error:
                raise CommandError(f"{path.name}: {error}") from error
            rows, faults = read_winners(table)
            if faults:
                lines = [*map(str, faults), _("%(count)s faults, nothing written") % {"count": len(faults)}]
                raise CommandError("\n".join(lines))
            report = carry_out(rows, by=by, name=path.name, digest=table.digest)
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

    def _person(self, email: str | None) -> User | None:
        person = User.objects.filter(email=(email or "").strip().lower(), is_active=True).first()
        if email and person is None:
            raise CommandError(_("Nobody with an active account has the address %(email)s.") % {"email": email})
        return person
