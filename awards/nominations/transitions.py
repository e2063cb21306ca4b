"""The moves of a nomination: one engine over ``stages.MOVES``, and what each verb asks besides."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards import deadlines
from awards.criteria.completeness import Completeness, completeness, rubric_criteria, senders
from awards.models import Criterion, Nomination, ReturnRemark
from awards.nominations.eligibility import eligibility
from awards.signals import selection_changed
from awards.stages import MOVES, OPEN_IN, REASON_NEEDED, Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User

LACKING = {
    "unanswered": _("Not answered yet: %(criteria)s."),
    "note": _("The basis of the answer is missing: %(criteria)s."),
    "evidence": _("Evidence is missing: %(criteria)s."),
}
"""What holds a nomination back from being sent."""

UNSENT = _(
    "Coverage figures of %(region)s that were not sent: %(figures)s. %(branch)s has to check and send them on the page"
    " of coverage; after that this can be done."
)
NEEDS_FIGURES = frozenset({"submit", "verify", "shortlist"})
"""The moves that are refused with ``UNSENT`` while a figure its rubric asks for is a draft or was returned."""


def move(
    verb: str, nomination: Nomination, *, by: User, reason: str = "", version: int | None = None, **more: Any
) -> None:
    """Do the move called ``verb``; ``version`` is the one the person had before their eyes, ``more`` what it takes.

    Raises ValidationError: ``moved-on`` when its state, the stage or somebody faster forbids it, ``conflict`` when it
    changed since it was looked at, ``deadline``, ``reason``, ``four-eyes``; ``unanswered``, ``note`` and ``evidence``
    for what is missing before it is sent, ``ineligible`` before it is listed, ``figures`` before any of the three.
    """
    detail = {"reason": reason} if verb in REASON_NEEDED else {}
    return VERBS[verb](nomination, by=by, version=version, **detail, **more)


@transaction.atomic
def submit(nomination: Nomination, *, by: User, version: int | None = None) -> None:
    """Hand a draft, or a repaired nomination, over for verification."""
    lacking = completeness([_fresh(nomination)])[nomination.pk]
    for code, missing in (
        ("unanswered", lacking.unanswered),
        ("note", lacking.missing_notes),
        ("evidence", lacking.missing_evidence),
    ):
        if missing:
            raise ValidationError(LACKING[code], code=code, params={"criteria": ", ".join(map(str, missing))})
    _require_sent(nomination, lacking)
    _move("submit", nomination, by, version, submitted_at=timezone.now(), submitted_by=by, remark="")


@transaction.atomic
def return_for_repair(
    nomination: Nomination,
    *,
    by: User,
    reason: str,
    remarks: Mapping[Criterion, str] | None = None,
    version: int | None = None,
) -> None:
    """Give it back with a reason, and with what is to be mended at single criteria.

    Raises ValidationError ``remark`` for a criterion its rubric has not, or that only the interview answers.
    """
    texts = {criterion: text.strip() for criterion, text in (remarks or {}).items() if text.strip()}
    if not texts.keys() <= set(remarkable(nomination)):
        raise ValidationError(_("Remarks are made on what the nomination answers."), code="remark")
    detail: dict[str, Any] = {"reason": _reason(reason)}
    if texts:
        detail["remarks"] = {criterion.slug: text for criterion, text in texts.items()}
    _move("return", nomination, by, version, detail, remark=detail["reason"])
    ReturnRemark.objects.filter(nomination=nomination).delete()
    ReturnRemark.objects.bulk_create(
        ReturnRemark(nomination=nomination, criterion=criterion, text=text, made_by=by)
        for criterion, text in texts.items()
    )


def remarkable(nomination: Nomination) -> list[Criterion]:
    """The criteria the nominator can do something about: all but those of the interview."""
    criteria = rubric_criteria(nomination.selection, nomination.category)
    return [criterion for criterion in criteria if not criterion.is_interviewed]


@transaction.atomic
def verify(nomination: Nomination, *, by: User, version: int | None = None) -> None:
    """Confirm a sent nomination, by other eyes than those that nominated or sent it, or verified it in its province.

    Figures that do not exist do not hold it up: the page says what is missing, and the ranking lists it apart. Figures
    their branch has not sent do: nobody has vouched for them.
    """
    row = _fresh(nomination)
    before = {row.carried_from.verified_by_id} if row.carried_from else set()
    if by.pk in {row.nominated_by_id, row.submitted_by_id} | before:
        raise ValidationError(_("Whoever nominated, sent or verified it before cannot verify it."), code="four-eyes")
    _require_sent(nomination, completeness([row])[row.pk])
    _move("verify", nomination, by, version, verified_at=timezone.now(), verified_by=by)


@transaction.atomic
def shortlist(nomination: Nomination, *, by: User, version: int | None = None) -> None:
    """Onto the interview list; who is not eligible comes there only once it is cleared, and on sent figures only."""
    row = _fresh(nomination)
    held = eligibility([row])[nomination.pk]
    if not held.may_compete:
        raise ValidationError(
            _("Not eligible, and not cleared: %(criteria)s."),
            code="ineligible",
            params={"criteria": ", ".join(str(one.criterion) for one in held.obstacles)},
        )
    _require_sent(nomination, completeness([row])[row.pk])
    _move("shortlist", nomination, by, version, remark="")


@transaction.atomic
def pass_over(nomination: Nomination, *, by: User, reason: str, version: int | None = None) -> None:
    _move("pass-over", nomination, by, version, {"reason": _reason(reason)}, remark=_reason(reason))


@transaction.atomic
def withdraw(nomination: Nomination, *, by: User, reason: str, version: int | None = None) -> None:
    """Take it out at the wish of the candidate or its nominator; what was given and marked stays stored."""
    _leave("withdraw", nomination, by, reason, version)


@transaction.atomic
def disqualify(nomination: Nomination, *, by: User, reason: str, version: int | None = None) -> None:
    _leave("disqualify", nomination, by, reason, version)


@transaction.atomic
def reinstate(nomination: Nomination, *, by: User, reason: str, version: int | None = None) -> None:
    """Back to the state it left from, with all its answers, evidence and marks."""
    back = {"state": _fresh(nomination).left_from, "left_from": "", "left_reason": ""}
    _move("reinstate", nomination, by, version, {"reason": _reason(reason)}, **back)


def _leave(verb: str, nomination: Nomination, by: User, reason: str, version: int | None) -> None:
    detail = {"reason": _reason(reason)}
    _move(verb, nomination, by, version, detail, left_from=_fresh(nomination).state, left_reason=detail["reason"])


VERBS: dict[str, Callable[..., None]] = {
    "submit": submit,
    "return": return_for_repair,
    "verify": verify,
    "shortlist": shortlist,
    "pass-over": pass_over,
    "withdraw": withdraw,
    "disqualify": disqualify,
    "reinstate": reinstate,
}


def _fresh(nomination: Nomination) -> Nomination:
    """The row as it is now, held until the end of the transaction where the database can."""
    Nomination.objects.select_for_update(no_key=True).get(pk=nomination.pk)
    return Nomination.objects.with_context().get(pk=nomination.pk)


def _require_sent(nomination: Nomination, lacking: Completeness) -> None:
    """Raises ValidationError ``figures`` naming those that are drafts or were returned, and who sends them."""
    if not lacking.to_send:
        return
    region = nomination.candidate.region
    params = {
        "figures": ", ".join(figure.words for figure in lacking.to_send),
        "branch": senders(region),
        "region": region,
    }
    raise ValidationError(UNSENT, code="figures", params=params)


def _reason(text: str) -> str:
    if not text.strip():
        raise ValidationError(_("Give the reason: it is shown to the nominator."), code="reason")
    return text.strip()


def _move(
    verb: str,
    nomination: Nomination,
    by: User,
    version: int | None,
    detail: Mapping[str, Any] | None = None,
    **stamps: Any,
) -> None:
    """One conditional update: from an allowed state, at an open stage, and at the version that was looked at.

    ``told`` goes into the trail besides the states.
    """
    origins, target, permission = MOVES[verb]
    before = _fresh(nomination)
    open_stages = [stage for stage, permissions in OPEN_IN.items() if permission in permissions]
    rows = Nomination.objects.filter(pk=nomination.pk, state__in=origins, selection__stage__in=open_stages)
    if permission == Permission.REPAIR:
        rows = rows.mendable()
    seen = before.version if version is None else version
    if not rows.filter(version=seen).update(**{"state": target, "version": F("version") + 1} | stamps):
        raise _refusal(before, seen, permission)
    nomination.refresh_from_db()
    trail.record(by, f"nomination.{verb}", nomination, before=before.state, after=nomination.state, **(detail or {}))
    selection_changed.send(sender=Nomination, selection=nomination.selection, by=by)


def _refusal(before: Nomination, seen: int, permission: Permission) -> ValidationError:
    if before.version != seen:
        return ValidationError(_("It has changed since you opened it; please look again."), code="conflict")
    if permission == Permission.REPAIR and (date := deadlines.missed(before)):
        return deadlines.too_late(date)
    params = {"state": before.get_state_display(), "stage": before.selection.get_stage_display()}
    text = _("This cannot be done while it is “%(state)s” and the stage is “%(stage)s”.")
    return ValidationError(text, code="moved-on", params=params)


MOVE_WORDS = {
    "submit": _("Send for verification"),
    "verify": _("Verify"),
    "return": _("Return for repair"),
    "shortlist": _("Put on the interview list"),
    "pass-over": _("Leave off the interview list"),
    "withdraw": _("Withdraw"),
    "disqualify": _("Disqualify"),
    "reinstate": _("Reinstate"),
}


def moves_open_to(granted: frozenset[Permission], nomination: Nomination) -> list[dict[str, Any]]:
    """The moves the person may do with this nomination as it is now, each with the page that reviews it."""
    return [
        {"verb": verb, "label": MOVE_WORDS[verb], "url": reverse(f"nomination-{verb}", args=[nomination.pk])}
        for verb, (origins, _to, needed) in MOVES.items()
        if nomination.state in origins and needed in granted
    ]
