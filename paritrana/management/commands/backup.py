"""``backup``: database and documents in one archive, while the portal goes on; for a timer, once an hour or a day."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from paritrana.accounts import installation
from paritrana.operations import backups
from paritrana.schema import DatabaseCommand


class Command(DatabaseCommand):
    help = "Write database and documents into one archive with a manifest, and verify it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BACKUP_FOLDER, help="default: BACKUP_FOLDER")
        parser.add_argument("--keep", type=int, metavar="N", help="delete all but the newest N archives afterwards")

    def handle(self, *args: Any, folder: Path, keep: int | None, **options: Any) -> None:
        installation.demand()
        path = backups.make(folder)
        backups.note_verified(path, backups.verify(path))
        for old in sorted(folder.glob("paritrana-*.tar"))[: -keep if keep else 0]:
            old.unlink()
        self.stdout.write(str(path))
