"""``import_coverage FILE``: coverage figures from a workbook or text table, all of them or none."""

from paritrana.intake.command import IntakeCommand
from regions.imports.intake import CoverageIntake


class Command(IntakeCommand):
    help = (
        "Import coverage figures. With a fault anywhere nothing is written. Whoever may run commands on the server may "
        "import for every region; --by only signs."
    )
    intake = CoverageIntake
