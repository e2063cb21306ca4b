"""Makes many certificates in the background, and reports the progress."""

from dataclasses import asdict, dataclass
from typing import Any

from django_tasks import task

from awards.models import Selection
from paritrana.accounts.models import User
from paritrana.queue import phases
from paritrana.queue.phases import WorkRun
from scoring.documents import past
from scoring.documents.certificate_actions import CertificateOrder, make_certificates, make_past
from scoring.models import Seal

LONG = 20
"""The largest number of certificates made within one request: about two seconds, in both languages."""


@dataclass(frozen=True)
class CertificatePhase:
    """``state`` is ``making`` (``done`` of ``of``), ``made``, ``refused`` (with ``reason``), or ``broken``.

    Broken means that it failed as often as it is tried; then no certificate was stored.
    """

    state: str
    done: int = 0
    of: int = 0
    reason: str = ""

    @property
    def is_working(self) -> bool:
        return self.state == "making"


def now(key: str) -> CertificatePhase | None:
    """The phase of the work with this key; None when none was begun."""
    found = phases.now(key)
    return CertificatePhase(found.state, found.done, found.of, found.detail.get("reason", "")) if found else None


def key_of(seal: Seal) -> str:
    return f"certificates-{seal.digest[:16]}"


def begin(seal: Seal, order: CertificateOrder, *, by: User) -> None:
    """Begin with those of a selection, unless somebody is at it."""
    phases.begin(key_of(seal), "making", press_certificates, seal.selection_id, asdict(order), by.pk)


def key_of_past(period: str, language: str) -> str:
    return f"certificates-past-{period or 'all'}-{language}"


def begin_past(period: str, language: str, *, by: User) -> None:
    """Begin with the reprints of a period, or of all when it is empty."""
    phases.begin(key_of_past(period, language), "making", press_reprints, period, language, by.pk)


@task()
def press_certificates(run: list[str], selection: int, order: dict[str, Any], user: int) -> None:
    def make(run: WorkRun) -> None:
        wanted, by = CertificateOrder(**order), User.objects.get(pk=user)
        of = Selection.objects.with_context().get(pk=selection)
        make_certificates(of, wanted, by=by, tell=run.tell, made=lambda: run.finish("made"))

    WorkRun(*run).carry_out_or_tell(make)


@task()
def press_reprints(run: list[str], period: str, language: str, user: int) -> None:
    def make(run: WorkRun) -> None:
        rows = past.published()
        chosen = rows.filter(period=int(period)) if period else rows
        by = User.objects.get(pk=user)
        make_past(chosen, by=by, language=language, tell=run.tell, made=lambda: run.finish("made"))

    WorkRun(*run).carry_out_or_tell(make)
