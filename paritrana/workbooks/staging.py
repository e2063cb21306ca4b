from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from paritrana.workbooks import sandbox

if TYPE_CHECKING:
    from paritrana.accounts.models import User

LIVES = 24 * 60 * 60
MOST_KEPT = 5
COVERAGE = "coverage"
_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Upload:
    """An uploaded file; ``digest`` is the sha256 of its bytes."""

    key: str
    folder: Path
    name: str
    digest: str

    def is_whole(self, digest: str) -> bool:
        """Whether the stored bytes are still those that were uploaded and shown."""
        return sha256((self.folder / sandbox.FILE).read_bytes()).hexdigest() == self.digest == digest


class Stale(Exception):
    """Confirming would do something else than the page showed."""


class FaultyFile(Exception):
    """The file has faults; nothing was written."""


def receive(user: User, name: str, content: Iterable[bytes], about: str = COVERAGE) -> Upload:
    """Store a file and start reading it; it can only be confirmed for the purpose ``about``."""
    upload = fresh(user, name, content, about)
    sandbox.begin(upload.folder, upload.name)
    return upload


def fresh(user: User, name: str, content: Iterable[bytes] = (), about: str = COVERAGE) -> Upload:
    """Store a file; delete expired files, and all but the latest few of this person."""
    _make_room(user)
    key = secrets.token_urlsafe(16)
    folder = _root() / key
    folder.mkdir(mode=0o700, parents=True)
    hashed = sha256()
    with (folder / sandbox.FILE).open("wb") as file:
        for chunk in content:
            hashed.update(chunk)
            file.write(chunk)
    name = Path(name).name.encode("utf-8", "replace").decode()[-100:]
    record = {"user": user.pk, "about": about, "name": name, "digest": hashed.hexdigest(), "at": time.time()}
    (folder / "upload.json").write_text(json.dumps(record))
    return Upload(key, folder, name, hashed.hexdigest())


def find(user: User, key: str, about: str = COVERAGE) -> Upload | None:
    """The upload of this person and purpose by its key; None when expired, of another person or purpose, or unknown."""
    folder = _root() / key
    record = _stored_record(folder) if _KEY.fullmatch(key) else None
    if record is None or (record["user"], record["about"]) != (user.pk, about) or time.time() - record["at"] > LIVES:
        return None
    return Upload(key, folder, record["name"], record["digest"])


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "cakupan"


def _stored_record(folder: Path) -> dict[str, Any] | None:
    try:
        return json.loads((folder / "upload.json").read_text())
    except (OSError, ValueError):
        return None


def _make_room(user: User) -> None:
    own = []
    for folder in _root().glob("*"):
        record = _stored_record(folder)
        if record is None or time.time() - record["at"] > LIVES:
            # A folder without its note may be one that is just being made.
            if record or time.time() - folder.stat().st_mtime > LIVES:
                shutil.rmtree(folder, ignore_errors=True)
        elif record["user"] == user.pk:
            own.append((record["at"], folder))
    for _at, folder in sorted(own, key=lambda one: one[0])[: -(MOST_KEPT - 1)]:
        shutil.rmtree(folder, ignore_errors=True)
