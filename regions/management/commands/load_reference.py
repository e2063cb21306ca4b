"""``load_reference``: regions, offices, branches, segments and definitions from the files in ``fixtures/regions``."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from paritrana.schema import DatabaseCommand
from paritrana.workbooks import Unreadable
from regions.places import reference


class Command(DatabaseCommand):
    help = "Load the reference data; checks every file before it writes, and writes only what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures" / "regions")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = reference.read(options["folder"])
        except (reference.FaultyReference, Unreadable) as error:
            raise CommandError(str(error)) from error
        written = reference.load(files)
        if options["verbosity"]:
            self.stdout.write(f"reference data: {written} rows written")
