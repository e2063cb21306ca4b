"""``import_winners FILE``: import winners of past periods from a CSV or Excel file, and list open questions."""

from typing import Any

from awards.past_winners.intake import WinnersIntake
from paritrana.accounts.models import User
from paritrana.intake.command import IntakeCommand


class Command(IntakeCommand):
    help = (
        "Import published winners. With a fault anywhere nothing is written; what is merely doubtful is written and "
        "listed for a person. Importing again adds only what is new."
    )

    def described(self, by: User | None, options: dict[str, Any]) -> WinnersIntake:
        return WinnersIntake()
