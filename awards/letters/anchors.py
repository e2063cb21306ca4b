"""Heads of the trail in the letters about backups, both waiting and sent ones."""

from collections.abc import Iterator

from awards.models import Letter
from paritrana.accounts import anchors

BACKUP = "backup:"
"""With this the key of such a letter begins."""


def mailed() -> Iterator[tuple[str, str]]:
    for key, body in Letter.objects.filter(key__startswith=BACKUP).values_list("pk", "body").iterator():
        yield f"letter {key}", body


anchors.register(mailed)
