"""The moves of a nomination: one engine over ``stages.MOVES``, and what each verb asks besides."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards import deadlines
from awards.completeness import completeness
from awards.models import Nomination
from awards.signals import selection_changed
from awards.stages import MOVES, OPEN_IN, REASON_NEEDED, Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User


def move(verb: str, nomination: Nomination, *, by: User, reason: str = "", version: int | None = None) -> None:
    """Do the move called ``verb``; ``version`` is the one the person had before their eyes.

    Raises ValidationError: ``moved-on`` when its state, the stage or somebody faster forbids it, ``conflict`` when it
    changed since it was looked at, ``deadline``, ``reason``, ``unanswered``, ``four-eyes``.
    """
    return VERBS[verb](nomination, by=by, version=version, **({"reason": reason} if verb in REASON_NEEDED else {}))


@transaction.atomic
def submit(nomination: Nomination, *, by: User, version: int | None = None) -> None:
    """Hand a draft, or a repaired nomination, over for verification."""
    lacking = completeness([_fresh(nomination)])[nomination.pk]
    if lacking.unanswered:
        raise ValidationError(
            _("Not answered yet: %(criteria)s."),
            code="unanswered",
            params={"criteria": ", ".join(map(str, lacking.unanswered))},
        )
    _move("submit", nomination, by, version, submitted_at=timezone.now(), submitted_by=by, remark="")


@transaction.atomic
def return_for_repair(nomination: Nomination, *, by: User, reason: str, version: int | None = None) -> None:
    _move("return", nomination, by, version, remark=_reason(reason))


@transaction.atomic
def verify(nomination: Nomination, *, by: User, version: int | None = None) -> None:
    """Confirm a sent nomination, by other eyes than those that nominated or sent it.

    Figures that do not exist do not hold it up: the page says what is missing, and the ranking lists it apart.
    """
    row = _fresh(nomination)
    if by.pk in {row.nominated_by_id, row.submitted_by_id}:
        raise ValidationError(_("Whoever nominated or sent it cannot verify it."), code="four-eyes")
    _move("verify", nomination, by, version, verified_at=timezone.now(), verified_by=by)


@transaction.atomic
def shortlist(nomination: Nomination, *, by: User, version: int | None = None) -> None:
    _move("shortlist", nomination, by, version, remark="")


@transaction.atomic
def pass_over(nomination: Nomination, *, by: User, reason: str, version: int | None = None) -> None:
    _move("pass-over", nomination, by, version, remark=_reason(reason))


VERBS = {
    "submit": submit,
    "return": return_for_repair,
    "verify": verify,
    "shortlist": shortlist,
    "pass-over": pass_over,
}


def _fresh(nomination: Nomination) -> Nomination:
    """The row as it is now, held until the end of the transaction where the database can."""
    Nomination.objects.select_for_update().get(pk=nomination.pk)
    return Nomination.objects.with_context().get(pk=nomination.pk)


def _reason(text: str) -> str:
    if not text.strip():
        raise ValidationError(_("Give the reason: it is shown to the nominator."), code="reason")
    return text.strip()


def _move(verb: str, nomination: Nomination, by: User, version: int | None, **stamps: Any) -> None:
    """One conditional update: from an allowed state, at an open stage, and at the version that was looked at."""
    origins, target, permission = MOVES[verb]
    before = _fresh(nomination)
    open_stages = [stage for stage, permissions in OPEN_IN.items() if permission in permissions]
    rows = Nomination.objects.filter(pk=nomination.pk, state__in=origins, selection__stage__in=open_stages)
    if permission == Permission.REPAIR:
        rows = rows.mendable()
    seen = before.version if version is None else version
    if not rows.filter(version=seen).update(state=target, version=F("version") + 1, **stamps):
        if before.version != seen:
            raise ValidationError(_("It has changed since you opened it; please look again."), code="conflict")
        if permission == Permission.REPAIR and (date := deadlines.missed(before)):
            raise deadlines.too_late(date)
        raise ValidationError(
            _("This cannot be done while it is “%(state)s” and the stage is “%(stage)s”."),
            code="moved-on",
            params={"state": before.get_state_display(), "stage": before.selection.get_stage_display()},
        )
    nomination.refresh_from_db()
    told = {"reason": stamps["remark"]} if verb in REASON_NEEDED else {}
    trail.record(by, f"nomination.{verb}", nomination, before=before.state, after=target.value, **told)
    selection_changed.send(sender=Nomination, selection=nomination.selection, by=by)
