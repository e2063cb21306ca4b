"""``restore``: replace database and documents by those of an archive. Stop every server and worker first."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from paritrana.accounts.models import User
from paritrana.operations import backups
from paritrana.operations.archive import BadArchive


class Command(BaseCommand):
    help = "Replace everything by an archive, end every session, and mark it in the trail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--replace", action="store_true", help="also a database with accounts, which are lost")

    def handle(self, *args: Any, archive: Path, replace: bool, **options: Any) -> None:
        if not replace and _has_accounts():
            raise CommandError("This database has accounts. Stop every server, then add --replace to lose them.")
        try:
            manifest = backups.restore(archive)
        except BadArchive as fault:
            raise CommandError(f"Nothing was restored. {fault}", returncode=1) from None
        self.stdout.write(
            f"Restored {manifest.head} of {manifest.made_at}; everybody signs in anew. Now run verify_trail, "
            "verify_evidence and check_invariants, then start the servers."
        )


def _has_accounts() -> bool:
    try:
        return User.objects.exists()
    except DatabaseError:
        return False
