"""``manage.py export_winners SELECTION --output FILE [--language en]``: the winners workbook or a plain list."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from paritrana.schema import DatabaseCommand
from scoring.exports import actions
from scoring.management.commands.rank import selection_called

FORMS = ("xlsx", "csv", "json")


class Command(DatabaseCommand):
    help = "Write the winners of a selection into an Excel workbook."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("selection", help="short name, as in 2023-bali")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="ends in .xlsx, .csv or .json")
        parser.add_argument(
            "--list", action="store_true", help="a plain list instead of the workbook; csv and json are"
        )
        parser.add_argument("--language", choices=sorted(dict(settings.LANGUAGES)), default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        selection, target = selection_called(options["selection"]), options["output"]
        language = options["language"]
        form = target.suffix.lower().removeprefix(".")
        if form not in FORMS:
            values = {"path": target, "endings": ", ".join(f".{form}" for form in FORMS)}
            raise CommandError(_("The name of the file must end in one of %(endings)s: %(path)s") % values)
        if form == "xlsx" and not options["list"]:
            write_file(target, lambda: actions.export_winners(selection, by=None, language=language))
        else:
            write_file(target, lambda: actions.export_list(selection, form, by=None, language=language))
        self.stdout.write(str(target))


def write_file(target: Path, export: Callable[[], bytes]) -> None:
    """In one transaction with the event: if the file cannot be written, the trail has no export."""
    try:
        with transaction.atomic():
            target.write_bytes(export())
    except OSError as error:
        values = {"path": target, "reason": error.strerror}
        raise CommandError(_("%(path)s cannot be written: %(reason)s") % values) from error
