"""Setting what a region, or the working area of a branch, should reach in a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions import rules
from regions.models import Branch, Region, Segment, Target

YEARS_AHEAD = 25


class Aim(NamedTuple):
    """What a target is for: a segment's code (empty for PU and BPU together), and in which kind it is set."""

    segment: str
    kind: str


Aims = Mapping[Aim, int]
Place = Region | Branch


def known_aims(place: Place, year: int) -> dict[Aim, int]:
    """The targets in force: hundredths of a percent, or participants, by what they are for."""
    rows = Target.objects.of(place).filter(year=year).values_list("segment__code", "value_kind", "value")
    return {Aim(code or "", kind): value for code, kind, value in rows}


@transaction.atomic
def set_targets(
    place: Place, year: int, wanted: Aims, *, seen: Aims | None, source: str, by: User | None, origin: str = ""
) -> int:
    """Let these be the targets of a place and year; answers how many were set, changed or withdrawn.

    ``seen`` is what the person started from, and then those not wanted are withdrawn; None for a file, which speaks
    only of what it names. Raises ValidationError ``year``, or ``conflict`` when the targets are no longer those seen.
    """
    check_year(year)
    rows = {
        Aim(row.segment.code if row.segment else "", row.value_kind): row
        for row in Target.objects.of(place).filter(year=year).select_for_update(of=("self",)).select_related("segment")
    }
    before = {aim: row.value for aim, row in rows.items()}
    if seen is not None and dict(seen) != before:
        raise _conflict()
    meant = before.keys() | wanted.keys() if seen is not None else wanted.keys()
    touched = [aim for aim in meant if before.get(aim) != wanted.get(aim)]
    touched += [aim for aim, row in rows.items() if aim in wanted and aim not in touched and row.source != source]
    segments = {segment.code: segment for segment in Segment.objects.all()}
    for aim in touched:
        if aim not in wanted:
            rows[aim].delete()
            continue
        row = rows.get(aim) or _new(place, year, segments.get(aim.segment), aim.kind)
        row.value, row.source, row.set_by = wanted[aim], source, by
        _save(row)
    if touched:
        detail = {
            "before": _recorded(before),
            "after": _recorded(wanted if seen is not None else before | dict(wanted)),
            "source": source,
            "origin": origin,
        }
        trail.record(by, "target.set", place, year=year, **detail)
    return len(touched)


def check_year(year: int) -> None:
    """ValidationError ``year``: before the programmes began, or further ahead than anybody plans."""
    if not rules.FIRST_YEAR <= year <= timezone.localdate().year + YEARS_AHEAD:
        raise ValidationError(
            _("The year must lie between %(first)s and %(last)s."),
            code="year",
            params={"first": rules.FIRST_YEAR, "last": timezone.localdate().year + YEARS_AHEAD},
        )


def _new(place: Place, year: int, segment: Segment | None, kind: str) -> Target:
    return Target(**Target.whose(place), year=year, segment=segment, value_kind=kind)


def _save(row: Target) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise _conflict() from None


def _recorded(aims: Aims) -> dict[str, int]:
    return {f"{aim.segment or 'PU+BPU'} {aim.kind}": value for aim, value in sorted(aims.items())}


def _conflict() -> ValidationError:
    return ValidationError(_("Somebody else set these targets meanwhile. Look at them again."), code="conflict")
