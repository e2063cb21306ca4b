"""Taking a file of figures into the database: what would change is planned first, then all of it is written or none.

Planning reads and may take its time; writing repeats only the checks that others could have overtaken meanwhile, so
that on SQLite nobody else waits longer than the inserts take.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.display import formats
from paritrana.workbooks import Fault
from regions.imports.rows import Reported
from regions.models import Coverage, CoverageDraft, CoverageVersion, Definition, Denominator, Region, State
from regions.signals import coverage_changed

BATCH = 500
TELL_EVERY = 1000

Place = tuple[int, int, int]
Tell = Callable[[int, int], None]
"""Is told now and then how many figures are done, and of how many."""
Item = TypeVar("Item")


@dataclass
class FigureChange:
    """One figure as it is and as the file wants it."""

    before: Coverage | None
    reported: Reported


@dataclass
class ImportPlan:
    """What a file would do: the changes in its order, how many figures say the same, and what is not allowed."""

    changes: list[FigureChange] = field(default_factory=list)
    same: int = 0
    faults: list[Fault] = field(default_factory=list)
    measured: dict[Place, int] = field(default_factory=dict)
    """The versions of the workers set by offices that the changes were judged by."""

    @property
    def new(self) -> list[FigureChange]:
        return [change for change in self.changes if change.before is None]

    @property
    def changed(self) -> list[FigureChange]:
        return [change for change in self.changes if change.before is not None]


@dataclass(frozen=True)
class Hand:
    """Who writes a file, which, and as what: ``verb`` is the event's, ``signs`` are columns of every figure written."""

    by: User | None
    verb: str
    name: str
    digest: str
    signs: dict[str, Any]


