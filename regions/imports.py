"""Taking a file of figures into the database: what would change is planned first, then all of it is written or none."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.workbooks import Fault
from regions.models import Coverage, CoverageVersion, Definition, Region, State
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
    """Compare a file with the figures in force; a locked figure that would change is a fault."""
    present = Coverage.objects.with_context().filter(
        year__in={figure.year for figure in figures}, segment__in={figure.segment.pk for figure in figures}
    )
    if for_writing:
        present = present.select_for_update(of=("self",))
    known = {(row.region_id, row.year, row.segment_id): row for row in present}
    found = Plan()
    for figure in figures:
        row = known.get(figure.key)
        if row is None:
            found.new.append(figure)
        elif _says(row) == _reported(figure):
            found.same += 1
        elif row.is_locked:
            message = _("The figure of %(figure)s is locked. Remove the row, or write what it says now.")
            found.faults.append(Fault(figure.row, "", message % {"figure": row}))
        else:
            found.changed.append((row, figure))
    return found


@transaction.atomic
def carry_out(figures: list[Reported], *, by: User | None, name: str, digest: str) -> Plan:
    """Write every figure that is new or differs; one event for each region, naming the file and its sha256.

    Raises Refused, and then nothing was written.
    """
    found = plan(figures, for_writing=True)
    if found.faults:
        raise Refused(found.faults)
    definitions = _definitions(figures)
    name = name.encode("utf-8", "replace").decode()[:150]
    versions = _create(found.new, definitions) + [_change(row, new, definitions) for row, new in found.changed]
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


def _create(figures: list[Reported], definitions: dict[tuple[str, str], Definition]) -> list[CoverageVersion]:
    rows = Coverage.objects.bulk_create(
        (
            Coverage(
                region=figure.region,
                year=figure.year,
                segment=figure.segment,
                state=State.SENT,
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


def _change(row: Coverage, figure: Reported, definitions: dict[tuple[str, str], Definition]) -> CoverageVersion:
    """A changed figure must be verified again."""
    columns = _columns(figure, definitions)
    moved = Coverage.objects.filter(pk=row.pk, version=row.version, locked_at=None).update(
        version=row.version + 1, state=State.SENT, verified_at=None, verified_by=None, **columns
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
