"""Setting the targets of a region, of a branch's working area or of the nation, for one year or several."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions import rules
from regions.models import Branch, Region, Segment, Target

YEARS_AHEAD = 25


class Aim(NamedTuple):
    """What a target is for: the codes of its segments, such as PU or PU+BPU+JAKON, and its kind of value."""

    segments: str
    kind: str


Aims = Mapping[Aim, int]
Wanted = Mapping[Aim, int | None]
"""None withdraws a target."""
Place = Region | Branch | None
"""None is the nation."""


class PlaceYear(NamedTuple):
    place: Place
    year: int


def joined(codes: Iterable[str]) -> str:
    """Codes of segments as a target names them: in the order of the segments, each once."""
    named = set(codes)
    return "+".join(code for code in Segment.objects.values_list("code", flat=True) if code in named)


def known_aims(place: Place, year: int) -> dict[Aim, int]:
    """The targets in force: hundredths of a percent, or participants, by what they are for."""
    return {Aim(row.segments, row.value_kind): row.value for row in _rows(place, year)}


@transaction.atomic
def set_many(
    wanted: Mapping[PlaceYear, Wanted], seen: Mapping[PlaceYear, Aims], *, source: str, by: User | None, origin: str
) -> int:
    """``set_targets`` for many places and years, all or none; answers how many were set, changed or withdrawn."""
    return sum(
        set_targets(*of, aims, seen=seen.get(of, {}), source=source, by=by, origin=origin)
        for of, aims in wanted.items()
    )


@transaction.atomic
def set_targets(
    place: Place, year: int, wanted: Wanted, *, seen: Aims | None, source: str, by: User | None, origin: str = ""
) -> int:
    """Let these be targets of a place and year; answers how many were set, changed or withdrawn.

    What ``wanted`` does not name stays. ``seen`` is what the person started from, None for a file. Raises
    ValidationError ``year``, or ``conflict`` when a target named is no longer the one seen.
    """
    check_year(year)
    rows = {Aim(row.segments, row.value_kind): row for row in _rows(place, year).select_for_update(of=("self",))}
    before = {aim: row.value for aim, row in rows.items()}
    if seen is not None and any(seen.get(aim) != before.get(aim) for aim in wanted):
        raise _conflict()
    after = {aim: value for aim, value in (before | dict(wanted)).items() if value is not None}
    touched = [
        aim
        for aim, value in wanted.items()
        if before.get(aim) != value or (value is not None and rows[aim].source != source)
    ]
    written = [_write(rows.get(aim), place, year, aim, after.get(aim), source, by) for aim in touched]
    if written:
        detail = {"before": _recorded(before), "after": _recorded(after), "source": source, "origin": origin}
        trail.record(by, "target.set", place or written[0], year=year, **detail)
    return len(written)


def _rows(place: Place, year: int) -> QuerySet[Target]:
    return Target.objects.of(place).filter(year=year).select_related("segment")


def _write(
    row: Target | None, place: Place, year: int, aim: Aim, value: int | None, source: str, by: User | None
) -> Target:
    if row is not None and value is None:
        Target.objects.filter(pk=row.pk).delete()
        return row
    row = row or _new(place, year, aim)
    row.value, row.source, row.set_by = value or 0, source, by
    _save(row)
    return row


def check_year(year: int) -> None:
    """ValidationError ``year``: before the programmes began, or too far ahead."""
    if not rules.FIRST_YEAR <= year <= timezone.localdate().year + YEARS_AHEAD:
        raise ValidationError(
            _("The year must lie between %(first)s and %(last)s."),
            code="year",
            params={"first": rules.FIRST_YEAR, "last": timezone.localdate().year + YEARS_AHEAD},
        )


def _new(place: Place, year: int, aim: Aim) -> Target:
    is_one = "+" not in aim.segments
    over: dict[str, Any] = {"segment": Segment.objects.get(code=aim.segments)} if is_one else {"together": aim.segments}
    return Target(**Target.whose(place), **over, year=year, value_kind=aim.kind)


def _save(row: Target) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise _conflict() from None


def _recorded(aims: Aims) -> dict[str, int]:
    return {f"{aim.segments} {aim.kind}": value for aim, value in sorted(aims.items())}


def _conflict() -> ValidationError:
    return ValidationError(_("Somebody else set these targets meanwhile. Look at them again."), code="conflict")
