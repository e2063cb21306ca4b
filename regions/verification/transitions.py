"""State changes of figures between branch and office, by ``MOVES`` below; each for one region and year.

``versions`` maps segment codes to the versions the person saw. Figures not in the right state, e.g. verified or locked
already, are left unchanged; if one was changed meanwhile, all are refused with code ``conflict``.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions.models import Coverage, Justification, Region, State
from regions.permissions import RegionPermission
from regions.signals import coverage_changed
from regions.verification.doubts import Doubt, doubts

Versions = Mapping[str, int]
Notes = Mapping[tuple[str, str], str]


@transaction.atomic
def send(region: Region, year: int, versions: Versions, notes: Notes, *, by: User) -> list[Coverage]:
    """Send figures for verification; ``notes`` are justifications by segment and code.

    Raises ValidationError ``doubt`` (params ``segment``, ``doubt``) for each doubt that is neither corrected nor
    justified.
    """
    figures = _movable("send", region, year, versions)
    unanswered = [doubt for doubt in doubts(figures, reader=by) if not _answer(doubt, notes, by)]
    if unanswered:
        raise ValidationError(
            [
                ValidationError(
                    _("%(segment)s: mend it or note why it is right. %(message)s"),
                    code="doubt",
                    params={"segment": doubt.segments, "doubt": doubt.code, "message": " ".join(doubt.messages)},
                )
                for doubt in unanswered
            ]
        )
    for figure in figures:
        _move("send", figure, by, sent_at=timezone.now(), sent_by=by, return_reason="")
    return _signalled(region, figures, by)


@transaction.atomic
def verify(region: Region, year: int, versions: Versions, *, by: User) -> list[Coverage]:
    """Verify the figures at these versions; ValidationError ``four-eyes`` for the person who sent one of them."""
    figures = _movable("verify", region, year, versions)
    for figure in figures:
        if figure.sent_by_id == by.pk:
            raise ValidationError(_("Whoever sent a figure cannot verify it."), code="four-eyes")
        _move("verify", figure, by, verified_at=timezone.now(), verified_by=by)
    return _signalled(region, figures, by)


@transaction.atomic
def return_figures(
    region: Region, year: int, versions: Versions, reasons: Mapping[str, str], *, by: User
) -> list[Coverage]:
    """Return figures to the branch, each with a reason; ValidationError ``reason`` when one is missing."""
    figures = _movable("return", region, year, versions)
    for figure in figures:
        reason = reasons.get(figure.segment.code, "").strip()
        if not reason:
            raise ValidationError(_("Say why, so that it can be repaired."), code="reason")
        _move(
            "return", figure, by, {"reason": reason}, returned_at=timezone.now(), returned_by=by, return_reason=reason
        )
    return _signalled(region, figures, by)


def _movable(verb: str, region: Region, year: int, versions: Versions) -> list[Coverage]:
    """The figures named that can make this change, locked until the transaction ends where the database can."""
    rows = Coverage.objects.filter(region=region, year=year, segment__code__in=versions).with_context()
    rows = rows.select_related("region__parent").select_for_update(of=("self",))
    found = []
    for figure in rows:
        if figure.is_locked or figure.is_verified:
            continue
        if figure.version != versions[figure.segment.code]:
            raise _changed(figure)
        if figure.state in MOVES[verb][0]:
            found.append(figure)
    return found


def _move(verb: str, figure: Coverage, by: User, detail: Mapping[str, Any] = {}, **signs: Any) -> None:
    sources, target, _permission = MOVES[verb]
    moved = Coverage.objects.filter(pk=figure.pk, version=figure.version, state__in=sources, locked_at=None).update(
        state=target, **signs
    )
    if not moved:
        raise _changed(figure)
    trail.record(by, f"coverage.{verb}", figure, version=figure.version, **detail)


def _answer(doubt: Doubt, notes: Notes, by: User) -> bool:
    """Store the justification of a doubt for each of its figures; returns whether the doubt is justified."""
    text = notes.get(doubt.key, "").strip()
    if not text or (doubt.note and doubt.note.note == text):
        return doubt.note is not None
    for figure in doubt.figures:
        Justification.objects.create(coverage=figure, code=doubt.code, note=text, version=figure.version, by=by)
        trail.record(by, "coverage.justify", figure, version=figure.version, doubt=doubt.code, note=text)
    return True


def _signalled(region: Region, figures: list[Coverage], by: User) -> list[Coverage]:
    if figures:
        coverage_changed.send(sender=Coverage, regions={region.pk}, by=by, is_only_state=True)
    return figures


def _changed(figure: Coverage) -> ValidationError:
    return ValidationError(
        _("%(segment)s was changed after you opened this page. Look at it again."),
        code="conflict",
        params={"segment": figure.segment.code},
    )


MOVES: dict[str, tuple[frozenset[State], State, RegionPermission]] = {
    "send": (frozenset({State.DRAFT, State.RETURNED}), State.SENT, RegionPermission.ENTER),
    "verify": (frozenset({State.SENT}), State.VERIFIED, RegionPermission.VERIFY),
    "return": (frozenset({State.SENT}), State.RETURNED, RegionPermission.VERIFY),
}
"""verb -> (from any of these states, to this state, by who has this permission in the region).

A figure that is entered anew becomes a draft; a verified one is entered anew only by a correction.
"""
