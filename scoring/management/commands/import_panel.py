"""``import_panel FILE SELECTION --by EMAIL``: the members of a panel from a table file, all of them or none."""

from typing import ClassVar

from paritrana.intake.command import IntakeCommand
from scoring.panel.intake import PanelIntake


class Command(IntakeCommand):
    help = "Appoint or invite the members of a panel. With a fault anywhere nothing is written."
    intake = PanelIntake
    errand, needs_person = "panel", True
    where: ClassVar[dict[str, str]] = {"selection": "2025-51"}
