"""Makes many certificates in a background job, and reports its progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError

from paritrana import jobs
from paritrana.accounts.models import User
from scoring.documents import past
from scoring.documents.certificate_actions import CertificateOrder, Teller, make_certificates, make_past
from scoring.models import Seal

LONG = 20
"""The largest number of certificates made within one request: about two seconds, in both languages."""


@dataclass(frozen=True)
class CertificatePhase:
    """``state`` is ``making`` (``done`` of ``of``), ``made``, ``refused`` (with ``reason``), or ``broken``.

    Broken means that the worker died; then no certificate was stored.
    """

    state: str
    done: int = 0
    of: int = 0
    reason: str = ""

    @property
    def is_working(self) -> bool:
        return self.state == "making"


def now(key: str) -> CertificatePhase | None:
    """The phase of the job with this key; None when none was started."""
    if jobs.broke_off(_folder(key), {"making"}):
        return CertificatePhase("broken")
    content = jobs.stored_phase(_folder(key))
    return CertificatePhase(**content) if content else None


def key_of(seal: Seal) -> str:
    return f"result-{seal.digest[:16]}"


def begin(seal: Seal, order: CertificateOrder, *, by: User) -> None:
    """Start the job of a selection, unless it is running."""
    _begin(key_of(seal), lambda tell: make_certificates(seal.selection, order, by=by, tell=tell))


def key_of_past(period: str, language: str) -> str:
    return f"past-{period or 'all'}-{language}"


def begin_past(period: str, language: str, *, by: User) -> None:
    """Start the reprints of a period, or of all when it is empty."""
    rows = past.published()
    chosen = rows.filter(period=int(period)) if period else rows
    _begin(key_of_past(period, language), lambda tell: make_past(chosen, by=by, language=language, tell=tell))


def _begin(key: str, make: Callable[[Teller], object]) -> None:
    folder = _folder(key)
    folder.mkdir(parents=True, exist_ok=True)

    def tell(done: int, of: int) -> None:
        jobs.say(folder, asdict(CertificatePhase("making", done, of)))

    def work() -> None:
        try:
            make(tell)
        except ValidationError as error:
            found = CertificatePhase("refused", reason=" ".join(error.messages))
        except PermissionDenied as error:
            found = CertificatePhase("refused", reason=str(error))
        else:
            found = CertificatePhase("made")
        jobs.say(folder, asdict(found))

    jobs.begin(folder, asdict(CertificatePhase("making")), work, name=f"certificates-{key}")


def _folder(key: str) -> Path:
    return Path(settings.DATA_DIR) / "making" / key
