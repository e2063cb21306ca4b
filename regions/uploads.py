"""Workbooks handed in: kept in a folder of their own, read apart, shown as what they would change, then written whole.

Nothing of this is in the database until it is confirmed. A folder belongs to the person who sent it, has a name nobody
can guess, and is deleted after a day.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from paritrana.accounts.models import User
from paritrana.workbooks import Fault, apart
from regions import imports
from regions.models import Coverage, Region, State
from regions.workbooks import read_coverage

LIVES = 24 * 60 * 60
MOST_KEPT = 5
MOST_SHOWN = 300
COVERAGE = "coverage"
_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Upload:
    """A file somebody handed in; ``digest`` is the sha256 of its bytes."""

    key: str
    folder: Path
    name: str
    digest: str

    def is_whole(self, digest: str) -> bool:
        """Are the bytes kept, and those that were read and shown, still those handed in?"""
        return sha256((self.folder / apart.FILE).read_bytes()).hexdigest() == self.digest == digest


@dataclass
class Preview:
    """What a file would do, as far as a page shows it. With faults nothing of it is written.

    ``changes`` are the first ones: ``code``, ``region``, ``year``, ``segment``, ``row``, and ``workers``,
    ``participants``, ``old_workers``, ``old_participants``, the old ones None where there is no figure yet. The
    ``fingerprint`` differs whenever confirming would do something else than what was shown.
    """

    columns: list[str]
    sheet: str
    unread: list[str]
    digest: str = ""
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    faulty: int = 0
    doubtful: int = 0
    new: int = 0
    altered: int = 0
    same: int = 0
    fingerprint: str = ""


class Stale(Exception):
    """What confirming would do is no longer what was shown."""


class Faulty(Exception):
    """The file has faults; nothing was written."""


def receive(user: User, name: str, content: Iterable[bytes], about: str = COVERAGE) -> Upload:
    """Keep a file and start reading it; it is taken only for what it is ``about``."""
    upload = fresh(user, name, content, about)
    apart.begin(upload.folder, upload.name)
    return upload


def fresh(user: User, name: str, content: Iterable[bytes] = (), about: str = COVERAGE) -> Upload:
    """Keep a file; files that outlived their day, and all but the last few of this person, make room for it."""
    _make_room(user)
    key = secrets.token_urlsafe(16)
    folder = _root() / key
    folder.mkdir(mode=0o700, parents=True)
    hashed = sha256()
    with (folder / apart.FILE).open("wb") as file:
        for chunk in content:
            hashed.update(chunk)
            file.write(chunk)
    name = Path(name).name.encode("utf-8", "replace").decode()[-100:]
    said = {"user": user.pk, "about": about, "name": name, "digest": hashed.hexdigest(), "at": time.time()}
    (folder / "upload.json").write_text(json.dumps(said))
    return Upload(key, folder, name, said["digest"])


def find(user: User, key: str, about: str = COVERAGE) -> Upload | None:
    """The upload of this person by its key; None for an expired one, another errand, another person, and none."""
    folder = _root() / key
    said = _said(folder) if _KEY.fullmatch(key) else None
    if said is None or (said["user"], said["about"]) != (user.pk, about) or time.time() - said["at"] > LIVES:
        return None
    return Upload(key, folder, said["name"], said["digest"])


def preview(upload: Upload, area: list[Region], tell: imports.Tell | None = None) -> Preview:
    """What the file says and would change, against the figures in force now."""
    return _compared(upload, area, tell)[0]


def carry_out(
    upload: Upload, area: list[Region], *, digest: str, fingerprint: str, by: User, tell: imports.Tell | None = None
) -> int:
    """Write the file that was shown, all of it or nothing; answers how many figures. Raises Stale or Faulty."""
    shown, found = _compared(upload, area, None)
    if not upload.is_whole(digest) or shown.digest != digest or shown.fingerprint != fingerprint:
        raise Stale
    if shown.faults:
        raise Faulty
    hand = imports.Hand(by, "coverage.upload", upload.name, upload.digest, {"state": State.DRAFT})
    try:
        imports.write(found, hand, tell)
    except imports.Overtaken as overtaken:
        raise Stale from overtaken
    return len(found.changes)


def _compared(upload: Upload, area: list[Region], tell: imports.Tell | None) -> tuple[Preview, imports.Plan]:
    table = apart.table(upload.folder)
    shown = Preview(list(table.columns), table.sheet, table.unread, table.digest)
    reading = read_coverage(table, area)
    found = imports.Plan() if reading.faults else imports.plan(reading.figures, tell)
    faults = reading.faults + found.faults
    shown.faults, shown.faulty = [plain(fault) for fault in faults[:MOST_SHOWN]], len(faults)
    shown.warnings, shown.doubtful = [plain(fault) for fault in reading.warnings[:MOST_SHOWN]], len(reading.warnings)
    shown.changes, shown.same = [_shown(change) for change in found.changes[:MOST_SHOWN]], found.same
    shown.new = len(found.new)
    shown.altered = len(found.changes) - shown.new
    shown.fingerprint = _fingerprint(found)
    return shown, found


def _fingerprint(found: imports.Plan) -> str:
    said = [
        (c.reported.key, c.before and c.before.version, *(str(getattr(c.reported, name)) for name in Coverage.FIELDS))
        for c in sorted(found.changes, key=lambda change: change.reported.key)
    ]
    return sha256(repr(said).encode()).hexdigest()


def plain(fault: Fault) -> Fault:
    """The fault as a file can keep it: said in the language of now."""
    return Fault(fault.row, fault.column, str(fault.message))


def _shown(change: imports.Change) -> dict[str, Any]:
    new, old = change.reported, change.before
    return {
        "code": new.region.code,
        "region": new.region.name,
        "year": new.year,
        "segment": new.segment.code,
        "row": new.row,
        "workers": new.workers,
        "participants": new.participants,
        "old_workers": old and old.workers,
        "old_participants": old and old.participants,
    }


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "cakupan"


def _said(folder: Path) -> dict[str, Any] | None:
    try:
        return json.loads((folder / "upload.json").read_text())
    except (OSError, ValueError):
        return None


def _make_room(user: User) -> None:
    own = []
    for folder in _root().glob("*"):
        said = _said(folder)
        if said is None or time.time() - said["at"] > LIVES:
            # A folder without its note may be one that is just being made.
            if said or time.time() - folder.stat().st_mtime > LIVES:
                shutil.rmtree(folder, ignore_errors=True)
        elif said["user"] == user.pk:
            own.append((said["at"], folder))
    for _at, folder in sorted(own, key=lambda one: one[0])[: -(MOST_KEPT - 1)]:
        shutil.rmtree(folder, ignore_errors=True)
