"""Files between choosing and confirming: kept for a day in the database, where every server and worker finds them."""

import json
import re
import secrets
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django_tasks import task

from paritrana.queue import phases
from paritrana.queue.models import StagedFile
from paritrana.queue.phases import WorkRun
from paritrana.workbooks import Table, Unreadable, sandbox

if TYPE_CHECKING:
    from paritrana.accounts.models import User

LIVES = timedelta(days=1)
MOST_KEPT = 5
COVERAGE = "coverage"
_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Upload:
    """An uploaded file; ``digest`` is the sha256 of its bytes."""

    key: str
    name: str
    digest: str

    @property
    def work(self) -> str:
        """What the phases of work on it are kept under."""
        return f"upload-{self.key}"

    def is_whole(self, digest: str) -> bool:
        """Whether the stored bytes are still those that were uploaded and shown."""
        return sha256(self.content).hexdigest() == self.digest == digest

    @property
    def content(self) -> bytes:
        return bytes(StagedFile.objects.values_list("content", flat=True).get(key=self.key))


class Stale(Exception):
    """Confirming would do something else than the page showed."""


class FaultyFile(Exception):
    """The file has faults; nothing was written."""


def receive(user: "User", name: str, content: Iterable[bytes], about: str = COVERAGE) -> Upload:
    """Store a file and queue the reading of it; it can only be confirmed for the purpose ``about``."""
    upload = fresh(user, name, content, about)
    begin(upload)
    return upload


def begin(upload: Upload) -> None:
    phases.begin(upload.work, "reading", read_staged)


def fresh(user: "User", name: str, content: Iterable[bytes] = (), about: str = COVERAGE) -> Upload:
    """Store a file; delete expired files of this person, and all but the latest few."""
    held = b"".join(content)
    name = Path(name).name.encode("utf-8", "replace").decode()[-100:]
    row = StagedFile(key=secrets.token_urlsafe(16), user_id=user.pk, about=about, name=name, content=held)
    row.digest = sha256(held).hexdigest()
    row.save()
    own = StagedFile.objects.filter(user_id=user.pk)
    own.filter(at__lte=timezone.now() - LIVES).delete()
    own.exclude(pk__in=own.order_by("-at", "-pk").values("pk")[:MOST_KEPT]).delete()
    return Upload(row.key, row.name, row.digest)


def find(user: "User", key: str, about: str = COVERAGE) -> Upload | None:
    """The upload of this person and purpose by its key; None when expired, of another person or purpose, or unknown."""
    if not _KEY.fullmatch(key):
        return None
    rows = StagedFile.objects.filter(key=key, user_id=user.pk, about=about, at__gt=timezone.now() - LIVES)
    found = rows.values_list("name", "digest").first()
    return Upload(key, *found) if found else None


@task()
def read_staged(run: list[str]) -> None:
    """Read a file in the sandbox and keep its table."""
    WorkRun(*run).carry_out(_read)


def _read(run: WorkRun) -> None:
    row = StagedFile.objects.filter(key=run.key.removeprefix("upload-")).only("name", "content").first()
    if row is None:
        return run.finish("refused")  # dropped meanwhile: nobody finds it any more
    try:
        found = sandbox.read(bytes(row.content), row.name, run.tell)
    except Unreadable as refusal:
        return run.finish("refused", reason=str(refusal))
    StagedFile.objects.filter(pk=row.pk).update(table=packed(found))
    return run.finish("read", len(found["rows"]), len(found["rows"]))


def table(upload: Upload) -> Table:
    """What was read of it; only when it is read."""
    return sandbox.table(unpacked(StagedFile.objects.values_list("table", flat=True).get(key=upload.key)))


def packed(content: Any) -> bytes:
    return zlib.compress(json.dumps(content).encode())


def unpacked(content: Any) -> Any:
    return json.loads(zlib.decompress(content))
