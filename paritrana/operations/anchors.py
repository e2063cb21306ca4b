"""Ends of the trail in the manifests of the archives that lie in ``BACKUP_FOLDER``."""

from collections.abc import Iterator

from django.conf import settings

from paritrana.accounts import anchors
from paritrana.accounts.models import AuditEvent, Installation
from paritrana.operations import archive


def archived() -> Iterator[tuple[str, str]]:
    """Of this installation, and of the one it was restored from up to the archive that was: what came after is lost."""
    restored = {row["installation"]: _number(row["head"]) for row in _restorations()}
    own = str(Installation.objects.filter(pk=1).first() or "")
    for path in sorted(settings.BACKUP_FOLDER.glob("paritrana-*.tar")):
        try:
            with archive.opened(path) as (_tar, manifest):
                past = restored.get(manifest.installation, -1)
        except archive.BadArchive:
            continue  # verify_backup tells it
        if manifest.installation == own or _number(manifest.head) <= past:
            yield f"archive {path.name}", manifest.head


def _restorations() -> Iterator[dict[str, str]]:
    yield from AuditEvent.objects.filter(verb="backup.restore").order_by("pk").values_list("detail", flat=True)


def _number(head: str) -> int:
    return int(head.partition(":")[0])


anchors.register(archived)
