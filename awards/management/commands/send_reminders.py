"""``send_reminders``: write due reminders and send waiting letters; for cron, safe to repeat."""

from typing import Any

from awards.letters import outbox, reminders
from paritrana.accounts import installation
from paritrana.schema import DatabaseCommand


class Command(DatabaseCommand):
    help = "Write the reminders that are due and send every letter that waits. Running it twice sends nothing twice."

    def handle(self, *args: Any, **options: Any) -> None:
        installation.demand()
        written = reminders.write()
        sent, failed = outbox.send_waiting()
        if options["verbosity"] > 0:
            self.stdout.write(f"{written} written, {sent} sent, {failed} failed")
