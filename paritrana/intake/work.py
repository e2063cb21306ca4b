"""How far an upload is: reading, comparing, and writing once it is confirmed; a long file needs no page that waits.

Long work is a task: it finds its errand again by the name of the errand's addresses and by the person, whose right is
asked anew. The phase stands in the database, so that a page opened again later finds what became of a file.
"""

import time
from collections.abc import Callable
from contextlib import nullcontext
from copy import copy
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django_tasks import task

from paritrana.accounts.models import User
from paritrana.intake import registry, staging
from paritrana.intake.description import Intake, Overtaken, Tell, WrittenBy
from paritrana.intake.errands import IntakeErrand
from paritrana.intake.planning import IntakePlan, plan
from paritrana.intake.planning import write as write_changes
from paritrana.intake.preview import IntakePreview
from paritrana.intake.preview import shown as as_preview
from paritrana.intake.questions import Answers
from paritrana.intake.staging import FaultyFile, Stale, Upload
from paritrana.queue import phases
from paritrana.queue.models import StagedFile
from paritrana.queue.phases import WorkRun
from paritrana.workbooks import Fault, Table

LONG = 1000
"""Files of at most so many rows are compared and written within one request, anew whenever they are looked at."""
_WORKING = ("reading", "comparing", "writing")


@dataclass(frozen=True)
class IntakePhase:
    """``state`` is ``reading``, ``refused`` (with ``reason``), ``read``; of a long file also ``comparing``,
    ``compared``, ``writing``, ``written`` (``done`` rows) or ``broken``. ``outcome`` is why it was compared again:
    ``stale``, ``unanswered``, ``answered``, or ``broken`` when writing failed again and again."""

    state: str
    done: int = 0
    of: int = 0
    reason: str = ""
    outcome: str = ""

    @property
    def is_working(self) -> bool:
        return self.state in _WORKING

    @property
    def is_long(self) -> bool:
        return self.state != "read" or self.of > LONG


def now(upload: Upload) -> IntakePhase:
    """The phase an upload is in; a file nobody began to read, because its server died, begins to be read."""
    found = phases.now(upload.work)
    if found is None:
        staging.begin(upload)
        found = phases.now(upload.work) or phases.Phase("reading")
    if found.state != phases.BROKEN:
        return IntakePhase(found.state, found.done, found.of, **found.detail)
    if found.detail["state"] == "reading":
        return IntakePhase("refused", reason=_("The file could not be read. Please hand it in again."))
    return IntakePhase("broken", outcome="broken" if found.detail["state"] == "writing" else "")


class Unanswered(Exception):
    """Something is asked about and nobody has answered; nothing was written."""


class AnsweredOtherwise(Exception):
    """By the answers something else is written than was shown; nothing was written yet."""


REFUSED = (Stale, FaultyFile, Unanswered, AnsweredOtherwise)


@dataclass(frozen=True)
class ComparedUpload:
    """A file against what is stored now. ``unanswered`` is what it would do whatever is answered."""

    intake: Intake
    table: Table
    plan: IntakePlan
    unanswered: str

    @property
    def fingerprint(self) -> str:
        return f"{self.unanswered} {self.plan.fingerprint}"


def preview(upload: Upload, intake: Intake, tell: Tell | None = None, answers: Answers | None = None) -> IntakePreview:
    """What the file says and would change, against what is stored now."""
    found = _compared(upload, intake, tell, answers)
    return replace(as_preview(found.intake, found.table, found.plan), fingerprint=found.fingerprint)


def carry_out(
    upload: Upload,
    intake: Intake,
    *,
    digest: str,
    fingerprint: str,
    by: User,
    answers: Answers | None = None,
    run: WorkRun | None = None,
) -> int:
    """Write the file that was shown, all of it or nothing; how many rows.

    Raises Stale, FaultyFile, Unanswered, AnsweredOtherwise.

    Of a ``run`` the end is written in the same transaction.
    """
    hand = WrittenBy(by, upload.name, upload.digest)
    with nullcontext() if intake.is_guarded else transaction.atomic():
        intake.hold()
        found = _compared(upload, intake, None, answers)
        if not upload.is_whole(digest) or found.table.digest != digest:
            raise Stale
        if found.unanswered != fingerprint.partition(" ")[0]:
            raise Stale
        if found.plan.faults:
            raise FaultyFile
        if found.plan.unanswered:
            raise Unanswered
        if found.fingerprint != fingerprint:
            raise AnsweredOtherwise
        try:
            with transaction.atomic():
                done = write_changes(found.intake, found.plan.changes, hand, run.tell if run else None)
                if run:
                    run.finish("written", done, done)
                return done
        except Overtaken as overtaken:
            raise Stale(str(overtaken)) from overtaken


