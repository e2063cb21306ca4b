"""``import_targets FILE``: targets from a csv or xlsx file, all of them or none."""

from typing import Any

from paritrana.accounts.models import User
from paritrana.intake.command import IntakeCommand
from regions.targets.intake import TargetIntake


class Command(IntakeCommand):
    help = "Import targets of regions and branches. With a fault anywhere nothing is written."

    def described(self, by: User | None, options: dict[str, Any]) -> TargetIntake:
        return TargetIntake()
