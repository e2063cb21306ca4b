"""Setting the workers (denominator) of a region: by an office, for all branches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions import rules
from regions.coverage.actions import SegmentContent
from regions.coverage.storing import keep_version
from regions.models import Coverage, Definition, Denominator, Region, Segment
from regions.signals import coverage_changed


@dataclass(frozen=True)
class Measured(SegmentContent):
    """The workers of a segment by an office; ``based_on`` is the version seen, 0 without one."""

    FIELDS: ClassVar[tuple[str, ...]] = Denominator.FIELDS
    segment: Segment
    workers: int
    definition: Definition
    source: str = ""
    as_of: date | None = None
    based_on: int = 0


@transaction.atomic
def set_denominators(
    region: Region, year: int, measured: Iterable[Measured], *, by: User | None, origin: str
) -> list[Denominator]:
    """Set the workers of one region and year, all or none; answers what changed.

    Unverified figures take the new workers as a new version; verified ones need a correction. Raises ValidationError
    ``year``, ``future``, ``no-workers``, ``conflict``.
    """
    rules.check_year(year)
    known = Denominator.objects.filter(region=region, year=year).in_bulk_by_segment()
    changed = []
    for each in measured:
        written = _set(region, year, each, known.get(each.segment.pk), by)
        if written:
            _take_over(written, by, origin)
            changed.append(written)
    if changed:
        coverage_changed.send(sender=Coverage, regions={region.pk}, by=by)
    return changed


def _set(region: Region, year: int, each: Measured, known: Denominator | None, by: User | None) -> Denominator | None:
    rules.check_as_of(each.as_of)
    if each.workers < 1:
        raise ValidationError(_("Without workers there is no percentage."), code="no-workers")
    if known is None:
        before: dict[str, Any] = {}
        row = _create(region, year, each, by)
    else:
        before = known.content()
        if before == each.content():
            return None
        row = _change(known, each, by)
    trail.record(by, "denominator.set", row, before=before, after=row.content())
    return row


def _create(region: Region, year: int, each: Measured, by: User | None) -> Denominator:
    try:
        with transaction.atomic():
            return Denominator.objects.create(
                region=region, year=year, segment=each.segment, set_by=by, **each.columns()
            )
    except IntegrityError:
        raise _conflict(each) from None


def _change(known: Denominator, each: Measured, by: User | None) -> Denominator:
    if known.version != each.based_on:
        raise _conflict(each)
    for name, value in each.columns().items():
        setattr(known, name, value)
    known.set_by, known.version = by, each.based_on + 1
    moved = Denominator.objects.filter(pk=known.pk, version=each.based_on).update(version=F("version") + 1)
    if not moved:
        raise _conflict(each)
    known.save()
    return known


def _take_over(row: Denominator, by: User | None, origin: str) -> None:
    """Give an unverified figure the new workers; its state stays."""
    open_figure = Coverage.objects.changeable().filter(region=row.region_id, year=row.year, segment=row.segment_id)
    moved = open_figure.exclude(workers=row.workers, definition=row.definition_id).update(
        version=F("version") + 1, workers=row.workers, definition=row.definition_id
    )
    if moved:
        figure = Coverage.objects.with_context().get(region=row.region_id, year=row.year, segment=row.segment_id)
        keep_version(figure, by=by, origin=origin)
        trail.record(by, "coverage.measure", figure, after=figure.content(), version=figure.version)


def _conflict(each: Measured) -> ValidationError:
    return ValidationError(
        _("%(segment)s was changed after you opened this page. Look at it again."),
        code="conflict",
        params={"segment": each.segment.code},
    )
