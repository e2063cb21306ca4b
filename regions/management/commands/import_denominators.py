"""``import_denominators FILE``: the workers regions are measured by, all of them or none."""

from paritrana.intake.command import IntakeCommand
from regions.denominators.intake import DenominatorIntake


class Command(IntakeCommand):
    help = (
        "Import denominators. With a fault anywhere nothing is written; verified figures wait for a correction. "
        "Whoever may run commands on the server may import for every region; --by only signs."
    )
    intake = DenominatorIntake
