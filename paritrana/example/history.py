"""Winners of past periods as published; each row names its source, nothing is invented."""

from django.conf import settings
from django.core.management import call_command

from paritrana.accounts.models import User

WINNERS = "fixtures/history/winners_published.csv"


def load(*, by: User) -> None:
    call_command("import_winners", str(settings.BASE_DIR / WINNERS), by=by.email, verbosity=0)
