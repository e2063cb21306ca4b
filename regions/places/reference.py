"""The reference files of ``fixtures/regions``: read and checked whole, then written where they differ."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models, transaction

from paritrana.accounts import trail
from paritrana.workbooks import Row, Table, read_path
from regions.models import Branch, Definition, Region, RegionalOffice, Segment
from regions.places.search import normalise

COLUMNS = {
    "regional_offices": ("name", "basis"),
    "provinces": ("code", "name", "short_name", "kanwil", "kanwil_basis", "timezone"),
    "regencies": ("code", "province_code", "kind", "name", "administrative"),
    "branches": ("name", "kanwil", "basis", "working_area"),
    "segments": ("code", "name"),
    "definitions": ("territory", "denominator"),
}
KEYS = {"regional_offices": ("name",), "branches": ("name",), "definitions": ("territory", "denominator")}
MAY_BE_EMPTY = {"denominator"}
PROVINCES, KABUPATEN, KOTA, ADMINISTRATIVE, OFFICES = 38, 416, 98, 6, 11
BASES, TIME_ZONES = {"attested", "assumed"}, {"WIB", "WITA", "WIT"}
PREFIXES = {"kabupaten": "Kabupaten ", "kota": "Kota "}
FIRST_KOTA = 71


class FaultyReference(Exception):
    """The files contradict their own rules; ``faults`` names every file and row."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass
class Reference:
    """The files as tables by name, and what is wrong with them."""

    tables: dict[str, Table]
    faults: list[str] = field(default_factory=list)

    def rows(self, name: str) -> list[Row]:
        return self.tables[name].rows

    def texts(self, name: str, column: str) -> set[str]:
        return {row.text(column) for row in self.rows(name)}

    def blame(self, name: str, row: Row | None, message: str) -> None:
        where = f"{name}.csv" if row is None else f"{name}.csv row {row.number}"
        self.faults.append(f"{where}: {message}")


def read(folder: Path) -> Reference:
    """Read and check every file; raises FaultyReference with all faults, or paritrana.workbooks.Unreadable."""
    reference = Reference({name: read_path(folder / f"{name}.csv") for name in COLUMNS})
    _check_shape(reference)
    if not reference.faults:
        _check_provinces(reference)
        _check_regencies(reference)
        _check_counts(reference)
        _check_branches(reference)
    if reference.faults:
        raise FaultyReference(reference.faults)
    return reference


def short_name(row: Row) -> str:
    """A kabupaten's or kota's name without its kind."""
    return row.text("name").removeprefix(PREFIXES[row.text("kind")]).removeprefix("Administrasi ")


def working_area(row: Row) -> list[str]:
    return row.text("working_area").split()


def _check_shape(reference: Reference) -> None:
    for name, columns in COLUMNS.items():
        table = reference.tables[name]
        table.require(columns, columns)
        for fault in table.faults:
            reference.faults.append(f"{name}.csv {fault}")
        for row in table.rows:
            for column in columns:
                if not row.text(column) and column not in MAY_BE_EMPTY:
                    reference.blame(name, row, f"{column} is empty")
        for row in _repeated(table.rows, KEYS.get(name, ("code",))):
            reference.blame(name, row, f"{row.text(columns[0])} is there twice")


def _repeated(rows: list[Row], columns: tuple[str, ...]) -> list[Row]:
    keys = [tuple(row.text(column) for column in columns) for row in rows]
    counts = Counter(keys)
    return [row for row, key in zip(rows, keys, strict=True) if counts[key] > 1]


def _check_provinces(reference: Reference) -> None:
    offices = reference.texts("regional_offices", "name")
    for row in reference.rows("provinces"):
        if not re.fullmatch(r"[0-9]{2}", row.text("code")):
            reference.blame("provinces", row, f"{row.text('code')} is not a province code")
        if row.text("timezone") not in TIME_ZONES:
            reference.blame("provinces", row, f"{row.text('timezone')} is not a time zone")
        if row.text("kanwil") not in offices:
            reference.blame("provinces", row, f"no regional office is called {row.text('kanwil')}")
        if row.text("kanwil_basis") not in BASES:
            reference.blame("provinces", row, f"{row.text('kanwil_basis')} is neither attested nor assumed")
    for row in reference.rows("segments"):
        if not re.fullmatch(r"[A-Z-]{2,12}", row.text("code")):
            reference.blame("segments", row, f"{row.text('code')} is not a segment code")


def _check_regencies(reference: Reference) -> None:
    provinces = reference.texts("provinces", "code")
    for row in reference.rows("regencies"):
        code, name, kind = row.text("code"), row.text("name"), row.text("kind")
        if row.text("province_code") not in provinces:
            reference.blame("regencies", row, f"there is no province {row.text('province_code')}")
        if not re.fullmatch(r"[0-9]{2}\.[0-9]{2}", code) or code[:2] != row.text("province_code"):
            reference.blame("regencies", row, f"{code} is not a code inside province {row.text('province_code')}")
        elif (int(code[3:]) >= FIRST_KOTA) != (kind == "kota"):
            reference.blame("regencies", row, f"{code} is not the code of a {kind}")
        if kind not in PREFIXES or not name.startswith(PREFIXES[kind]):
            reference.blame("regencies", row, f"{name} is not the name of a {kind}")
        if row.text("administrative") != str(int(" Administrasi " in name)):
            reference.blame("regencies", row, f"administrative does not agree with the name {name}")


def _check_counts(reference: Reference) -> None:
    kinds = Counter(row.text("kind") for row in reference.rows("regencies"))
    administrative = sum(row.text("administrative") == "1" for row in reference.rows("regencies"))
    for name, noun, found, wanted in (
        ("regional_offices", "regional offices", len(reference.rows("regional_offices")), OFFICES),
        ("provinces", "provinces", len(reference.rows("provinces")), PROVINCES),
        ("regencies", "kabupaten", kinds["kabupaten"], KABUPATEN),
        ("regencies", "kota", kinds["kota"], KOTA),
        ("regencies", "administrative regions", administrative, ADMINISTRATIVE),
    ):
        if found != wanted:
            reference.blame(name, None, f"{found} {noun}, there must be {wanted}")


def _check_branches(reference: Reference) -> None:
    office_of = {row.text("code"): row.text("kanwil") for row in reference.rows("provinces")}
    known = reference.texts("regencies", "code")
    offices = reference.texts("regional_offices", "name")
    for row in reference.rows("branches"):
        if row.text("kanwil") not in offices:
            reference.blame("branches", row, f"no regional office is called {row.text('kanwil')}")
        if row.text("basis") not in BASES:
            reference.blame("branches", row, f"{row.text('basis')} is neither attested nor assumed")
        for code in working_area(row):
            if code not in known:
                reference.blame("branches", row, f"there is no kabupaten or kota {code}")
            elif office_of.get(code[:2]) != row.text("kanwil"):
                reference.blame("branches", row, f"{code} lies outside the provinces of {row.text('kanwil')}")


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
