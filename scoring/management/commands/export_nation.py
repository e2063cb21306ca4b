"""``manage.py export_nation EDITION --output FILE.xlsx [--language en]``: winners of all sealed selections by zone."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from awards.models import Edition
from paritrana.schema import DatabaseCommand
from scoring.exports import actions
from scoring.management.commands.export_winners import write_file


class Command(DatabaseCommand):
    help = "Write the winners of all sealed selections of an edition into one Excel workbook, by zone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="short name, as in 2023")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE.xlsx")
        parser.add_argument("--language", choices=sorted(dict(settings.LANGUAGES)), default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        edition, target = Edition.objects.filter(slug=options["edition"]).first(), options["output"]
        if edition is None:
            raise CommandError(_("There is no edition called %(name)s.") % {"name": options["edition"]})
        if target.suffix.lower() != ".xlsx":
            raise CommandError(_("The name of the file must end in .xlsx: %(path)s") % {"path": target})
        write_file(target, lambda: actions.export_nation(edition, by=None, language=options["language"]))
        self.stdout.write(str(target))
