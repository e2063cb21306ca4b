"""Taking the figures of a file into the database: all of it is written or none.

Planning reads and may take its time; writing repeats only the checks that others could have overtaken meanwhile, so
that on SQLite nobody else waits longer than the inserts take.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.intake import WrittenBy
from regions.coverage.storing import FigureRow, store
from regions.models import Coverage, CoverageDraft, Definition, Denominator, Region, Segment
from regions.signals import coverage_changed

BATCH = 500

Place = tuple[int, int, int]
Tell = Callable[[int, int], None]
"""Is told now and then how many figures are done, and of how many."""
Item = TypeVar("Item")


@dataclass(frozen=True)
class Reported:
    """One figure as the file has it; ``definition`` is territory and denominator."""

    row: int
    region: Region
    year: int
    segment: Segment
    workers: int
    participants: int
    definition: tuple[str, str]
    source: str
    as_of: date | None

    @property
    def key(self) -> Place:
        return self.region.pk, self.year, self.segment.pk


@dataclass
class FigureChange:
    """One figure as it is and as the file wants it."""

    before: Coverage | None
    reported: Reported


@dataclass(frozen=True)
class Hand:
    """Who writes which file, and as what: ``verb`` is the event's, ``signs`` are columns of every figure written."""

    file: WrittenBy
    verb: str
    signs: dict[str, Any]

    @property
    def by(self) -> User | None:
        return self.file.by


class PlanOutdated(Exception):
    """Somebody changed one of the figures between planning and writing; nothing was written."""


def write(changes: list[FigureChange], measured: dict[Place, int], hand: Hand, tell: Tell) -> None:
    """Write these figures, all of them or none; one event a region, naming the file and its sha256.

    ``measured`` are the versions of the workers set by offices they were judged by. Raises PlanOutdated when the
    database is no longer what the changes were made from.
    """
    try:
        with transaction.atomic():
            _write(changes, measured, hand, tell)
    except IntegrityError as rival:  # a figure that was new is there by now
        raise PlanOutdated from rival


def _write(changes: list[FigureChange], measured: dict[Place, int], hand: Hand, tell: Tell) -> None:
    _hold(changes, measured)
    known = definitions_of(change.reported.definition for change in changes)
    events = _events(changes, known)
    done = 0
    for batch in _batches(changes):
        store([_row(change, known, hand) for change in batch], by=hand.by, signs=hand.signs)
        tell(done := done + len(batch), len(changes))
    for region, figures in events.items():
        trail.record(hand.by, hand.verb, region, file=hand.file.name, sha256=hand.file.digest, figures=figures)
    _forget_drafts(changes, hand.by)
    coverage_changed.send(sender=Coverage, regions={region.pk for region in events}, by=hand.by)


def _hold(changes: list[FigureChange], measured: dict[Place, int]) -> None:
    """Keep others from what will be written until the end of the transaction; PlanOutdated if they were faster."""
    versions = {change.before.pk: change.before.version for change in changes if change.before}
    for batch in _batches(versions):
        rows = Coverage.objects.changeable().filter(pk__in=batch).order_by("pk").select_for_update()
        if dict(rows.values_list("pk", "version")) != {pk: versions[pk] for pk in batch}:
            raise PlanOutdated
    wanted = {change.reported.key for change in changes}
    rows = Denominator.objects.filter(**places_of(change.reported.key for change in changes))
    if {place: row.version for row in rows if (place := place_of(row)) in wanted} != measured:
        raise PlanOutdated


def _row(change: FigureChange, definitions: dict[tuple[str, str], int], hand: Hand) -> FigureRow:
    new = change.reported
    columns = {name: getattr(new, name) for name in ("workers", "participants", "source", "as_of")}
    columns["definition_id"] = definitions[new.definition]
    return FigureRow(new.region, new.year, new.segment, change.before, columns, f"{hand.file.name[:150]}:{new.row}")


def _events(changes: list[FigureChange], definitions: dict[tuple[str, str], int]) -> dict[Region, list[dict[str, Any]]]:
    """What changes, by region, as the trail tells it."""
    names = {pk: definition for definition, pk in definitions.items()}
    events: dict[Region, list[dict[str, Any]]] = defaultdict(list)
    for change in changes:
        before, new = change.before, change.reported
        after = {name: getattr(new, name) for name in Coverage.FIELDS}
        was = {**before.content(), "definition": names[before.definition_id]} if before else {}
        events[new.region].append({"year": new.year, "segment": new.segment.code, "before": was, "after": after})
    return events


def _forget_drafts(changes: list[FigureChange], by: User | None) -> None:
    """What this person had typed of these figures and not saved is overtaken by the file."""
    written = {change.reported.key for change in changes}
    drafts = CoverageDraft.objects.filter(user=by) if by else []
    for batch in _batches(draft.pk for draft in drafts if place_of(draft) in written):
        CoverageDraft.objects.filter(pk__in=batch).delete()


def definitions_of(wanted: Iterable[tuple[str, str]] = ()) -> dict[tuple[str, str], int]:
    """The keys of all definitions, those wanted and not yet there made first."""
    known = {row.counted: row.pk for row in Definition.objects.all()}
    for territory, denominator in sorted(set(wanted) - known.keys()):
        made, _is_new = Definition.objects.get_or_create(territory=territory, denominator=denominator)
        known[territory, denominator] = made.pk
    return known


def places_of(places: Iterable[Any]) -> dict[str, Any]:
    """A filter that leaves out most rows a file says nothing of."""
    keys = list(places)
    regions, years, segments = map(set, zip(*keys, strict=True)) if keys else ((), (), ())
    return {"region__in": regions, "year__in": years, "segment__in": segments}


def place_of(row: Any) -> Place:
    return row.region_id, row.year, row.segment_id


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
