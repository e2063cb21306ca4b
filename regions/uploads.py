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
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from paritrana import formats
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.workbooks import Fault, apart
from regions import entering
from regions.actions import Entry
from regions.models import Coverage, Definition, Denominator, Region
from regions.workbooks import Reported, read_coverage

LIVES = 24 * 60 * 60
MOST_KEPT = 5
_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Upload:
    """A file somebody handed in; ``digest`` is the sha256 of its bytes."""

    key: str
    folder: Path
    name: str
    digest: str


@dataclass
class Change:
    """One figure as it is and as the file wants it."""

    before: Coverage | None
    reported: Reported


@dataclass
class Preview:
    """What a file would do. With faults nothing of it is written."""

    columns: list[str]
    sheet: str
    unread: list[str]
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    same: int = 0

    @property
    def fingerprint(self) -> str:
        """Differs whenever confirming would do something else than what was shown."""
        said = [(c.reported.key, c.before and c.before.version, _says(c.reported)) for c in self.changes]
        return sha256(repr(sorted(said, key=str)).encode()).hexdigest()


class Stale(Exception):
    """What confirming would do is no longer what was shown."""


def receive(user: User, name: str, content: Iterable[bytes]) -> Upload:
    """Keep a file and start reading it."""
    upload = fresh(user, name, content)
    apart.begin(upload.folder, upload.name)
    return upload


def fresh(user: User, name: str, content: Iterable[bytes] = ()) -> Upload:
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
    said = {"user": user.pk, "name": name, "digest": hashed.hexdigest(), "at": time.time()}
    (folder / "upload.json").write_text(json.dumps(said))
    return Upload(key, folder, name, said["digest"])


def find(user: User, key: str) -> Upload | None:
    """The upload of this person by its key; None for everybody else's, an expired one, and none."""
    folder = _root() / key
    said = _said(folder) if _KEY.fullmatch(key) else None
    if said is None or said["user"] != user.pk or time.time() - said["at"] > LIVES:
        return None
    return Upload(key, folder, said["name"], said["digest"])


def preview(upload: Upload, area: list[Region]) -> Preview:
    """What the file says and would change, against the figures in force now; eight queries whatever its length."""
    table = apart.table(upload.folder)
    original = list(table.columns)
    reading = read_coverage(table, area)
    found = Preview(original, table.sheet, table.unread, reading.faults, reading.warnings)
    if found.faults:
        return found
    years = {reported.year for reported in reading.figures}
    places = {"region__in": [region.pk for region in area], "year__in": years}
    known = {_place(row): row for row in Coverage.objects.filter(**places).with_context()}
    given = {_place(row): row for row in Denominator.objects.filter(**places).select_related("definition")}
    for reported in reading.figures:
        before = known.get(reported.key)
        if before and _says(reported) == _says_now(before):
            found.same += 1
            continue
        found.changes.append(Change(before, reported))
        if refusal := _refusal(reported, before, given.get(reported.key)):
            found.faults.append(Fault(reported.row, "", refusal))
    return found


@transaction.atomic
def carry_out(upload: Upload, area: list[Region], *, digest: str, fingerprint: str, by: User) -> list[Coverage]:
    """Write the file that was shown, all of it or nothing. Raises Stale, entering.Refused, or ValidationError."""
    content = sha256((upload.folder / apart.FILE).read_bytes()).hexdigest()
    table = apart.table(upload.folder)
    if not content == upload.digest == table.digest == digest:
        raise Stale
    found = preview(upload, area)
    if found.fingerprint != fingerprint:
        raise Stale
    if found.faults:
        raise ValidationError(_("The file has faults; nothing was written."), code="faults")
    entries: dict[tuple[Region, int], list[Entry]] = {}
    origins: dict[tuple[Region, int], str] = {}
    definitions = {(row.territory, row.denominator): row for row in Definition.objects.all()}
    for change in found.changes:
        place = change.reported.region, change.reported.year
        entries.setdefault(place, []).append(_entry(change, definitions))
        origins.setdefault(place, f"{upload.name}:{change.reported.row}")
    changed = entering.enter_all(entries, by=by, origin=origins)
    if changed:
        trail.record(by, "coverage.upload", by, file=upload.name, sha256=upload.digest, figures=len(changed))
    return changed


def _entry(change: Change, definitions: dict[tuple[str, str], Definition]) -> Entry:
    reported = change.reported
    territory, denominator = reported.definition
    definition = definitions.get(reported.definition)
    if definition is None:
        definition = Definition.objects.get_or_create(territory=territory, denominator=denominator)[0]
    return Entry(
        segment=reported.segment,
        workers=reported.workers,
        participants=reported.participants,
        definition=definition,
        source=reported.source,
        as_of=reported.as_of,
        based_on=change.before.version if change.before else 0,
    )


def _refusal(reported: Reported, before: Coverage | None, given: Denominator | None) -> str | None:
    """Why a changed figure cannot be taken; None when it can."""
    if before and before.is_locked:
        return _("This figure is locked. Write what the portal says, or remove the row.")
    if before and before.is_verified:
        return _("This figure is verified and changes only through a correction. Write what the portal says.")
    if reported.version is not None and reported.version != (before.version if before else 0):
        return _("Somebody changed this figure after you downloaded the file. Download it again.")
    if given and (given.workers, given.definition.territory, given.definition.denominator) != (
        reported.workers,
        *reported.definition,
    ):
        said = {"workers": formats.count(given.workers), "definition": given.definition}
        return _("The workers are set by an office: write %(workers)s (%(definition)s).") % said
    return None


def _says(reported: Reported) -> tuple[Any, ...]:
    return tuple(str(getattr(reported, name)) for name in Coverage.FIELDS)


def _says_now(row: Coverage) -> tuple[Any, ...]:
    now = {**row.content(), "definition": (row.definition.territory, row.definition.denominator)}
    return tuple(str(now[name]) for name in Coverage.FIELDS)


def _place(row: Any) -> tuple[int, int, int]:
    return row.region_id, row.year, row.segment_id


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
