"""``import_nominations FILE SELECTION CATEGORY --by EMAIL``: drafts of nominations, all of them or none."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from awards.models import Category, Selection
from awards.models.editions import GOVERNMENTS
from awards.nomination_import.intake import NominationIntake
from awards.permissions import require
from awards.stages import Permission
from paritrana.accounts.models import User
from paritrana.intake.command import FAULTY, UNREADABLE, IntakeCommand


class Command(IntakeCommand):
    help = (
        "Nominate companies, enterprises, universities and villages of one category. With a fault or an open question "
        "anywhere nothing is written; --answer ROW=VALUE answers one."
    )
    needs_person = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("selection", help="for example 2025-51")
        parser.add_argument("category", help="for example badan-usaha-besar")

    def described(self, by: User | None, options: dict[str, Any]) -> NominationIntake:
        if by is None:
            raise CommandError(_("Say with --by who answers for it."), returncode=UNREADABLE)
        selection = Selection.objects.with_context().filter(slug=options["selection"]).first()
        rows = Category.objects.filter(selections=selection).exclude(candidate_kind__in=GOVERNMENTS)
        category = rows.filter(slug=options["category"]).first()
        if selection is None or category is None:
            message = _("There is no selection “%(selection)s” with a category “%(category)s” to nominate for.")
            raise CommandError(message % options, returncode=UNREADABLE)
        try:
            require(by, Permission.NOMINATE, selection)
        except PermissionDenied as refusal:
            raise CommandError(str(refusal), returncode=FAULTY) from refusal
        return NominationIntake(selection, category, by)
