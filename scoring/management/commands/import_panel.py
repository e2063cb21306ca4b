"""``import_panel FILE SELECTION --by EMAIL``: the members of a panel from a csv or xlsx file, all of them or none."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from awards.models import Selection
from paritrana.accounts.models import User
from paritrana.intake.command import UNREADABLE, IntakeCommand
from scoring.panel.intake import PanelIntake


class Command(IntakeCommand):
    help = "Appoint or invite the members of a panel. With a fault anywhere nothing is written."
    needs_person = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("selection", help="for example 2025-51")

    def described(self, by: User | None, options: dict[str, Any]) -> PanelIntake:
        selection = Selection.objects.filter(slug=options["selection"]).first()
        if selection is None:
            message = _("There is no selection “%(slug)s”.") % {"slug": options["selection"]}
            raise CommandError(message, returncode=UNREADABLE)
        return PanelIntake(selection)
