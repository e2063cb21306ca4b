"""``manage.py certificates (SELECTION | --past) --output FILE.zip [--language en]``: certificates in one file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from paritrana.schema import DatabaseCommand
from scoring.documents import actions, past
from scoring.documents.certificate_actions import make_past
from scoring.management.commands.export_winners import write_file
from scoring.management.commands.rank import selection_called
from scoring.models import Document


class Command(DatabaseCommand):
    help = "Write the certificates of a selection, or reprints for everybody published of the past, into one zip."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("selection", nargs="?", help="short name, as in 2023-51: those that were made there")
        parser.add_argument("--past", action="store_true", help="reprints for everybody published; made when missing")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="the zip")
        parser.add_argument("--language", choices=sorted(dict(settings.LANGUAGES)), default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["selection"]) == options["past"]:
            raise CommandError(_("Name a selection, or say --past."))
        if options["past"]:
            awards = list(past.published())
            made, of = make_past(awards, by=None, language=options["language"]), awards[0] if awards else None
        else:
            of = selection_called(options["selection"])
            rows = Document.objects.filter(seal__current_of=of, kind=Document.Kind.CERTIFICATE)
            made = list(rows.filter(language=options["language"]).last_issues().order_by("pk"))
        if not made:
            raise CommandError(_("There is no certificate to write."))
        write_file(options["output"], lambda: actions.take_all(made, of, by=None))
        self.stdout.write(_("%(path)s: %(count)d certificates") % {"path": options["output"], "count": len(made)})
