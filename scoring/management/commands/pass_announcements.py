"""``pass_announcements``: move the stage of selections whose announcement is due; for cron, safe to repeat."""

from typing import Any

from paritrana.schema import DatabaseCommand
from scoring.sealing.announcing import pass_announcements


class Command(DatabaseCommand):
    help = "Move the stage where the moment of the announcement has come. What is public does not wait for it."

    def handle(self, *args: Any, **options: Any) -> None:
        passed = pass_announcements()
        if options["verbosity"] > 0:
            self.stdout.write(f"{passed} passed")
