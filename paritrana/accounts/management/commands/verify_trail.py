"""``verify_trail``: check the chain of the trail; exit code 0 when intact, 1 with the first broken event."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from paritrana.accounts import anchors, trail
from paritrana.schema import DatabaseCommand


class Command(DatabaseCommand):
    help = "Verify the audit trail: names the first event that was changed, removed, inserted or moved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor",
            metavar="SEQUENCE:DIGEST",
            help="a head from elsewhere that must still be part of the chain; those on papers, in letters and in the "
            "archives of BACKUP_FOLDER are compared anyhow",
        )
        parser.add_argument(
            "--in-turn",
            action="store_true",
            help="for the schedule: once a day from the first event on, else only what came since the last time",
        )
        parser.add_argument(
            "--accept",
            metavar="REASON",
            help="sign the trail as it is, after a fault of its signatures was looked into; an event says so",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accept"]:
            trail.accept(options["accept"])
        if fault := trail.verify_in_turn() if options["in_turn"] else trail.verify():
            raise CommandError(fault, returncode=1)
        if (anchor := options["anchor"]) and not anchors.holds(anchor):
            raise CommandError(f"the trail was rewritten: it no longer contains {anchor}", returncode=1)
        if options["verbosity"] > 0:
            self.stdout.write(f"the trail is whole: {trail.head()}")
