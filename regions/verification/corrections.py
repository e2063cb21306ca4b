"""A verified figure is changed by two people: one proposes the correction, another decides."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions import rules
from regions.coverage.actions import FigureEntry, check_denominator
from regions.coverage.storing import keep_version
from regions.models import Correction, Coverage, Denominator, Justification, State
from regions.signals import coverage_changed


@transaction.atomic
def propose(figure: Coverage, entry: FigureEntry, *, reason: str, by: User) -> Correction:
    """Propose new values for a verified figure; ``entry.based_on`` is the version the person saw.

    Raises ValidationError: ``not-verified``, ``locked``, ``conflict``, ``same``, ``reason``, ``waiting`` when another
    correction is undecided, and the codes of ``enter`` about denominators and dates.
    """
    now = Coverage.objects.select_for_update(of=("self",)).with_context().get(pk=figure.pk)
    if refusal := _refusal(now, entry.based_on):
        raise refusal
    rules.check_as_of(entry.as_of)
    check_denominator(Denominator.objects.filter(region=now.region, year=now.year, segment=now.segment).first(), entry)
    if now.content() == entry.content():
        raise ValidationError(_("The figure says this already."), code="same")
    if not reason.strip():
        raise ValidationError(_("Say why the figure is wrong."), code="reason")
    try:
        with transaction.atomic():
            made = Correction.objects.create(
                coverage=now, version=now.version, reason=reason.strip(), proposed_by=by, **entry.columns()
            )
    except IntegrityError:
        raise ValidationError(_("Another correction of this figure is not decided yet."), code="waiting") from None
    trail.record(by, "coverage.propose", now, before=now.content(), after=entry.content(), reason=made.reason)
    return made


@transaction.atomic
def decide(correction: Correction, *, accept: bool, answer: str = "", by: User) -> None:
    """Accept a correction, which replaces the figure as verified by this person; or refuse it with a reason.

    Raises ValidationError: ``four-eyes``, ``decided``, ``reason`` for a refusal without one, ``locked``, ``conflict``.
    """
    if correction.proposed_by_id == by.pk:
        raise ValidationError(_("Whoever proposed a correction cannot decide it."), code="four-eyes")
    if not accept and not answer.strip():
        raise ValidationError(_("Say why it is refused."), code="reason")
    moved = (
        Correction.objects.waiting()
        .filter(pk=correction.pk)
        .update(accepted=accept, answer=answer.strip(), decided_at=timezone.now(), decided_by=by)
    )
    if not moved:
        raise ValidationError(_("This correction has been decided already."), code="decided")
    decided = Correction.objects.with_context().get(pk=correction.pk)
    if accept:
        _apply(decided, by)
    trail.record(
        by, "coverage.correct" if accept else "coverage.keep", decided.coverage, correction=decided.pk, answer=answer
    )


def _apply(correction: Correction, by: User) -> None:
    figure = correction.coverage
    moved = Coverage.objects.filter(
        pk=figure.pk, version=correction.version, state=State.VERIFIED, locked_at=None
    ).update(
        version=F("version") + 1,
        verified_at=timezone.now(),
        verified_by=by,
        **{**correction.content(), "definition": correction.definition},
    )
    now = Coverage.objects.with_context().get(pk=figure.pk)
    if not moved:
        raise _refusal(now, correction.version) or _changed(now)
    keep_version(now, by=correction.proposed_by, origin=f"/cakupan/koreksi/{correction.pk}/")
    Justification.objects.create(
        coverage=now, code="correction", note=correction.reason, version=now.version, by=correction.proposed_by
    )
    coverage_changed.send(sender=Coverage, regions={now.region_id}, by=by)


def _refusal(now: Coverage, version: int) -> ValidationError | None:
    """Why this version of the figure cannot be corrected; None when it can."""
    params = {"segment": now.segment.code}
    if now.is_locked:
        return ValidationError(_("The figure of %(segment)s is locked and cannot be changed."), "locked", params)
    if not now.is_verified:
        return ValidationError(_("Only a verified figure needs a correction."), "not-verified")
    return None if now.version == version else _changed(now)


def _changed(now: Coverage) -> ValidationError:
    message = _("%(segment)s was changed after you opened this page. Look at it again.")
    return ValidationError(message, "conflict", {"segment": now.segment.code})
