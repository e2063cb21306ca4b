"""Ends of the trail in letters, as they wait or were sent: those that tell administrators of a backup have one."""

from collections.abc import Iterator

from awards.models import Letter
from paritrana.accounts import anchors

BACKUP = "backup:"
"""With this the key of such a letter begins."""


def mailed() -> Iterator[tuple[str, str]]:
    for key, body in Letter.objects.filter(key__startswith=BACKUP).values_list("pk", "body").iterator():
        yield f"letter {key}", body


anchors.register(mailed)
