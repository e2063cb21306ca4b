"""The transitions of a nomination: one function over ``stages.MOVES``, and the extra conditions of each."""

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
from awards.nominations import calling
from awards.nominations.eligibility import eligibility
from awards.nominations.entry import require_scale
from awards.nominations.four_eyes import was_handled_by
from awards.nominations.row_checks import unticked
from awards.signals import nominators_notified, selection_changed
from awards.stages import MOVES, OPEN_IN, REASON_NEEDED, Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User

LACKING = {
    "unanswered": _("Not answered yet: %(criteria)s."),
    "note": _("The basis of the answer is missing: %(criteria)s."),
    "evidence": _("Evidence is missing: %(criteria)s."),
}
"""The reasons why a nomination cannot be sent."""

UNSENT = _(
    "Coverage figures of %(region)s that were not sent: %(figures)s. %(branch)s has to check and send them on the page"
    " of coverage; after that this can be done."
)
UNTICKED = _("Tick each row that is right, or return the nomination: %(criteria)s.")
NOTIFIES = frozenset({"return", "withdraw", "disqualify", "reinstate"})
"""The transitions the nominator gets a letter about."""
NEEDS_FIGURES = frozenset({"submit", "verify", "shortlist"})
"""The transitions refused with ``UNSENT`` while a required figure is a draft or was returned."""


def move(
    verb: str, nomination: Nomination, *, by: User, reason: str = "", version: int | None = None, **more: Any
) -> None:
    """Do the transition ``verb``; ``version`` is the one the person saw, ``more`` its further arguments.

    Raises ValidationError: ``moved-on`` when its state, the stage or somebody faster forbids it, ``conflict`` when it
    changed since it was looked at, ``deadline``, ``reason``, ``four-eyes``; ``unanswered``, ``note``, ``evidence`` and
    ``scale`` before it is sent, ``rows`` before it is verified, ``ineligible`` and ``called`` before it is listed,
    ``figures`` before any of the three.
    """
    detail = {"reason": reason} if verb in {*REASON_NEEDED, "shortlist"} else {}
    return VERBS[verb](nomination, by=by, version=version, **detail, **more)


@transaction.atomic
def submit(nomination: Nomination, *, by: User, version: int | None = None) -> None:
    """Send a draft, or a corrected nomination, for verification."""
    require_scale(nomination.selection, nomination.category, nomination.candidate)
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
    """Return it with a reason and with remarks on single criteria.

    Raises ValidationError ``remark`` for a criterion its rubric has not, or that is only assessed at the interview.
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
    """The criteria the nominator can correct: all except those of the interview."""
    criteria = rubric_criteria(nomination.selection, nomination.category)
    return [criterion for criterion in criteria if not criterion.is_interviewed]


@transaction.atomic
def verify(nomination: Nomination, *, by: User, version: int | None = None) -> None:
    """Verify a sent nomination, by another person than those who nominated, sent or provincially verified it.

    Figures that do not exist do not prevent it: the page lists them, and the ranking lists the candidate without a
    rank. Figures not sent by their branch do, because nobody is responsible for them.
    """
    row = _fresh(nomination)
    if was_handled_by(row, by):
        raise ValidationError(_("Whoever nominated, sent or verified it before cannot verify it."), code="four-eyes")
    _require_sent(nomination, completeness([row])[row.pk])
    if open_rows := unticked([row]).get(row.pk):
        criteria = dict.fromkeys(str(one.criterion) for one in open_rows)
        raise ValidationError(UNTICKED, code="rows", params={"criteria": ", ".join(criteria)})
    _move("verify", nomination, by, version, verified_at=timezone.now(), verified_by=by)


@transaction.atomic
def shortlist(nomination: Nomination, *, by: User, reason: str = "", version: int | None = None) -> None:
    """Put it on the shortlist; an ineligible one only after it is cleared, and only with sent figures.

    More than the category calls to the national interview take a ``reason``.
    """
    calling.require_place(nomination, reason)
    row = _fresh(nomination)
    held = eligibility([row])[nomination.pk]
    if not held.may_compete:
        raise ValidationError(
            _("Not eligible, and not cleared: %(criteria)s."),
            code="ineligible",
            params={"criteria": ", ".join(str(one.criterion) for one in held.obstacles)},
        )
    _require_sent(nomination, completeness([row])[row.pk])
    _move("shortlist", nomination, by, version, {"reason": reason.strip()} if reason.strip() else {}, remark="")


@transaction.atomic
def pass_over(nomination: Nomination, *, by: User, reason: str, version: int | None = None) -> None:
    """Leave it off the shortlist, and tell the nominator."""
    leave_off(nomination, by=by, reason=reason, version=version)
    _notify("pass-over", nomination, {"reason": _reason(reason)}, by)


def leave_off(nomination: Nomination, *, by: User, reason: str, version: int | None) -> None:
    """The same without the letter: whoever leaves off many writes one about all of them."""
    _move("pass-over", nomination, by, version, {"reason": _reason(reason)}, remark=_reason(reason))


@transaction.atomic
def withdraw(nomination: Nomination, *, by: User, reason: str, version: int | None = None) -> None:
    """Withdraw it at the request of the candidate or nominator; answers and marks stay stored."""
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
    """The present row, locked until the transaction ends where the database can."""
    Nomination.objects.select_for_update(no_key=True).get(pk=nomination.pk)
    return Nomination.objects.with_context().get(pk=nomination.pk)


def _require_sent(nomination: Nomination, lacking: Completeness) -> None:
    """ValidationError ``figures`` naming drafts and returned figures, and who sends them."""
    if not lacking.to_send:
        return
    region = nomination.candidate.region
    params = {
        "figures": ", ".join(figure.text for figure in lacking.to_send),
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
    """One conditional update: from an allowed state, at an open stage, at the version seen.

    ``detail`` is added to the states in the trail.
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
    if verb in NOTIFIES:
        _notify(verb, nomination, detail or {}, by)
    selection_changed.send(sender=Nomination, selection=nomination.selection, by=by)


def _notify(verb: str, nomination: Nomination, detail: Mapping[str, Any], by: User) -> None:
    """The letter to the nominator, with the remarks on single criteria."""
    names = {one.slug: str(one) for one in remarkable(nomination)} if detail.get("remarks") else {}
    more = [f"{names.get(slug, slug)}: {text}" for slug, text in detail.get("remarks", {}).items()]
    news = {"event": verb, "reason": detail.get("reason", ""), "more": more, "by": by}
    nominators_notified.send(sender=Nomination, nominations=[nomination], **news)


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
    """The transitions this person may do with this nomination now, each with its review page."""
    return [
        {"verb": verb, "label": MOVE_WORDS[verb], "url": reverse(f"nomination-{verb}", args=[nomination.pk])}
        for verb, (origins, _to, needed) in MOVES.items()
        if nomination.state in origins and needed in granted
    ]
