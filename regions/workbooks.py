"""A file of coverage figures, read whole: every row that can be believed, and every fault with its row and column."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana import formats
from paritrana.numbers import read_count
from paritrana.workbooks import Fault, Row, Table
from regions import coverage as rules
from regions.models import Coverage, Definition, Denominator, Region, Segment

CODE_COLUMNS = ("province_code", "region_code")
TEMPLATE_ONLY = ("counted_as", "region", "version")
"""Columns of our own template: definition in one text, the region's name for the eye, the version it was made from."""
NEEDED = ("year", "segment", "workers", "participants", "territory")
OPTIONAL = ("definition", "source", "as_of", *TEMPLATE_ONLY)
HEADINGS = {
    "region_code": gettext_lazy("Region code"),
    "region": gettext_lazy("Region"),
    "year": gettext_lazy("Year"),
    "segment": gettext_lazy("Segment"),
    "workers": gettext_lazy("Workers"),
    "participants": gettext_lazy("Participants"),
    "counted_as": gettext_lazy("Counted as"),
    "source": gettext_lazy("Source"),
    "as_of": gettext_lazy("As of"),
    "version": gettext_lazy("Version"),
}
_LENGTHS = {
    "territory": Definition._meta.get_field("territory").max_length,
    "definition": Definition._meta.get_field("denominator").max_length,
    "source": Coverage._meta.get_field("source").max_length,
}


@dataclass(frozen=True)
class Reported:
    """One believable row of a file."""

    row: int
    region: Region
    year: int
    segment: Segment
    workers: int
    participants: int
    definition: tuple[str, str]
    """Territory and denominator."""
    source: str
    as_of: date | None
    version: int | None = None
    """What the figure was made from, where the file says so; 0 when there was none."""

    @property
    def key(self) -> tuple[int, int, int]:
        return self.region.pk, self.year, self.segment.pk


@dataclass
class Reading:
    """What a file says. With faults nothing of it may be used; warnings ask for a second look only."""

    figures: list[Reported] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


class _Refusal(Exception):
    """Why a cell is not taken."""

    def __init__(self, message: str | Promise) -> None:
        self.message = message


def read_coverage(table: Table, area: Iterable[Region] | None = None) -> Reading:
    """Read every row of a table of figures; three queries whatever its length.

    With ``area``, codes of other regions are as unknown as codes of none. Rows of our own template that were left
    empty are no rows.
    """
    table.rename(headings())
    given = [name for name in CODE_COLUMNS if name in table.columns] or [CODE_COLUMNS[0]]
    needed = [name for name in NEEDED if name != "territory" or "counted_as" not in table.columns]
    table.require([given[0], *needed], [*CODE_COLUMNS, *NEEDED, *OPTIONAL])
    reading = Reading(faults=table.faults)
    if len(given) > 1:
        reading.faults.append(Fault(1, given[1], gettext_lazy("Keep one column of region codes, not two.")))
    if any(fault.row == 1 for fault in reading.faults):
        return reading
    reader = _Reader(given[0], area, table.columns)
    seen: dict[tuple[int, int, int], int] = {}
    for row in table.rows:
        reported = None if reader.is_empty(row) else reader.read(row, reading)
        if reported is None:
            continue
        first = seen.setdefault(reported.key, row.number)
        if first != row.number:
            message = _("Row %(row)s already gives this region, year and segment. Keep one of the two.")
            reading.faults.append(Fault(row.number, "", message % {"row": first}))
        if rules.exceeds(reported.participants, reported.workers):
            reading.warnings.append(_doubt(reported))
        reading.figures.append(reported)
    reading.faults.sort(key=lambda fault: fault.row)
    return reading


def _doubt(reported: Reported) -> Fault:
    message = _("%(participants)s participants are more than %(workers)s workers. It is taken, but look again.")
    counts = {"participants": formats.count(reported.participants), "workers": formats.count(reported.workers)}
    return Fault(reported.row, "participants", message % counts)


