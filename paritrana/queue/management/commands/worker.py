"""``worker``: do the work that waits beside requests; as many of them on as many machines as you like."""

from typing import Any

from django.core.management.base import CommandParser

from paritrana.accounts import installation
from paritrana.queue import worker
from paritrana.schema import DatabaseCommand


class Command(DatabaseCommand):
    help = "Do the work that waits: files, certificates, letters and what is due. A second signal ends it at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", action="store_true", help="end when nothing waits any more")

    def handle(self, *args: Any, batch: bool, **options: Any) -> None:
        installation.demand()
        if batch:
            worker.work(batch=True)
        else:
            worker.work_always()
