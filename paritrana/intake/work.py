"""How far an upload is: reading, comparing, and writing once it is confirmed; a long file needs no page that waits.

The phase stands in the upload's folder, so that a page opened again later finds what became of a file.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from paritrana import jobs
from paritrana.accounts.models import User
from paritrana.intake.description import Answers, Intake, Overtaken, Tell, WrittenBy
from paritrana.intake.planning import IntakePlan, plan
from paritrana.intake.planning import write as write_changes
from paritrana.intake.preview import IntakePreview
from paritrana.intake.preview import shown as as_preview
from paritrana.workbooks import Fault, Table, sandbox
from paritrana.workbooks.staging import FaultyFile, Stale, Upload

LONG = 1000
"""Files of at most so many rows are compared and written within one request, anew whenever they are looked at."""
_SHOWN = "shown.json"
_WORKING = ("comparing", "writing")


@dataclass(frozen=True)
class IntakePhase:
    """``state`` is ``reading``, ``refused`` (with ``reason``), ``read``; of a long file also ``comparing``,
    ``compared``, ``writing``, ``written`` (``done`` rows) or ``broken``. ``outcome`` is why it was compared again:
    ``stale``, ``unanswered``, or ``broken`` when writing ended without an answer."""

    state: str
    done: int = 0
    of: int = 0
    reason: str = ""
    outcome: str = ""

    @property
    def is_working(self) -> bool:
        return self.state in ("reading", *_WORKING)

    @property
    def is_long(self) -> bool:
        return self.state != "read" or self.of > LONG


def now(upload: Upload) -> IntakePhase:
    """The phase an upload is in; ``broken`` when whoever compared or wrote it is gone."""
    read = sandbox.progress(upload.folder)
    if read.state != "read":
        return IntakePhase(read.state, read.rows, read.of, read.reason)
    broke_off = jobs.broke_off(upload.folder, _WORKING)
    found = _stored(upload.folder) or IntakePhase("read", read.rows, read.rows)
    return IntakePhase("broken", outcome="broken" if found.state == "writing" else "") if broke_off else found


class Unanswered(Exception):
    """A row is asked about and nobody has answered; nothing was written."""


def preview(upload: Upload, intake: Intake, tell: Tell | None = None, answers: Answers | None = None) -> IntakePreview:
    """What the file says and would change, against what is stored now."""
    table, found = _compared(upload, intake, tell, answers)
    return as_preview(intake, table, found)


def carry_out(
    upload: Upload,
    intake: Intake,
    *,
    digest: str,
    fingerprint: str,
    by: User,
    answers: Answers | None = None,
    tell: Tell | None = None,
) -> int:
    """Write the file that was shown, all of it or nothing; how many rows. Raises Stale, FaultyFile, Unanswered."""
    hand = WrittenBy(by, upload.name, upload.digest)
    with nullcontext() if intake.is_guarded else transaction.atomic():
        intake.hold()
        table, found = _compared(upload, intake, None, answers)
        if not upload.is_whole(digest) or table.digest != digest or found.fingerprint != fingerprint:
            raise Stale
        if found.faults:
            raise FaultyFile
        if found.unanswered:
            raise Unanswered
        try:
            return write_changes(intake, found.changes, hand, tell)
        except Overtaken as overtaken:
            raise Stale(str(overtaken)) from overtaken


def compare(upload: Upload, intake: Intake, outcome: str = "") -> None:
    """Begin to compare a long file with what is stored, unless somebody is at work on it."""

    def work() -> None:
        _compare(upload, intake, outcome)

    _begin(upload, "comparing", work)


def write(
    upload: Upload, intake: Intake, *, digest: str, fingerprint: str, by: User, answers: Answers | None = None
) -> None:
    """Begin to write what was shown, unless somebody is at work on the file; the phase tells what became of it."""
    given: dict[str, Any] = {"digest": digest, "fingerprint": fingerprint, "by": by, "answers": answers}

    def work() -> None:
        try:
            done = carry_out(upload, intake, **given, tell=_teller(upload, "writing"))
        except (Stale, FaultyFile, Unanswered) as refused:
            _compare(upload, intake, outcome_of(refused) or "stale", str(refused), answers)
        else:
            _say(upload.folder, IntakePhase("written", done, done))

    _begin(upload, "writing", work)


def outcome_of(refused: Exception) -> str:
    """Why it is shown again."""
    return {Stale: "stale", Unanswered: "unanswered"}.get(type(refused), "")


def wait(upload: Upload, seconds: float) -> IntakePhase:
    """The phase once nobody works on the upload any more, or after so many seconds."""
    end = time.monotonic() + seconds
    while (found := now(upload)).is_working and time.monotonic() < end:
        time.sleep(0.02)
    return found


def shown(upload: Upload) -> IntakePreview:
    """What comparing a long file found; only when the phase is ``compared``."""
    stored = json.loads((upload.folder / _SHOWN).read_text())
    for name in ("faults", "warnings"):
        stored[name] = [Fault(**fault) for fault in stored[name]]
    return IntakePreview(**stored)


def _compared(upload: Upload, intake: Intake, tell: Tell | None, answers: Answers | None) -> tuple[Table, IntakePlan]:
    table = sandbox.table(upload.folder)
    return table, plan(intake, table, tell, answers)


def _compare(upload: Upload, intake: Intake, outcome: str, reason: str = "", answers: Answers | None = None) -> None:
    found = preview(upload, intake, _teller(upload, "comparing"), answers)
    jobs.replace(upload.folder / _SHOWN, asdict(found))
    _say(upload.folder, IntakePhase("compared", outcome=outcome, reason=reason))


def _begin(upload: Upload, state: str, work: Callable[[], None]) -> None:
    jobs.begin(upload.folder, asdict(IntakePhase(state)), work, name=f"upload-{upload.key}")


def _teller(upload: Upload, state: str) -> Tell:
    return lambda done, of: _say(upload.folder, IntakePhase(state, done, of))


def _say(folder: Path, phase: IntakePhase) -> None:
    jobs.say(folder, asdict(phase))


def _stored(folder: Path) -> IntakePhase | None:
    try:
        return IntakePhase(**(jobs.stored_phase(folder) or {}))
    except TypeError:
        return None
