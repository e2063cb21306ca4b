"""``manage.py export_winners SELECTION --output FILE.xlsx``: the winners workbook, marked provisional until sealed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from scoring.actions import exports
from scoring.management.commands.rank import selection_called


class Command(BaseCommand):
    help = "Write the winners of a selection into an Excel workbook."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("selection", help="short name, as in 2023-bali")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE.xlsx")

    def handle(self, *args: Any, **options: Any) -> None:
        selection, target = selection_called(options["selection"]), options["output"]
        if target.suffix.lower() != ".xlsx":
            raise CommandError(_("The name of the file must end in .xlsx: %(path)s") % {"path": target})
        try:
            # One transaction: a file that could not be written was not exported, and the trail does not say so.
            with transaction.atomic():
                target.write_bytes(exports.export_winners(selection, by=None))
        except OSError as error:
            raise CommandError(
                _("%(path)s cannot be written: %(reason)s") % {"path": target, "reason": error.strerror}
            ) from error
        self.stdout.write(str(target))
