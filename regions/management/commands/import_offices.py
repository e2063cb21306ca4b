"""``import_offices FILE --by EMAIL``: branch offices and their working areas from a table file, all of them or none."""

from typing import Any

from paritrana.accounts.models import User
from paritrana.intake.command import IntakeCommand
from regions.offices.intake import OfficeIntake


class Command(IntakeCommand):
    help = "Add branch offices and set their working areas. With a fault anywhere nothing is written."
    needs_person = True

    def described(self, by: User | None, options: dict[str, Any]) -> OfficeIntake:
        return OfficeIntake()
