"""``remove_factors EMAIL --reason TEXT``: the second factors of somebody whom no two administrators can help."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from paritrana.accounts import factor_resets
from paritrana.accounts.models import User
from paritrana.schema import DatabaseCommand


class Command(DatabaseCommand):
    help = "Remove lost second factors where the portal has no two other administrators; it is told and in the trail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="address of the account")
        parser.add_argument("--reason", required=True, help="why, and how you know who asks; it stands in the trail")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            user = User.objects.filter(email=options["email"].strip().lower(), is_active=True).first()
            if user is None:
                raise CommandError(_("There is no active account with this address."))
            try:
                factor_resets.remove_by_operator(user, reason=options["reason"])
            except ValidationError as refusal:
                raise CommandError(refusal.messages[0], returncode=1) from refusal
            self.stdout.write(_("Removed. The person signs in with the password and sets up new ones."))
