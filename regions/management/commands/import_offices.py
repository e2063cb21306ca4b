"""``import_offices FILE --by EMAIL``: branch offices and their working areas, all of them or none."""

from paritrana.intake.command import IntakeCommand
from regions.offices.intake import OfficeIntake


class Command(IntakeCommand):
    help = "Add branch offices and set their working areas. With a fault anywhere nothing is written."
    intake = OfficeIntake
    errand, needs_person = "offices", True
