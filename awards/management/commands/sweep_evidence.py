"""Move evidence files without a row to the trash: leftovers of interrupted uploads, older than a day.

Only lists them unless ``--delete`` is given. With a wrong or empty database every file would look like a leftover; so
the data folder must belong to the database, at least one row must have a file, and only a few files may be moved at
once.
"""

import re
from datetime import timedelta
from typing import Any

from django.core.files.storage import storages
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from awards.nominations import file_rows
from paritrana.accounts import installation
from paritrana.schema import DatabaseCommand
from paritrana.uploads import trash

SPARED = timedelta(hours=24)
"""An upload in progress has its file before its row."""
SHARE = 5
"""Percent of the files; interrupted uploads leave fewer."""
_FOLDER = re.compile(r"[0-9a-f]{2}")
"""The folder of evidence; other documents have their own folders."""


class Command(DatabaseCommand):
    help = "Show files of evidence without a row that are older than a day; with --delete, move them to the trash."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="move them to the trash, and empty it after 30 days")
        parser.add_argument(
            "--even-above-share", action="store_true", help=f"also when they are more than {SHARE} %% of all files"
        )

    def handle(self, *args: Any, delete: bool, even_above_share: bool, **options: Any) -> None:
        installation.demand()
        known = {file.key for file in file_rows.every()}
        files = evidence_files()
        left = [key for key in files if key not in known and is_old(key)]
        needed = {key: name for key, name in trash.lying("evidence").items() if key in known and key not in files}
        for key in left:
            self.stdout.write(f"without a row: evidence/{key}")
        for name in needed.values():
            self.stdout.write(f"in the trash, but a row points at it: {name}")
        if not delete:
            self.stdout.write(f"{len(left)} of {len(files)} files have no row; --delete moves them to the trash.")
            return
        demand_reason(known, files, left, even_above_share=even_above_share)
        today = timezone.localdate()
        for key, name in needed.items():
            trash.put_back("evidence", key, name)
        for key in left:
            trash.throw_away("evidence", key, today)
        emptied = trash.empty(today)
        self.stdout.write(
            f"{len(left)} of {len(files)} files were moved to the trash, {len(needed)} put back, "
            f"{emptied} days of the trash emptied."
        )


def evidence_files() -> list[str]:
    storage = storages["evidence"]
    folders, _files = trash.listed(storage)
    return [
        f"{folder}/{name}"
        for folder in sorted(folders)
        if _FOLDER.fullmatch(folder)
        for name in sorted(storage.listdir(folder)[1])
    ]


def is_old(key: str) -> bool:
    return storages["evidence"].get_modified_time(key) < timezone.now() - SPARED


def demand_reason(known: set[str], files: list[str], left: list[str], *, even_above_share: bool) -> None:
    """Raise CommandError for what looks like a wrong database rather than interrupted uploads."""
    if not known and (files or trash.lying("evidence")):
        raise CommandError("Nothing was moved: no row of this database points at any file. Is DATABASE_URL right?")
    if len(left) * 100 > len(files) * SHARE and not even_above_share:
        raise CommandError(
            f"Nothing was moved: {len(left)} of {len(files)} files have no row, more than {SHARE} %. "
            "Look at the list; if it is right, add --even-above-share."
        )
