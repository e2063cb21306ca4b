"""Offices of the reference files: made and mended as the files say, unless a person changed them in the portal.

An office is found by its ``key``, the name in the files: renamed in the portal, it is not made a second time.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone

from paritrana.accounts import trail
from paritrana.workbooks import Row
from regions.models import AreaRegion, Basis, Branch, FormerArea, Region, RegionalOffice
from regions.places import areas
from regions.places.agreement import Fields, mend


class Wanted(NamedTuple):
    """Where the files put a region: the branch by its key, and the source, empty where it is assumed."""

    branch: str
    source: str


def agree_regional_offices(rows: Iterable[Row]) -> int:
    return _agree_offices(RegionalOffice, {row.text("name"): {} for row in rows})


def agree_branches(rows: Iterable[Row]) -> int:
    ids = _ids(RegionalOffice)
    wanted = {
        row.text("name"): {
            "regional_office_id": ids[row.text("kanwil")],
            "basis": row.text("basis"),
            "source": row.text("source"),
            "note": row.text("note"),
        }
        for row in rows
    }
    return _agree_offices(Branch, wanted)


def _ids(model: type[models.Model]) -> dict[str, int]:
    return dict(model._default_manager.exclude(key=None).values_list("key", "pk"))


def _agree_offices(model: Any, wanted: dict[str, Fields]) -> int:
    every = model.objects.all()
    by_key = {row.key: row for row in every if row.key}
    by_name = {row.name: row for row in every if not row.key}
    written = 0
    for key, fields in wanted.items():
        row: Any = by_key.get(key)
        if row is None and key in by_name:  # made before offices had keys, or by a person under this very name
            row = by_name[key]
            model._default_manager.filter(pk=row.pk).update(key=key)
            written += 1
        if row is None:
            model._default_manager.create(key=key, name=key, **fields)
            written += 1
        elif row.changed_by_id is None:
            written += mend(row, {"name": key, **fields})
    return written


def of_provinces(rows: Iterable[Row]) -> dict[str, Fields]:
    """By the code of each province its regional office; without those a person gave to an office or took from one."""
    ids = _ids(RegionalOffice)
    closed = set(RegionalOffice.objects.exclude(closed_on=None).values_list("key", flat=True))
    kept = Region.objects.provinces().exclude(regional_office_set_by=None)
    kept |= Region.objects.provinces().filter(pk__in=_ended_by_people("regional_office"))
    codes = set(kept.values_list("code", flat=True))
    return {
        row.text("code"): {
            "regional_office_id": ids[row.text("kanwil")],
            "regional_office_basis": row.text("kanwil_basis"),
            "regional_office_source": row.text("kanwil_source"),
        }
        for row in rows
        if row.text("code") not in codes and row.text("kanwil") not in closed
    }


def _ended_by_people(of: str) -> Any:
    """Regions a person took away from an office."""
    ended = FormerArea.objects.exclude(ended_by=None).exclude(**{of: None})
    return ended.values("region")


def agree_areas(wanted: dict[str, Wanted]) -> int:
    """Working areas as the files have them, where no person placed or took away the region."""
    touched = set(Region.objects.filter(pk__in=_ended_by_people("branch")).values_list("code", flat=True))
    branches = {branch.key: branch for branch in Branch.objects.open().exclude(key=None)}
    rows = {row.region.code: row for row in AreaRegion.objects.select_related("region", "branch")}
    touched |= {code for code, row in rows.items() if row.placed_by_id}
    gone = [row for code, row in rows.items() if row.branch.key in branches and code not in {*wanted, *touched}]
    written = sum(_take_away(row) for row in gone)
    coming: dict[str, Wanted] = {}
    for code, want in wanted.items():
        if code in touched or want.branch not in branches:
            continue
        row = rows.get(code)
        if row is not None and row.branch_id == branches[want.branch].pk:
            written += _mend_source(row, want)
            continue
        if row is not None:
            _take_away(row)
        coming[code] = want
    return written + _place(coming, branches, set(rows))


def _mend_source(row: AreaRegion, want: Wanted) -> bool:
    fields = {"source": want.source, "basis": Basis.ATTESTED if want.source else Basis.ASSUMED}
    if (row.source, row.basis) == (fields["source"], fields["basis"]):
        return False
    AreaRegion.objects.filter(pk=row.pk).update(**fields)
    return True


def _take_away(row: AreaRegion) -> bool:
    held = areas.Holder(row.branch, row.since, row.basis, row.source)
    areas.end(row.region, held, timezone.localdate(), None)
    AreaRegion.objects.filter(pk=row.pk).delete()
    trail.record(None, "reference.change", row.branch, before=[row.region.code], after=[])
    return True


def _place(coming: dict[str, Wanted], branches: dict[str | None, Branch], moved: set[str]) -> int:
    """A region that had another branch belongs to the new one from today; of the others nobody knows since when."""
    regions = Region.objects.filter(code__in=coming)
    made = AreaRegion.objects.bulk_create(
        AreaRegion(
            branch=branches[coming[region.code].branch],
            region=region,
            since=timezone.localdate() if region.code in moved else None,
            basis=Basis.ATTESTED if coming[region.code].source else Basis.ASSUMED,
            source=coming[region.code].source,
        )
        for region in regions
    )
    return len(made)
