"""Taking a file of figures into the database: what would change is planned first, then all of it is written or none."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from paritrana import formats
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.workbooks import Fault
from regions.models import Coverage, CoverageVersion, Definition, Denominator, Region, State
from regions.signals import coverage_changed
from regions.workbooks import Reported

LARGEST_BATCH = 400


@dataclass
class Plan:
    """What a file would do: figures to make, figures to change (with what is there now), and how many say the same."""

    new: list[Reported] = field(default_factory=list)
    changed: list[tuple[Coverage, Reported]] = field(default_factory=list)
    same: int = 0
    faults: list[Fault] = field(default_factory=list)


class Refused(Exception):
    """The database does not allow what the file wants; ``faults`` says where."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def plan(figures: list[Reported], *, for_writing: bool = False) -> Plan:
    """Compare a file with the figures in force; a closed figure that would change is a fault."""
    present = Coverage.objects.with_context().filter(
        year__in={figure.year for figure in figures}, segment__in={figure.segment.pk for figure in figures}
    )
    if for_writing:
        present = present.select_for_update(of=("self",))
    known = {(row.region_id, row.year, row.segment_id): row for row in present}
    measured = _measured(figures)
    found = Plan()
    for figure in figures:
        row = known.get(figure.key)
        fixed = measured.get(figure.key)
        if row is not None and _says(row) == _reported(figure):
            found.same += 1
        elif fixed and not _agrees(fixed, figure):
            found.faults.append(Fault(figure.row, "workers", _other_workers(fixed)))
        elif row is None:
            found.new.append(figure)
        elif not row.is_open:
            found.faults.append(Fault(figure.row, "", _closed(row)))
        else:
            found.changed.append((row, figure))
    return found


def _measured(figures: list[Reported]) -> dict[tuple[int, int, int], Denominator]:
    """The workers set by offices for the years and segments of a file."""
    rows = Denominator.objects.select_related("definition").filter(
        year__in={figure.year for figure in figures}, segment__in={figure.segment.pk for figure in figures}
    )
    return {(row.region_id, row.year, row.segment_id): row for row in rows}


def _agrees(fixed: Denominator, figure: Reported) -> bool:
    definition = fixed.definition.territory, fixed.definition.denominator
    return (fixed.workers, definition) == (figure.workers, figure.definition)


def _other_workers(fixed: Denominator) -> str:
    message = _("The workers are set by the office: %(workers)s (%(definition)s). Write these.")
    return message % {"workers": formats.count(fixed.workers), "definition": fixed.definition}


def _closed(row: Coverage) -> str:
    message = _("The figure of %(figure)s is verified. Remove the row, or propose a correction.")
    if row.is_locked:
        message = _("The figure of %(figure)s is locked. Remove the row, or write what it says now.")
    return message % {"figure": row}


@transaction.atomic
def carry_out(figures: list[Reported], *, by: User | None, name: str, digest: str) -> Plan:
    """Write every figure that is new or differs, as sent; one event for each region, naming the file and its sha256.

    Raises Refused, and then nothing was written.
    """
    found = plan(figures, for_writing=True)
    if found.faults:
        raise Refused(found.faults)
    definitions = _definitions(figures)
    signs = {"state": State.SENT, "sent_at": timezone.now(), "sent_by": by}
    name = name.encode("utf-8", "replace").decode()[:150]
    versions = _create(found.new, definitions, signs) + [
        _change(row, new, definitions, signs) for row, new in found.changed
    ]
    for version, reported in zip(versions, [*found.new, *(new for _row, new in found.changed)], strict=True):
        version.written_by, version.origin = by, f"{name}:{reported.row}"
    CoverageVersion.objects.bulk_create(versions, batch_size=LARGEST_BATCH)
    _record(found, by=by, name=name, digest=digest)
    if versions:
        touched = {version.coverage.region_id for version in versions}
        coverage_changed.send(sender=Coverage, regions=touched, by=by)
    return found


def _says(row: Coverage) -> dict[str, Any]:
    definition = (row.definition.territory, row.definition.denominator)
    return {**row.content(), "definition": definition}


def _reported(figure: Reported) -> dict[str, Any]:
    return {name: getattr(figure, name) for name in Coverage.FIELDS}


def _definitions(figures: list[Reported]) -> dict[tuple[str, str], Definition]:
    return {
        (territory, denominator): Definition.objects.get_or_create(territory=territory, denominator=denominator)[0]
        for territory, denominator in sorted({figure.definition for figure in figures})
    }


def _columns(figure: Reported, definitions: dict[tuple[str, str], Definition]) -> dict[str, Any]:
    return {**_reported(figure), "definition": definitions[figure.definition]}


def _create(
    figures: list[Reported], definitions: dict[tuple[str, str], Definition], signs: dict[str, Any]
) -> list[CoverageVersion]:
    rows = Coverage.objects.bulk_create(
        (
            Coverage(
                region=figure.region,
                year=figure.year,
                segment=figure.segment,
                **signs,
                **_columns(figure, definitions),
            )
            for figure in figures
        ),
        batch_size=LARGEST_BATCH,
    )
    return [
        CoverageVersion(coverage=row, version=1, **_columns(figure, definitions))
        for row, figure in zip(rows, figures, strict=True)
    ]


def _change(
    row: Coverage, figure: Reported, definitions: dict[tuple[str, str], Definition], signs: dict[str, Any]
) -> CoverageVersion:
    columns = _columns(figure, definitions)
    moved = (
        Coverage.objects.changeable()
        .filter(pk=row.pk, version=row.version)
        .update(version=row.version + 1, **signs, **columns)
    )
    if not moved:
        message = _("The figure of %(figure)s was changed by somebody else at this moment. Import the file again.")
        raise Refused([Fault(figure.row, "", message % {"figure": row})])
    return CoverageVersion(coverage=row, version=row.version + 1, **columns)


def _record(found: Plan, *, by: User | None, name: str, digest: str) -> None:
    changes: dict[Region, list[dict[str, Any]]] = defaultdict(list)
    for row, figure in [*((None, figure) for figure in found.new), *found.changed]:
        changes[figure.region].append(
            {
                "year": figure.year,
                "segment": figure.segment.code,
                "before": _says(row) if row else {},
                "after": _reported(figure),
            }
        )
    for region, figures in changes.items():
        trail.record(by, "coverage.import", region, file=name, sha256=digest, figures=figures)
