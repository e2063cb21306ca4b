"""Entering figures and locking them. Every change is a version, an event and a signal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.display import formats
from regions import rules
from regions.models import Coverage, CoverageVersion, Definition, Denominator, Region, Segment, State
from regions.signals import coverage_changed


class SegmentContent:
    """What somebody says of a segment, by the FIELDS it is compared, recorded and written by."""

    FIELDS: ClassVar[tuple[str, ...]]

    def columns(self) -> dict[str, Any]:
        """As the database takes it."""
        return {name: getattr(self, name) for name in self.FIELDS}

    def content(self) -> dict[str, Any]:
        """Plain values, to compare and to record; the definition by its primary key."""
        columns = self.columns()
        return {**columns, "definition": columns["definition"].pk}


@dataclass(frozen=True)
class FigureEntry(SegmentContent):
    """One figure as somebody reports it; ``based_on`` is the version it was made from, 0 when there was none."""

    FIELDS: ClassVar[tuple[str, ...]] = Coverage.FIELDS
    segment: Segment
    workers: int
    participants: int
    definition: Definition
    source: str = ""
    as_of: date | None = None
    based_on: int = 0


@transaction.atomic
def enter(region: Region, year: int, entries: Iterable[FigureEntry], *, by: User | None, origin: str) -> list[Coverage]:
    """Write the figures of one region and year, all or none; answers those that really changed.

    ``origin`` names the form or file for the history. A changed figure is a draft until it is sent. Raises
    ValidationError with every refusal: code ``conflict`` (params ``segment``, ``field``, ``mine``, ``theirs``) when
    somebody changed it after ``based_on``, ``verified`` (needs a correction), ``locked``, ``denominator`` (an office
    set other workers or another definition), ``year``, ``future``, ``no-workers``.
    """
    rules.check_year(year)
    entries = list(entries)
    present = Coverage.objects.filter(region=region, year=year).select_for_update(of=("self",))
    known = {row.segment_id: row for row in present.with_context()}
    fixed = Denominator.objects.filter(region=region, year=year).select_related("definition").in_bulk_by_segment()
    refusals: list[ValidationError] = []
    changed: list[Coverage] = []
    for entry in entries:
        try:
            check_denominator(fixed.get(entry.segment.pk), entry, known.get(entry.segment.pk))
            written = _write(region, year, entry, known.get(entry.segment.pk), by=by, origin=origin)
        except ValidationError as refusal:
            refusals += refusal.error_list
        else:
            changed += [written] if written else []
    if refusals:
        raise ValidationError(refusals)
    if changed:
        coverage_changed.send(sender=Coverage, regions={region.pk}, by=by)
    return changed


@transaction.atomic
def lock(regions: Iterable[Region], years: Iterable[int], *, by: User) -> int:
    """Fix the figures of these regions and years for good; answers how many were open until now."""
    years = sorted(years)
    locked = 0
    for region in regions:
        moved = Coverage.objects.filter(region=region, year__in=years, locked_at=None).update(
            locked_at=timezone.now(), locked_by=by
        )
        if moved:
            trail.record(by, "coverage.lock", region, years=years, figures=moved)
        locked += moved
    return locked


@transaction.atomic
def unlock(region: Region, years: Iterable[int], *, reason: str, by: User) -> int:
    """Open the figures of these years again, for the reason given; answers how many were locked."""
    years = sorted(years)
    opened = Coverage.objects.filter(region=region, year__in=years, locked_at__isnull=False).update(
        locked_at=None, locked_by=None
    )
    if opened:
        trail.record(by, "coverage.unlock", region, years=years, figures=opened, reason=reason)
    return int(opened)


def _write(
    region: Region, year: int, entry: FigureEntry, known: Coverage | None, *, by: User | None, origin: str
) -> Coverage | None:
    """Create or change one figure; None when it says this already."""
    _check(entry)
    if known is None:
        figure = _create(region, year, entry)
        before: dict[str, Any] = {}
    elif known.content() == entry.content():
        return None
    else:
        before = known.content()
        figure = _change(known, entry)
    keep_version(figure, by=by, origin=origin)
    trail.record(by, "coverage.enter", figure, before=before, after=entry.content(), version=figure.version)
    return figure


def keep_version(figure: Coverage, *, by: User | None, origin: str) -> None:
    """Keep what a figure says now as a version of its history."""
    columns = {**figure.content(), "definition": figure.definition}
    CoverageVersion.objects.create(
        coverage=figure, version=figure.version, written_by=by, origin=origin[:200], **columns
    )


def check_denominator(fixed: Denominator | None, entry: FigureEntry, known: Coverage | None = None) -> None:
    """ValidationError ``denominator``: an office set the workers; a figure that already says this is left alone."""
    if fixed is None or (known is not None and known.content() == entry.content()):
        return
    if (entry.workers, entry.definition.pk) != (fixed.workers, fixed.definition_id):
        raise ValidationError(
            _("%(segment)s: the workers are set by the office: %(workers)s (%(definition)s)."),
            code="denominator",
            params={
                "segment": entry.segment.code,
                "workers": formats.count(fixed.workers),
                "definition": str(fixed.definition),
            },
        )


def _check(entry: FigureEntry) -> None:
    rules.check_as_of(entry.as_of)
    if entry.workers < 1:
        raise ValidationError(_("Without workers there is no percentage."), code="no-workers")


def _create(region: Region, year: int, entry: FigureEntry) -> Coverage:
    try:
        with transaction.atomic():
            return Coverage.objects.create(region=region, year=year, segment=entry.segment, **entry.columns())
    except IntegrityError:
        rival = Coverage.objects.filter(region=region, year=year, segment=entry.segment).with_context().first()
        if rival is None:
            raise
        raise _conflict(rival, entry) from None


def _change(known: Coverage, entry: FigureEntry) -> Coverage:
    """Replace exactly the version the entry was based on, if it is still in force and neither verified nor locked."""
    moved = (
        Coverage.objects.changeable()
        .filter(pk=known.pk, version=entry.based_on)
        .update(version=F("version") + 1, state=State.DRAFT, **entry.columns())
    )
    now = Coverage.objects.with_context().get(pk=known.pk)
    if moved:
        return now
    if now.is_locked:
        raise ValidationError(
            _("The figure of %(segment)s is locked and cannot be changed."),
            code="locked",
            params={"segment": entry.segment.code},
        )
    if now.is_verified:
        raise ValidationError(
            _("The figure of %(segment)s is verified. Propose a correction instead."),
            code="verified",
            params={"segment": entry.segment.code},
        )
    raise _conflict(now, entry)


def _conflict(theirs: Coverage, entry: FigureEntry) -> ValidationError:
    """One refusal for each field in which the two differ."""
    now, mine = theirs.content(), entry.content()
    return ValidationError(
        [
            ValidationError(
                _("%(segment)s: you wrote %(mine)s, meanwhile %(theirs)s was saved."),
                code="conflict",
                params={"segment": entry.segment.code, "field": name, "mine": mine[name], "theirs": now[name]},
            )
            for name in Coverage.FIELDS
            if now[name] != mine[name]
        ]
    )
