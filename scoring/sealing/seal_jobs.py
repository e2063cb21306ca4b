"""Seals a result in the background, and reports the progress: the second signature begins it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_tasks import task

from paritrana.accounts.models import User
from paritrana.queue import phases
from paritrana.queue.phases import Phase, WorkRun
from scoring.models import SealRequest
from scoring.sealing import actions, requests

SEALED = "sealed"


def key_of(asked: SealRequest) -> str:
    return f"seal-{asked.pk}"


def now(asked: SealRequest | None) -> Phase | None:
    """How far sealing is that this request asked for; None when nobody has signed it yet."""
    return phases.now(key_of(asked)) if asked else None


def failure(asked: SealRequest, sealing: Phase | None) -> str:
    """Why the last attempt failed and nothing was sealed, or an empty text."""
    if asked.outcome == SealRequest.Outcome.OVERTAKEN:
        return str(actions.STALE[SealRequest.Kind(asked.kind)])
    if sealing and sealing.state == phases.BROKEN:
        return _("Sealing was interrupted before it ended; nothing is sealed. Please second it again.")
    return str(sealing.detail["reason"]) if sealing and sealing.state == phases.REFUSED else ""


def begin(asked: SealRequest, *, by: User) -> None:
    """Sign as the second person. ValidationError: the codes of ``REFUSALS``, ``moved-on`` when it was answered."""
    if asked.outcome:
        raise ValidationError(_("Somebody has already done this."), code="moved-on")
    requests.require_second(asked, by)
    phases.begin(key_of(asked), "sealing", press_seal, asked.pk, by.pk)


@task()
def press_seal(run: list[str], asked: int, user: int) -> None:
    """Everything is asked once more: a role, a figure or the request itself may have gone meanwhile."""

    def seal(run: WorkRun) -> None:
        request = SealRequest.objects.select_related("selection__edition", "selection__province").get(pk=asked)
        by = User.objects.get(pk=user)
        actions.second(request, by=by, tell=run.tell, ended=lambda: run.finish(SEALED))

    WorkRun(*run).carry_out_or_tell(seal)
