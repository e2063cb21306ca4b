"""``import_winners FILE``: import winners of past periods from a table file, and list open questions."""

from awards.past_winners.intake import WinnersIntake
from paritrana.intake.command import IntakeCommand


class Command(IntakeCommand):
    help = (
        "Import published winners. With a fault anywhere nothing is written; what is merely doubtful is written and "
        "listed for a person. Importing again adds only what is new."
    )
    intake = WinnersIntake
    errand = "past-list"
