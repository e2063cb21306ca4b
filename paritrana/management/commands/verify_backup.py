"""``verify_backup``: read every byte of an archive and compare it with its manifest; exit 0, or 1 with the fault."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from paritrana.operations import backups
from paritrana.operations.archive import BadArchive
from paritrana.schema import DatabaseCommand


class Command(DatabaseCommand):
    help = "Prove that an archive is whole: every digest, the copy of the database, the manifest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path, nargs="?", help="default: the newest in BACKUP_FOLDER")
        parser.add_argument("--alone", action="store_true", help="on another machine: note nothing in the trail")

    def uses_rows(self, **options: Any) -> bool:
        return not options["alone"]

    def handle(self, *args: Any, archive: Path | None, alone: bool, **options: Any) -> None:
        path = archive or backups.newest(settings.BACKUP_FOLDER)
        try:
            manifest = backups.verify(path)
        except BadArchive as fault:
            raise CommandError(f"{path}: {fault}", returncode=1) from None
        if not alone:
            backups.note_verified(path, manifest)
        self.stdout.write(
            f"{path} is whole: release {manifest.version}, {manifest.engine}, trail {manifest.head}, "
            f"{len(manifest.documents)} documents, made {manifest.made_at}"
        )
