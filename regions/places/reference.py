"""The reference files of ``fixtures/regions``: read and checked completely, then written where they differ."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from paritrana.workbooks import Row, Table, read_path
from regions.models import Definition, Indicator, Region, Segment
from regions.places import national_targets
from regions.places import reference_offices as offices
from regions.places.agreement import Fields, agree
from regions.places.search import normalise

COLUMNS = {
    "regional_offices": ("name", "basis"),
    "provinces": ("code", "name", "short_name", "kanwil", "kanwil_basis", "timezone", "kanwil_source"),
    "regencies": ("code", "province_code", "kind", "name", "administrative"),
    "branches": ("name", "kanwil", "basis", "working_area", "assumed_area", "source", "note"),
    "segments": ("code", "name", "english"),
    "definitions": ("territory", "denominator"),
    "national_targets": ("year", "percent", "source"),
    "indicators": ("code", "name", "question", "english", "english_question"),
}
KEYS = {
    "national_targets": ("year",),
    "regional_offices": ("name",),
    "branches": ("name",),
    "definitions": ("territory", "denominator"),
}
MAY_BE_EMPTY = {"denominator", "kanwil_source", "working_area", "assumed_area", "source", "note"}
PROVINCES, KABUPATEN, KOTA, ADMINISTRATIVE, OFFICES = 38, 416, 98, 6, 11
BASES, TIME_ZONES = {"attested", "assumed"}, {"WIB", "WITA", "WIT"}
PREFIXES = {"kabupaten": "Kabupaten ", "kota": "Kota "}
FIRST_KOTA = 71


class FaultyReference(Exception):
    """The files are inconsistent; ``faults`` names every file and row."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass
class Reference:
    """The files as tables by name, and their faults."""

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
        national_targets.check(reference.rows("national_targets"), reference.blame)
    if reference.faults:
        raise FaultyReference(reference.faults)
    return reference


def short_name(row: Row) -> str:
    """A kabupaten's or kota's name without its kind."""
    return row.text("name").removeprefix(PREFIXES[row.text("kind")]).removeprefix("Administrasi ")


def attested_area(row: Row) -> list[str]:
    return row.text("working_area").split()


def working_area(row: Row) -> list[str]:
    """What a source says, and what is assumed."""
    return attested_area(row) + row.text("assumed_area").split()


def _check_shape(reference: Reference) -> None:
    for name, columns in COLUMNS.items():
        table = reference.tables[name]
        for column in sorted(set(columns) ^ set(table.columns)):
            reference.faults.append(f"{name}.csv {column}: the columns are {', '.join(columns)}")
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
    known_offices = reference.texts("regional_offices", "name")
    for row in reference.rows("provinces"):
        if not re.fullmatch(r"[0-9]{2}", row.text("code")):
            reference.blame("provinces", row, f"{row.text('code')} is not a province code")
        if row.text("timezone") not in TIME_ZONES:
            reference.blame("provinces", row, f"{row.text('timezone')} is not a time zone")
        if row.text("kanwil") not in known_offices:
            reference.blame("provinces", row, f"no regional office is called {row.text('kanwil')}")
        _check_source(reference, "provinces", row, "kanwil_basis", "kanwil_source")
    for row in reference.rows("segments"):
        if not re.fullmatch(r"[A-Z-]{2,12}", row.text("code")):
            reference.blame("segments", row, f"{row.text('code')} is not a segment code")


def _check_source(reference: Reference, name: str, row: Row, basis: str, source: str) -> None:
    """What is attested names its source."""
    if row.text(basis) not in BASES:
        reference.blame(name, row, f"{row.text(basis)} is neither attested nor assumed")
    elif (row.text(basis) == "attested") != bool(row.text(source)):
        reference.blame(name, row, f"{row.text(basis)} does not agree with the source")


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
    known_offices = reference.texts("regional_offices", "name")
    given = Counter(code for row in reference.rows("branches") for code in working_area(row))
    for row in reference.rows("branches"):
        if row.text("kanwil") not in known_offices:
            reference.blame("branches", row, f"no regional office is called {row.text('kanwil')}")
        _check_source(reference, "branches", row, "basis", "source")
        if attested_area(row) and not row.text("source"):
            reference.blame("branches", row, "working_area has no source: it is assumed_area")
        for code in working_area(row):
            if given[code] > 1:
                reference.blame("branches", row, f"{code} belongs to two branches")
            if code not in known:
                reference.blame("branches", row, f"there is no kabupaten or kota {code}")
            elif office_of.get(code[:2]) != row.text("kanwil"):
                reference.blame("branches", row, f"{code} lies outside the provinces of {row.text('kanwil')}")


@transaction.atomic
def load(reference: Reference) -> int:
    """Make the rows agree with the files; answers how many rows were made or changed, 0 the second time.

    Rows that are no longer in the files stay: figures and nominations may hang on them. What people changed of the
    offices in the portal stays as well.
    """
    written = offices.agree_regional_offices(reference.rows("regional_offices"))
    office_of = offices.of_provinces(reference.rows("provinces"))
    provinces = {row.text("code"): _province(row) for row in reference.rows("provinces")}
    written += agree(Region, "code", {code: provinces[code] | office_of.get(code, {}) for code in provinces})
    province_of = {region.code: region for region in Region.objects.provinces()}
    regencies = {row.text("code"): _regency(row, province_of) for row in reference.rows("regencies")}
    written += agree(Region, "code", regencies)
    for model, name in ((Segment, "segments"), (Indicator, "indicators")):
        written += agree(model, "code", _in_order(reference, name))
    written += _definitions(reference)
    written += national_targets.add(reference.rows("national_targets"))
    written += offices.agree_branches(reference.rows("branches"))
    return written + offices.agree_areas(_areas(reference))


def _areas(reference: Reference) -> dict[str, offices.Wanted]:
    """For the code of each region in a working area: the branch by its name here, and the source, "" where assumed."""
    return {
        code: offices.Wanted(row.text("name"), row.text("source") if code in attested_area(row) else "")
        for row in reference.rows("branches")
        for code in working_area(row)
    }


def _province(row: Row) -> Fields:
    return {
        "kind": Region.Kind.PROVINCE,
        "name": row.text("name"),
        "short_name": row.text("short_name"),
        "time_zone": row.text("timezone"),
        "search_key": normalise(row.text("name")),
    }


def _regency(row: Row, province_of: dict[str, Region]) -> Fields:
    province = province_of[row.text("province_code")]
    return {
        "kind": row.text("kind"),
        "name": row.text("name"),
        "short_name": short_name(row),
        "parent_id": province.pk,
        "is_administrative": row.text("administrative") == "1",
        "time_zone": province.time_zone,
        "search_key": normalise(row.text("name")),
    }


def _in_order(reference: Reference, name: str) -> dict[str, Fields]:
    """The columns of each row by its code, with its place in the file."""
    _code, *columns = COLUMNS[name]
    return {
        row.text("code"): {column: row.text(column) for column in columns} | {"order": number}
        for number, row in enumerate(reference.rows(name), 1)
    }


def _definitions(reference: Reference) -> int:
    known = set(Definition.objects.values_list("territory", "denominator"))
    wanted = {(row.text("territory"), row.text("denominator")) for row in reference.rows("definitions")}
    missing = sorted(wanted - known)
    Definition.objects.bulk_create(Definition(territory=t, denominator=d) for t, d in missing)
    return len(missing)
