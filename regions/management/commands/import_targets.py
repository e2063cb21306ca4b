"""``import_targets FILE``: targets from a table file, all of them or none."""

from paritrana.intake.command import IntakeCommand
from regions.targets.intake import TargetIntake


class Command(IntakeCommand):
    help = "Import targets of regions and branches. With a fault anywhere nothing is written."
    intake = TargetIntake
    errand = "targets"
