"""Taking the figures of a file into the database: all of it is written or none.

Planning reads and may take its time; writing repeats only the checks that others could have overtaken meanwhile, so
that on SQLite nobody else waits longer than the inserts take.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.intake import Overtaken, RowChange, WrittenBy
from paritrana.intake.description import Tell
from regions.coverage.storing import FigureRow, store
from regions.models import Coverage, CoverageDraft, Definition, Denominator, Region
from regions.signals import coverage_changed

BATCH = 500

Place = tuple[int, int, int]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Hand:
    """Who writes which file, and as what: ``verb`` is the event's, ``signs`` are columns of every figure written."""

    file: WrittenBy
    verb: str
    signs: dict[str, Any]

    @property
    def by(self) -> User | None:
        return self.file.by


def write(changes: list[RowChange], measured: dict[Place, int], hand: Hand, tell: Tell) -> None:
    """Write these figures, all of them or none; one event a region, naming the file and its sha256.

    ``measured`` are the versions of the workers set by offices they were judged by. Raises Overtaken when the
    database is no longer what the changes were made from.
    """
    try:
        with transaction.atomic():
            _write(changes, measured, hand, tell)
    except IntegrityError as rival:  # a figure that was new is there by now
        raise Overtaken from rival


def _write(changes: list[RowChange], measured: dict[Place, int], hand: Hand, tell: Tell) -> None:
    _hold(changes, measured)
    known = definitions_of(change.values["counted_as"] for change in changes)
    events = _events(changes, known)
    done = 0
    for batch in _batches(changes):
        store([_row(change, known, hand) for change in batch], by=hand.by, signs=hand.signs)
        tell(done := done + len(batch), len(changes))
    for region, figures in events.items():
        trail.record(hand.by, hand.verb, region, file=hand.file.name, sha256=hand.file.digest, figures=figures)
    _forget_drafts(changes, hand.by)
    coverage_changed.send(sender=Coverage, regions={region.pk for region in events}, by=hand.by)


def _hold(changes: list[RowChange], measured: dict[Place, int]) -> None:
    """Keep others from what will be written until the end of the transaction; Overtaken if they were faster."""
    versions = {change.before.pk: change.before.version for change in changes if change.before}
    for batch in _batches(versions):
        rows = Coverage.objects.changeable().filter(pk__in=batch).order_by("pk").select_for_update()
        if dict(rows.values_list("pk", "version")) != {pk: versions[pk] for pk in batch}:
            raise Overtaken
    wanted = {place_in(change.values) for change in changes}
    measures = Denominator.objects.filter(**places_of(wanted))
    if {place: row.version for row in measures if (place := place_of(row)) in wanted} != measured:
        raise Overtaken


def _after(change: RowChange) -> dict[str, Any]:
    """What is written; a column the file has not leaves what is stored."""
    values, before = change.values, change.before
    return {
        "workers": values["workers"],
        "participants": values["participants"],
        "definition": values["counted_as"],
        "source": values.get("source", before.source if before else ""),
        "as_of": values.get("as_of", before and before.as_of),
    }


def _row(change: RowChange, definitions: dict[tuple[str, str], int], hand: Hand) -> FigureRow:
    values, columns = change.values, _after(change)
    columns["definition_id"] = definitions[columns.pop("definition")]
    of, origin = (values["region_code"], values["year"], values["segment"]), f"{hand.file.name[:150]}:{change.row}"
    return FigureRow(*of, change.before, columns, origin)


def _events(changes: list[RowChange], definitions: dict[tuple[str, str], int]) -> dict[Region, list[dict[str, Any]]]:
    """What changes, by region, as the trail tells it."""
    names = {pk: definition for definition, pk in definitions.items()}
    events: dict[Region, list[dict[str, Any]]] = defaultdict(list)
    for change in changes:
        before, values = change.before, change.values
        was = {**before.content(), "definition": names[before.definition_id]} if before else {}
        of = {"year": values["year"], "segment": values["segment"].code}
        events[values["region_code"]].append({**of, "before": was, "after": _after(change)})
    return events


def _forget_drafts(changes: list[RowChange], by: User | None) -> None:
    """What this person had typed of these figures and not saved is overtaken by the file."""
    written = {place_in(change.values) for change in changes}
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


def place_in(values: Mapping[str, Any]) -> Place:
    return values["region_code"].pk, values["year"], values["segment"].pk


def place_of(row: Any) -> Place:
    return row.region_id, row.year, row.segment_id


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
