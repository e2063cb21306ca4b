"""How far an upload is: reading, comparing, and writing once it is confirmed. A long file is worked on beside requests.

The phase stands in the upload's folder, so that a page opened again later finds what became of a file.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from paritrana import jobs
from paritrana.accounts.models import User
from paritrana.workbooks import Fault, sandbox, staging
from paritrana.workbooks.staging import Upload
from regions.imports import upload as import_upload
from regions.imports.upload import ImportPreview
from regions.models import Region

LONG = 1000
"""Files of at most so many rows are compared and written within one request, anew whenever they are looked at."""
_SHOWN = "shown.json"
_WORKING = ("comparing", "writing")


@dataclass(frozen=True)
class ImportPhase:
    """``state`` is ``reading``, ``refused`` (with ``reason``), ``read``; of a long file also ``comparing``,
    ``compared``, ``writing``, ``written`` (``done`` figures) or ``broken``. ``told`` is why it was compared again:
    ``stale``, or ``broken`` when writing ended without an answer."""

    state: str
    done: int = 0
    of: int = 0
    reason: str = ""
    told: str = ""

    @property
    def is_working(self) -> bool:
        return self.state in ("reading", *_WORKING)


def now(upload: Upload) -> ImportPhase:
    """The phase an upload is in; ``broken`` when whoever compared or wrote it is gone."""
    read = sandbox.progress(upload.folder)
    if read.state != "read":
        return ImportPhase(read.state, read.rows, read.of, read.reason)
    broke_off = jobs.broke_off(upload.folder, _WORKING)
    found = _stored_phase(upload.folder) or ImportPhase("read", read.rows, read.rows)
    return ImportPhase("broken", told="broken" if found.state == "writing" else "") if broke_off else found


def is_long(phase: ImportPhase) -> bool:
    return phase.state != "read" or phase.of > LONG


def compare(upload: Upload, area: list[Region], why: str = "") -> None:
    """Begin to compare a long file with what is in force, unless somebody is at work on it."""

    def work() -> None:
        _compare(upload, area, why)

    _begin(upload, "comparing", work)


def write(upload: Upload, area: list[Region], *, digest: str, fingerprint: str, by: User) -> None:
    """Begin to write what was shown, unless somebody is at work on the file; the phase tells what became of it."""

    def work() -> None:
        try:
            done = import_upload.carry_out(
                upload, area, digest=digest, fingerprint=fingerprint, by=by, tell=_teller(upload, "writing")
            )
        except (staging.Stale, staging.FaultyFile):
            _compare(upload, area, "stale")
        else:
            _say(upload.folder, ImportPhase("written", done, done))

    _begin(upload, "writing", work)


def wait(upload: Upload, seconds: float) -> ImportPhase:
    """The phase once nobody works on the upload any more, or after so many seconds."""
    end = time.monotonic() + seconds
    while (found := now(upload)).is_working and time.monotonic() < end:
        time.sleep(0.02)
    return found


def shown(upload: Upload) -> ImportPreview:
    """What comparing a long file found; only when the phase is ``compared``."""
    content = json.loads((upload.folder / _SHOWN).read_text())
    for name in ("faults", "warnings"):
        content[name] = [Fault(**fault) for fault in content[name]]
    return ImportPreview(**content)


def _compare(upload: Upload, area: list[Region], why: str) -> None:
    found = import_upload.preview(upload, area, _teller(upload, "comparing"))
    jobs.replace(upload.folder / _SHOWN, asdict(found))
    _say(upload.folder, ImportPhase("compared", told=why))


def _begin(upload: Upload, state: str, work: Callable[[], None]) -> None:
    jobs.begin(upload.folder, asdict(ImportPhase(state)), work, name=f"upload-{upload.key}")


def _teller(upload: Upload, state: str) -> Callable[[int, int], None]:
    return lambda done, of: _say(upload.folder, ImportPhase(state, done, of))


def _say(folder: Path, phase: ImportPhase) -> None:
    jobs.say(folder, asdict(phase))


def _stored_phase(folder: Path) -> ImportPhase | None:
    try:
        return ImportPhase(**(jobs.stored_phase(folder) or {}))
    except TypeError:
        return None
