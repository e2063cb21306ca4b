"""``import_denominators FILE``: the workers regions are measured by, from a csv or xlsx file, all of them or none."""

from typing import Any

from paritrana.accounts.models import User
from paritrana.intake.command import IntakeCommand
from regions.denominators.intake import DenominatorIntake


class Command(IntakeCommand):
    help = (
        "Import denominators. With a fault anywhere nothing is written. Figures already verified wait for a correction."
    )

    def described(self, by: User | None, options: dict[str, Any]) -> DenominatorIntake:
        return DenominatorIntake()