def compare(upload: Upload, errand: IntakeErrand, by: User, outcome: str = "") -> None:
    """Begin to compare a long file with what is stored, unless somebody is at work on it."""
    phases.begin(upload.work, "comparing", compare_staged, by.pk, errand.name, list(errand.args), outcome)


def write(
    upload: Upload, errand: IntakeErrand, *, digest: str, fingerprint: str, by: User, answers: Answers | None = None
) -> None:
    """Begin to write what was shown, unless somebody is at work on the file; the phase tells what became of it."""
    shown = {"digest": digest, "fingerprint": fingerprint, "answers": answers or {}}
    phases.begin(upload.work, "writing", write_staged, by.pk, errand.name, list(errand.args), shown)


@task()
def compare_staged(run: list[str], user: int, name: str, args: list[Any], outcome: str) -> None:
    def work(run: WorkRun) -> None:
        upload, errand, _by = _found(run, user, name, args)
        _compare(run, upload, errand.intake, outcome, answers=_answered(upload))

    _carry_out(run, work)


@task()
def write_staged(run: list[str], user: int, name: str, args: list[Any], shown: dict[str, Any]) -> None:
    def work(run: WorkRun) -> None:
        upload, errand, by = _found(run, user, name, args)
        _remember(upload, shown["answers"])
        try:
            carry_out(upload, errand.intake, by=by, run=run, **shown)
        except REFUSED as refused:
            run.say("comparing")
            _compare(run, upload, errand.intake, outcome_of(refused) or "stale", str(refused), shown["answers"])

    _carry_out(run, work)


def _carry_out(run: list[str], work: Callable[[WorkRun], None]) -> None:
    """Whoever may not do it any more, or whose file is gone, is told so."""
    try:
        WorkRun(*run).carry_out(work)
    except (PermissionDenied, Http404) as refusal:
        WorkRun(*run).finish("refused", reason=str(refusal) or _("This is done by another office than yours."))


def _found(run: WorkRun, user: int, name: str, args: list[Any]) -> tuple[Upload, IntakeErrand, User]:
    by = User.objects.get(pk=user)
    errand = registry.errand_of(name, by, args)
    upload = staging.find(by, run.key.removeprefix("upload-"), errand.about)
    if upload is None or not by.is_active:
        raise PermissionDenied
    return upload, errand, by


def outcome_of(refused: Exception) -> str:
    """Why it is shown again."""
    return {Stale: "stale", Unanswered: "unanswered", AnsweredOtherwise: "answered"}.get(type(refused), "")


def wait(upload: Upload, seconds: float) -> IntakePhase:
    """The phase once nobody works on the upload any more, or after so many seconds."""
    end = time.monotonic() + seconds
    while (found := now(upload)).is_working and time.monotonic() < end:
        time.sleep(0.05)
    return found


def shown(upload: Upload) -> IntakePreview:
    """What comparing a long file found; only when the phase is ``compared``."""
    stored = staging.unpacked(StagedFile.objects.values_list("shown", flat=True).get(key=upload.key))
    for name in ("faults", "warnings"):
        stored[name] = [Fault(**fault) for fault in stored[name]]
    return IntakePreview(**stored)


def _answered(upload: Upload) -> Answers:
    """The answers a long file was last shown or written with; they outlast writing that breaks."""
    stored = StagedFile.objects.values_list("shown", flat=True).get(key=upload.key)
    questions = staging.unpacked(stored)["questions"] if stored else []
    return {each["key"]: each["answer"] for each in questions if each["answer"]}


def _remember(upload: Upload, answers: Answers) -> None:
    """Keep the answers beside their questions before writing begins, which may break."""
    if answers and (stored := StagedFile.objects.values_list("shown", flat=True).get(key=upload.key)):
        shown = staging.unpacked(stored)
        for each in shown["questions"]:
            each["answer"] = answers.get(each["key"], each["answer"])
        StagedFile.objects.filter(key=upload.key).update(shown=staging.packed(shown))


def _compared(upload: Upload, intake: Intake, tell: Tell | None, answers: Answers | None) -> ComparedUpload:
    """By copies of the description: what one comparison learns is nothing to the next."""
    table, used = staging.table(upload), copy(intake)
    found = plan(used, table, tell, answers)
    unanswered = plan(copy(intake), table).fingerprint if answers else found.fingerprint
    return ComparedUpload(used, table, found, unanswered)


def _compare(
    run: WorkRun, upload: Upload, intake: Intake, outcome: str, reason: str = "", answers: Answers | None = None
) -> None:
    found = preview(upload, intake, run.tell, answers)
    with transaction.atomic():
        StagedFile.objects.filter(key=upload.key).update(shown=staging.packed(asdict(found)))
        run.finish("compared", outcome=outcome, reason=reason)