class PlanRefused(Exception):
    """The database does not allow what the file wants; ``faults`` says where."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class PlanOutdated(Exception):
    """Somebody changed one of the figures between planning and writing; nothing was written."""


def plan(figures: list[Reported], tell: Tell | None = None) -> ImportPlan:
    """Compare a file with the figures in force; three queries whatever its length.

    A closed figure that would change, other workers than an office set, and a row made from another version than the
    one in force are faults.
    """
    places = _places(figures)
    known = {_place(row): row for row in Coverage.objects.filter(**places).order_by()}
    measured = {_place(row): row for row in Denominator.objects.filter(**places).select_related("definition")}
    definitions = _definitions()
    found = ImportPlan()
    for done, figure in enumerate(figures):
        if tell and done % TELL_EVERY == 0:
            tell(done, len(figures))
        row, fixed = known.get(figure.key), measured.get(figure.key)
        if row is not None and _says(row) == _reported(figure, definitions):
            found.same += 1
            continue
        found.changes.append(FigureChange(row, figure))
        if fixed:
            found.measured[figure.key] = fixed.version
        if refusal := _refusal(figure, row, fixed):
            found.faults.append(Fault(figure.row, "", refusal))
    return found


def carry_out(figures: list[Reported], *, by: User | None, name: str, digest: str) -> ImportPlan:
    """Write every figure that is new or differs, as sent. Raises PlanRefused, and then nothing was written."""
    found = plan(figures)
    if found.faults:
        raise PlanRefused(found.faults)
    signs = {"state": State.SENT, "sent_at": timezone.now(), "sent_by": by}
    readable = name.encode("utf-8", "replace").decode()
    try:
        write(found, Hand(by, "coverage.import", readable, digest, signs))
    except PlanOutdated as overtaken:
        message = _("Somebody else is importing the same figures. Import the file again.")
        raise PlanRefused([Fault(1, "", message)]) from overtaken
    return found


def write(found: ImportPlan, hand: Hand, tell: Tell | None = None) -> None:
    """Write a plan without faults, all of it or nothing; one event a region, naming the file and its sha256.

    Raises PlanOutdated when the database is no longer what the plan was made from.
    """
    if not found.changes:
        return
    try:
        with transaction.atomic():
            _write(found, hand, tell or (lambda done, of: None))
    except IntegrityError as rival:  # a figure that was new is there by now
        raise PlanOutdated from rival


def _write(found: ImportPlan, hand: Hand, tell: Tell) -> None:
    _hold(found)
    definitions = _definitions(change.reported.definition for change in found.changes)
    events = _events(found, definitions)
    of, done = len(found.changes), 0
    for batch in _batches(found.new):
        _create(batch, definitions, hand)
        tell(done := done + len(batch), of)
    for batch in _batches(found.changed):
        _replace(batch, definitions, hand)
        tell(done := done + len(batch), of)
    for region, figures in events.items():
        trail.record(hand.by, hand.verb, region, file=hand.name, sha256=hand.digest, figures=figures)
    _forget_drafts(found, hand.by)
    coverage_changed.send(sender=Coverage, regions={region.pk for region in events}, by=hand.by)


def _hold(found: ImportPlan) -> None:
    """Keep others from what will be written until the end of the transaction; PlanOutdated if they were faster."""
    versions = {change.before.pk: change.before.version for change in found.changes if change.before}
    for batch in _batches(versions):
        rows = Coverage.objects.changeable().filter(pk__in=batch).order_by("pk").select_for_update()
        if dict(rows.values_list("pk", "version")) != {pk: versions[pk] for pk in batch}:
            raise PlanOutdated
    wanted = {change.reported.key for change in found.changes}
    rows = Denominator.objects.filter(**_places(change.reported for change in found.changes))
    if {place: row.version for row in rows if (place := _place(row)) in wanted} != found.measured:
        raise PlanOutdated


def _create(batch: list[FigureChange], definitions: dict[tuple[str, str], int], hand: Hand) -> None:
    rows = [
        Coverage(
            region=change.reported.region,
            year=change.reported.year,
            segment=change.reported.segment,
            **hand.signs,
            **_columns(change.reported, definitions),
        )
        for change in batch
    ]
    _keep_versions(Coverage.objects.bulk_create(rows), batch, definitions, hand)


def _replace(batch: list[FigureChange], definitions: dict[tuple[str, str], int], hand: Hand) -> None:
    """Give figures already held new content and a next version, in one statement: an insert of rows that are there."""
    rows = []
    for change in batch:
        row = change.before
        columns = {**hand.signs, **_columns(change.reported, definitions), "version": row.version + 1}
        for name, value in columns.items():
            setattr(row, name, value)
        rows.append(row)
    names = [*hand.signs, *Coverage.FIELDS, "version"]
    Coverage.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=names)
    _keep_versions(rows, batch, definitions, hand)


def _keep_versions(
    rows: list[Coverage], batch: list[FigureChange], definitions: dict[tuple[str, str], int], hand: Hand
) -> None:
    CoverageVersion.objects.bulk_create(
        CoverageVersion(
            coverage=row,
            version=row.version,
            written_by=hand.by,
            origin=f"{hand.name[:150]}:{change.reported.row}",
            **_columns(change.reported, definitions),
        )
        for row, change in zip(rows, batch, strict=True)
    )


def _events(found: ImportPlan, definitions: dict[tuple[str, str], int]) -> dict[Region, list[dict[str, Any]]]:
    """What changes, by region, as the trail tells it."""
    names = {pk: definition for definition, pk in definitions.items()}
    events: dict[Region, list[dict[str, Any]]] = defaultdict(list)
    for change in found.changes:
        before, new = change.before, change.reported
        after = {name: getattr(new, name) for name in Coverage.FIELDS}
        was = {**before.content(), "definition": names[before.definition_id]} if before else {}
        events[new.region].append({"year": new.year, "segment": new.segment.code, "before": was, "after": after})
    return events


def _forget_drafts(found: ImportPlan, by: User | None) -> None:
    """What this person had typed of these figures and not saved is overtaken by the file."""
    written = {change.reported.key for change in found.changes}
    drafts = CoverageDraft.objects.filter(user=by) if by else []
    for batch in _batches(draft.pk for draft in drafts if _place(draft) in written):
        CoverageDraft.objects.filter(pk__in=batch).delete()


def _refusal(reported: Reported, before: Coverage | None, given: Denominator | None) -> str | None:
    """Why a changed figure cannot be taken; None when it can."""
    if before and before.is_locked:
        return _("This figure is locked. Write what the portal says, or remove the row.")
    if before and before.is_verified:
        return _("This figure is verified and changes only through a correction. Write what the portal says.")
    if reported.version is not None and reported.version != (before.version if before else 0):
        return _("Somebody changed this figure after you downloaded the file. Download it again.")
    if given and (given.workers, given.definition.territory, given.definition.denominator) != (
        reported.workers,
        *reported.definition,
    ):
        values = {"workers": formats.count(given.workers), "definition": given.definition}
        return _("The workers are set by an office: write %(workers)s (%(definition)s).") % values
    return None


def _says(row: Coverage) -> tuple[Any, ...]:
    return row.workers, row.participants, row.definition_id, row.source, row.as_of


def _reported(figure: Reported, definitions: dict[tuple[str, str], int]) -> tuple[Any, ...]:
    return figure.workers, figure.participants, definitions.get(figure.definition), figure.source, figure.as_of


def _columns(figure: Reported, definitions: dict[tuple[str, str], int]) -> dict[str, Any]:
    names = ("workers", "participants", "source", "as_of")
    return {name: getattr(figure, name) for name in names} | {"definition_id": definitions[figure.definition]}


def _definitions(wanted: Iterable[tuple[str, str]] = ()) -> dict[tuple[str, str], int]:
    """The keys of all definitions, those wanted and not yet there made first."""
    known = {(row.territory, row.denominator): row.pk for row in Definition.objects.all()}
    for territory, denominator in sorted(set(wanted) - known.keys()):
        made, _is_new = Definition.objects.get_or_create(territory=territory, denominator=denominator)
        known[territory, denominator] = made.pk
    return known


def _places(figures: Iterable[Reported]) -> dict[str, Any]:
    """A filter that leaves out most rows a file says nothing of."""
    keys = [figure.key for figure in figures]
    regions, years, segments = map(set, zip(*keys, strict=True)) if keys else ((), (), ())
    return {"region__in": regions, "year__in": years, "segment__in": segments}


def _place(row: Any) -> Place:
    return row.region_id, row.year, row.segment_id


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
