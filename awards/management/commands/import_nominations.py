"""``import_nominations FILE SELECTION CATEGORY --by EMAIL``: drafts of nominations, all of them or none."""

from typing import ClassVar

from awards.nomination_import.intake import NominationIntake
from paritrana.intake.command import IntakeCommand


class Command(IntakeCommand):
    help = (
        "Nominate companies, enterprises, universities and villages of one category. With a fault or an open question "
        "anywhere nothing is written; --answer KEY=VALUE answers one."
    )
    intake = NominationIntake
    errand, needs_person = "nominations", True
    where: ClassVar[dict[str, str]] = {"selection": "2025-51", "category": "badan-usaha-besar"}
