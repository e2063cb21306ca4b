"""Entering and locking figures. Every change is a version, an event and a signal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions import rules
from regions.coverage import workers
from regions.coverage.storing import FigureRow, store
from regions.models import Coverage, Definition, Denominator, Region, Segment, State
from regions.signals import coverage_changed

_OBSTACLES = {
    "locked": _("The figure of %(segment)s is locked and cannot be changed."),
    "verified": _("The figure of %(segment)s is verified. Propose a correction instead."),
}
RegionYear = tuple[Region, int]
Refusal = tuple[Region, int, ValidationError]


class EntriesRefused(Exception):
    """Nothing was written; ``refusals`` are those of ``enter`` with their region and year."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(len(refusals))
        self.refusals = refusals


class SegmentContent:
    """The values of a segment, by the FIELDS that are compared, recorded and written."""

    FIELDS: ClassVar[tuple[str, ...]]

    def columns(self) -> dict[str, Any]:
        """The values as database columns."""
        return {name: getattr(self, name) for name in self.FIELDS}

    def content(self) -> dict[str, Any]:
        """Plain values to compare and to record; the definition by its primary key."""
        columns = self.columns()
        return {**columns, "definition": columns["definition"].pk}


@dataclass(frozen=True)
class FigureEntry(SegmentContent):
    """One figure as a person reports it; ``based_on`` is the version it was based on, 0 without one."""

    FIELDS: ClassVar[tuple[str, ...]] = Coverage.FIELDS
    segment: Segment
    workers: int
    participants: int
    definition: Definition
    source: str = ""
    as_of: date | None = None
    based_on: int = 0


def enter(region: Region, year: int, entries: Iterable[FigureEntry], *, by: User | None, origin: str) -> list[Coverage]:
    """Write the figures of one region and year, all or none; answers those that really changed.

    ``origin`` names the form or file for the history. A changed figure is a draft until it is sent. Raises
    ValidationError with every refusal: code ``conflict`` (params ``segment``, ``field``, ``mine``, ``theirs``) when
    somebody changed it after ``based_on``, ``verified`` (needs a correction), ``locked``, ``denominator`` (an office
    set other workers or another definition), ``year``, ``future``, ``no-workers``.
    """
    try:
        return enter_many({(region, year): entries}, by=by, origins={(region, year): origin})
    except EntriesRefused as refused:
        raise ValidationError([error for _region, _year, error in refused.refusals]) from None


@transaction.atomic
def enter_many(
    reported: Mapping[RegionYear, Iterable[FigureEntry]], *, by: User | None, origins: Mapping[RegionYear, str]
) -> list[Coverage]:
    """Write the figures of many regions and years as ``enter`` does, in few statements. Raises EntriesRefused."""
    try:
        with transaction.atomic():
            return _enter(reported, by, origins)
    except IntegrityError:  # somebody reported one of them first: by now it is in force, and judged as such
        return _enter(reported, by, origins)


@transaction.atomic
def lock(regions: Iterable[Region], years: Iterable[int], *, by: User) -> int:
    """Lock the figures of these regions and years; answers how many were open."""
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
    """Unlock the figures of these years with a reason; answers how many were locked."""
    years = sorted(years)
    opened = Coverage.objects.filter(region=region, year__in=years, locked_at__isnull=False).update(
        locked_at=None, locked_by=None
    )
    if opened:
        trail.record(by, "coverage.unlock", region, years=years, figures=opened, reason=reason)
    return int(opened)


@dataclass
class _Change:
    """One entry that says something new, and the figure it replaces."""

    place: RegionYear
    entry: FigureEntry
    known: Coverage | None
    before: dict[str, Any]


def _enter(
    reported: Mapping[RegionYear, Iterable[FigureEntry]], by: User | None, origins: Mapping[RegionYear, str]
) -> list[Coverage]:
    changes, refusals = _judged(reported)
    if refusals:
        raise EntriesRefused(refusals)
    if not changes:
        return []
    rows = [_row(change, origins[change.place]) for change in changes]
    written = store(rows, by=by, signs={"state": State.DRAFT})
    trail.record_all(by, "coverage.enter", [_event(*pair) for pair in zip(written, changes, strict=True)])
    coverage_changed.send(sender=Coverage, regions={figure.region_id for figure in written}, by=by)
    return written


def _judged(reported: Mapping[RegionYear, Iterable[FigureEntry]]) -> tuple[list[_Change], list[Refusal]]:
    """What there is to write, and what is not allowed; two queries."""
    places = {"region__in": {region.pk for region, _ in reported}, "year__in": {year for _, year in reported}}
    present = Coverage.objects.filter(**places).select_for_update(of=("self",)).with_context()
    known = {(row.region_id, row.year, row.segment_id): row for row in present}
    measured = Denominator.objects.filter(**places).select_related("definition")
    fixed = {(row.region_id, row.year, row.segment_id): row for row in measured}
    changes: list[_Change] = []
    refusals: list[Refusal] = []
    for (region, year), entries in reported.items():
        try:
            rules.check_year(year)
        except ValidationError as refusal:
            refusals.append((region, year, refusal))
            continue
        for entry in entries:
            key = region.pk, year, entry.segment.pk
            try:
                change = _change((region, year), entry, known.get(key), fixed.get(key))
            except ValidationError as refusal:
                refusals += [(region, year, error) for error in refusal.error_list]
            else:
                changes += [change] if change else []
    return changes, refusals


def _change(place: RegionYear, entry: FigureEntry, known: Coverage | None, fixed: Denominator | None) -> _Change | None:
    """The change this entry makes; None when the figure says so already."""
    check_denominator(fixed, entry, known)
    _check(entry)
    if known is None:
        return _Change(place, entry, None, {})
    before = known.content()
    if before == entry.content():
        return None
    _check_replaceable(known, entry)
    return _Change(place, entry, known, before)


def _row(change: _Change, origin: str) -> FigureRow:
    region, year = change.place
    return FigureRow(region, year, change.entry.segment, change.known, change.entry.columns(), origin)


def _event(figure: Coverage, change: _Change) -> tuple[Coverage, dict[str, Any]]:
    return figure, {"before": change.before, "after": change.entry.content(), "version": figure.version}


def check_denominator(fixed: Denominator | None, entry: FigureEntry, known: Coverage | None = None) -> None:
    """ValidationError ``denominator`` when an office set other workers; an unchanged figure is accepted."""
    if fixed is None or (known is not None and known.content() == entry.content()):
        return
    if not workers.agree(fixed, entry.workers, entry.definition.counted):
        params = {"segment": entry.segment.code, "refusal": workers.refusal(fixed)}
        raise ValidationError("%(segment)s: %(refusal)s", code="denominator", params=params)


def _check(entry: FigureEntry) -> None:
    rules.check_as_of(entry.as_of)
    if entry.workers < 1:
        raise ValidationError(_("Without workers there is no percentage."), code="no-workers")


def _check_replaceable(now: Coverage, entry: FigureEntry) -> None:
    """Only the very version the entry was made from is replaced, if it is neither verified nor locked."""
    obstacle = now.obstacle(entry.based_on)
    if obstacle == "conflict":
        raise _conflict(now, entry)
    if obstacle:
        raise ValidationError(_OBSTACLES[obstacle], code=obstacle, params={"segment": entry.segment.code})


def _conflict(theirs: Coverage, entry: FigureEntry) -> ValidationError:
    """One refusal for each field that differs."""
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
