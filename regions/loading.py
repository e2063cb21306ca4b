"""Writing the reference files into the database: only what differs, and a change of a known row is recorded."""

from typing import Any

from django.db import models, transaction

from paritrana.accounts import trail
from regions.models import Branch, Definition, Region, RegionalOffice, Segment
from regions.reference import Reference, short_name, working_area
from regions.search import normalise

Fields = dict[str, Any]


@transaction.atomic
def load(reference: Reference) -> int:
    """Make the rows agree with the files; answers how many rows were made or changed, 0 the second time.

    Rows that are no longer in the files stay: figures and nominations may hang on them.
    """
    offices = {row.text("name"): {} for row in reference.rows("regional_offices")}
    written = _agree(RegionalOffice, "name", offices)
    office_ids = dict(RegionalOffice.objects.values_list("name", "pk"))
    written += _agree(Region, "code", _provinces(reference, office_ids))
    province_of = {region.code: region for region in Region.objects.provinces()}
    written += _agree(Region, "code", _regencies(reference, province_of))
    segments = enumerate(reference.rows("segments"), 1)
    written += _agree(
        Segment, "code", {row.text("code"): {"name": row.text("name"), "order": n} for n, row in segments}
    )
    return written + _definitions(reference) + _branches(reference, office_ids)


def _provinces(reference: Reference, office_ids: dict[str, int]) -> dict[str, Fields]:
    return {
        row.text("code"): {
            "kind": Region.Kind.PROVINCE,
            "name": row.text("name"),
            "short_name": row.text("short_name"),
            "time_zone": row.text("timezone"),
            "regional_office_id": office_ids[row.text("kanwil")],
            "regional_office_basis": row.text("kanwil_basis"),
            "search_key": normalise(row.text("name")),
        }
        for row in reference.rows("provinces")
    }


def _regencies(reference: Reference, province_of: dict[str, Region]) -> dict[str, Fields]:
    return {
        row.text("code"): {
            "kind": row.text("kind"),
            "name": row.text("name"),
            "short_name": short_name(row),
            "parent_id": province_of[row.text("province_code")].pk,
            "is_administrative": row.text("administrative") == "1",
            "time_zone": province_of[row.text("province_code")].time_zone,
            "search_key": normalise(row.text("name")),
        }
        for row in reference.rows("regencies")
    }


def _definitions(reference: Reference) -> int:
    known = set(Definition.objects.values_list("territory", "denominator"))
    wanted = {(row.text("territory"), row.text("denominator")) for row in reference.rows("definitions")}
    missing = sorted(wanted - known)
    Definition.objects.bulk_create(Definition(territory=t, denominator=d) for t, d in missing)
    return len(missing)


def _branches(reference: Reference, office_ids: dict[str, int]) -> int:
    rows = {row.text("name"): row for row in reference.rows("branches")}
    wanted = {
        name: {"regional_office_id": office_ids[row.text("kanwil")], "basis": row.text("basis")}
        for name, row in rows.items()
    }
    written = _agree(Branch, "name", wanted)
    codes = {code for row in rows.values() for code in working_area(row)}
    region_ids = dict(Region.objects.filter(code__in=codes).values_list("code", "pk"))
    for branch in Branch.objects.filter(name__in=rows).prefetch_related("working_area"):
        before = {region.code for region in branch.working_area.all()}
        after = set(working_area(rows[branch.name]))
        if before != after:
            branch.working_area.set(region_ids[code] for code in after)
            if before:
                trail.record(None, "reference.change", branch, before=sorted(before), after=sorted(after))
            written += 1
    return written


def _agree(model: type[models.Model], key: str, wanted: dict[str, Fields]) -> int:
    """Create the rows that are missing and mend those that differ; answers how many."""
    known = {getattr(row, key): row for row in model._default_manager.filter(**{f"{key}__in": wanted})}
    missing = [model(**{key: value}, **fields) for value, fields in wanted.items() if value not in known]
    model._default_manager.bulk_create(missing)
    changed = 0
    for value, row in known.items():
        before = {name: getattr(row, name) for name in wanted[value]}
        if before != wanted[value]:
            model._default_manager.filter(pk=row.pk).update(**wanted[value])
            trail.record(None, "reference.change", row, before=before, after=wanted[value])
            changed += 1
    return len(missing) + changed
