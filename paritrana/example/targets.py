"""Targets of the example: invented, and labelled so as their source."""

from django.conf import settings
from django.core.management import call_command

from paritrana.accounts.models import User

TARGETS = "fixtures/example/targets.csv"


def play(cast: dict[str, User]) -> None:
    call_command("import_targets", str(settings.BASE_DIR / TARGETS), by=cast["kantor.pusat"].email, verbosity=0)
