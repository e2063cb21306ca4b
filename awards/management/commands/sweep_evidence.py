"""Delete files of evidence that no row points at, once they are a day old: what an interrupted upload left behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.storage import storages
from django.utils import timezone

from awards.models import Evidence
from paritrana.schema import DatabaseCommand

SPARED = timedelta(hours=24)
"""An upload that is still going on has its file before its row."""


class Command(DatabaseCommand):
    help = "Delete files of evidence without a row that are older than a day."

    def handle(self, *args: Any, **options: Any) -> None:
        storage, until, swept = storages["evidence"], timezone.now() - SPARED, 0
        known = set(Evidence.objects.values_list("key", flat=True))
        for folder in storage.listdir("")[0] if storage.exists("") else []:
            for name in storage.listdir(folder)[1]:
                key = f"{folder}/{name}"
                if key not in known and storage.get_modified_time(key) < until:
                    storage.delete(key)
                    swept += 1
        self.stdout.write(f"{swept} files without a row were deleted.")
