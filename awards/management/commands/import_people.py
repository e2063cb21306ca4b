"""``import_people FILE --by EMAIL``: accounts and postings from a csv or xlsx file, all of them or none."""

from typing import Any

from awards.people.intake import PeopleIntake
from paritrana.accounts.models import User
from paritrana.intake.command import IntakeCommand


class Command(IntakeCommand):
    help = (
        "Open accounts and post people to offices. With a fault anywhere nothing is written; new accounts get a link."
    )
    needs_person = True

    def described(self, by: User | None, options: dict[str, Any]) -> PeopleIntake:
        return PeopleIntake()
