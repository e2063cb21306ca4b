"""``import_people FILE --by EMAIL``: accounts and postings from a table file, all of them or none."""

from awards.people.intake import PeopleIntake
from paritrana.intake.command import IntakeCommand


class Command(IntakeCommand):
    help = (
        "Open accounts and post people to offices. With a fault anywhere nothing is written; new accounts get a link."
    )
    intake = PeopleIntake
    errand, needs_person = "people", True
