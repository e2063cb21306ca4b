"""Letters in states that take a server some hours to bring about."""

from typing import Any

from django.utils import timezone

from awards.models import Letter
from awards.models.letters import WAITS
from paritrana.accounts.models import User


def letter_given_up(to: User) -> Letter:
    tried: dict[str, Any] = {"attempts": len(WAITS) + 1, "claimed_at": timezone.now() - WAITS[-1], "error": "ditolak"}
    return Letter.objects.create(key=f"surat {to.pk}", to=to, subject="Perihal", body="Isi", **tried)