class _Reader:
    """Turns cells into values against the reference data as it was when the file was opened."""

    def __init__(self, code_column: str, area: Iterable[Region] | None, columns: list[str]) -> None:
        self.regions = {region.code: region for region in (Region.objects.all() if area is None else area)}
        self.segments = {segment.code: segment for segment in Segment.objects.all()}
        self.code_column, self.is_area = code_column, area is not None
        self.is_template = "version" in columns
        self.given = (
            set(Denominator.objects.values_list("region__code", "year", "segment__code")) if self.is_template else set()
        )
        self.definitions = said_definitions() if "counted_as" in columns else {}

    def is_empty(self, row: Row) -> bool:
        """A row of the template nobody filled in: no count typed, and no figure there before."""
        if not self.is_template or row.refused or row.cells.get("participants") is not None:
            return False
        place = row.text(self.code_column), _whole(row.cells.get("year")), row.text("segment")
        workers_typed = row.cells.get("workers") is not None and place not in self.given
        return not workers_typed and _whole(row.cells.get("version")) in (None, 0)

    def read(self, row: Row, reading: Reading) -> Reported | None:
        """The row's figure, or None after noting its faults."""
        readers: dict[str, Callable[[Row, str], object]] = {
            self.code_column: self._region,
            "year": _year,
            "segment": self._segment,
            "workers": _workers,
            "participants": _count,
            **({"counted_as": self._counted_as} if self.definitions else {"territory": _text, "definition": _text}),
            "source": _text,
            "as_of": _day,
            "version": _version,
        }
        values: dict[str, object] = {}
        for column, reader in readers.items():
            if column in row.refused:
                continue
            try:
                values[column] = reader(row, column)
            except _Refusal as refusal:
                reading.faults.append(Fault(row.number, column, refusal.message))
            except ValidationError as refusal:
                reading.faults.append(Fault(row.number, column, refusal.messages[0]))
        if len(values) < len(readers):
            return None
        values["region"] = values.pop(self.code_column)
        if not self.definitions:
            values["definition"] = (values.pop("territory"), values["definition"])
        else:
            values["definition"] = values.pop("counted_as")
        return Reported(row=row.number, **values)  # type: ignore[arg-type]

    def _region(self, row: Row, column: str) -> Region:
        typed = _plain(row, column)
        if typed in self.regions:
            return self.regions[typed]
        digits = typed.replace(".", "")
        meant = f"{digits[:2]}.{digits[2:].ljust(2, '0')}"
        if meant in self.regions and re.fullmatch(r"[0-9]{2}(\.[0-9]|[0-9]{2})", typed):
            message = _("“%(typed)s” is not a region code. If you mean %(meant)s, write it so, as text.")
            raise _Refusal(message % {"typed": typed, "meant": f"{meant} ({self.regions[meant]})"})
        if self.is_area:
            raise _Refusal(
                _("“%(typed)s” is not a region of your working area. Remove the row; nothing of the file is taken.")
                % {"typed": typed}
            )
        raise _Refusal(_("“%(typed)s” is not a region code; 51 is a province, 51.03 a kabupaten.") % {"typed": typed})

    def _segment(self, row: Row, column: str) -> Segment:
        typed = _plain(row, column)
        if typed.upper() not in self.segments:
            names = {"typed": typed, "known": ", ".join(self.segments)}
            raise _Refusal(_("“%(typed)s” is not a segment. Use one of: %(known)s.") % names)
        return self.segments[typed.upper()]

    def _counted_as(self, row: Row, column: str) -> tuple[str, str]:
        typed = " ".join(row.text(column).split())
        if typed not in self.definitions:
            raise _Refusal(_("Choose one of the list: “%(typed)s” is not among them.") % {"typed": typed})
        return self.definitions[typed]


def headings() -> dict[str, str]:
    """What the columns of the template are called, in either language and lower case, by the name they have here."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(heading).lower(): name for name, heading in HEADINGS.items()}
    return found


def said_definitions() -> dict[str, tuple[str, str]]:
    """Territory and denominator of every definition by how it is said, in either language."""
    known = list(Definition.objects.all())
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(definition): (definition.territory, definition.denominator) for definition in known}
    return found


def _whole(cell: object) -> int | None:
    return (
        int(cell)
        if isinstance(cell, int | float) or isinstance(cell, str) and re.fullmatch("[0-9]{1,9}", cell)
        else None
    )


def _version(row: Row, column: str) -> int | None:
    typed = row.text(column).removesuffix(".0")
    if not typed:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", typed, re.ASCII):
        raise _Refusal(_("This column belongs to the portal. Download the template again."))
    return int(typed)


def _plain(row: Row, column: str) -> str:
    """The cell as text that must be there; a whole number from a spreadsheet without its decimals."""
    value = row.cells.get(column)
    if value is None:
        raise _Refusal(_("This cell is empty."))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _year(row: Row, column: str) -> int:
    typed = _plain(row, column)
    if not re.fullmatch(r"[0-9]{4}", typed, re.ASCII):
        raise _Refusal(_("“%(typed)s” is not a year. Write four digits.") % {"typed": typed})
    rules.check_year(int(typed))
    return int(typed)


def _count(row: Row, column: str) -> int:
    if row.cells.get(column) is None:
        raise _Refusal(_("This cell is empty. Leave the row out when there is no figure."))
    return read_count(row.cells[column])


def _workers(row: Row, column: str) -> int:
    workers = _count(row, column)
    if workers < 1:
        raise _Refusal(_("Without workers there is no percentage. Leave the row out."))
    return workers


def _text(row: Row, column: str) -> str:
    typed = " ".join(row.text(column).split())
    if not typed and column in NEEDED:
        raise _Refusal(_("This cell is empty."))
    if len(typed) > _LENGTHS[column]:
        raise _Refusal(_("The text is longer than %(most)s characters.") % {"most": _LENGTHS[column]})
    return typed


def _day(row: Row, column: str) -> date | None:
    value = row.cells.get(column)
    if value is None:
        return None
    day = value if isinstance(value, date) else _iso_day(str(value))
    rules.check_as_of(day)
    return day


def _iso_day(typed: str) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed, re.ASCII):
        try:
            return date.fromisoformat(typed)
        except ValueError as error:
            raise _Refusal(_("“%(typed)s” is not a day of the calendar.") % {"typed": typed}) from error
    meant = ""
    if match := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", typed, re.ASCII):
        try:
            meant = datetime(int(match[3]), int(match[2]), int(match[1])).date().isoformat()
        except ValueError:
            meant = ""
    message = _("“%(typed)s” is not read as a date. Write year-month-day, such as %(meant)s.")
    raise _Refusal(message % {"typed": typed, "meant": meant or "2024-12-31"})
