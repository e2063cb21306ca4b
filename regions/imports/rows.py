"""A file of coverage figures, read whole: every row that can be believed, and every fault with its row and column."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.display import formats
from paritrana.workbooks import Fault, Row, Table
from regions import rules
from regions.imports import cells
from regions.imports.cells import Refusal
from regions.models import Definition, Denominator, Region, Segment

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
class ImportedFigures:
    """What a file says. With faults nothing of it may be used; warnings ask for a second look only."""

    figures: list[Reported] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


def read_coverage(table: Table, area: Iterable[Region] | None = None) -> ImportedFigures:
    """Read every row of a table of figures; three queries whatever its length.

    With ``area``, codes of other regions are as unknown as codes of none. Rows of our own template that were left
    empty are no rows.
    """
    table.rename({**{name: name for name in (*CODE_COLUMNS, *NEEDED, *OPTIONAL)}, **headings()})
    given = [name for name in CODE_COLUMNS if name in table.columns] or [CODE_COLUMNS[0]]
    needed = [name for name in NEEDED if name != "territory" or "counted_as" not in table.columns]
    table.require([given[0], *needed], [*CODE_COLUMNS, *NEEDED, *OPTIONAL])
    reading = ImportedFigures(faults=table.faults)
    if len(given) > 1:
        reading.faults.append(Fault(table.header, given[1], gettext_lazy("Keep one column of region codes, not two.")))
    if table.is_misnamed:
        return reading
    reader = RowReader(given[0], area, table.columns)
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


class RowReader:
    """Turns cells into values against the reference data as it was when the file was opened."""

    def __init__(self, code_column: str, area: Iterable[Region] | None, columns: list[str]) -> None:
        self.regions = {region.code: region for region in (Region.objects.all() if area is None else area)}
        self.segments = {segment.code: segment for segment in Segment.objects.all()}
        self.code_column, self.is_area = code_column, area is not None
        self.is_template = "version" in columns
        self.given = (
            set(Denominator.objects.values_list("region__code", "year", "segment__code")) if self.is_template else set()
        )
        self.definitions = definitions_by_text() if "counted_as" in columns else {}

    def is_empty(self, row: Row) -> bool:
        """A row of the template nobody filled in: no count typed, and no figure there before."""
        if not self.is_template or row.refused or row.cells.get("participants") is not None:
            return False
        place = row.text(self.code_column), cells.whole(row.cells.get("year")), row.text("segment")
        workers_typed = row.cells.get("workers") is not None and place not in self.given
        return not workers_typed and cells.whole(row.cells.get("version")) in (None, 0)

    def read(self, row: Row, reading: ImportedFigures) -> Reported | None:
        """The row's figure, or None after noting its faults."""
        values = self.values(row, reading.faults)
        if values is None:
            return None
        values["region"] = values.pop(self.code_column)
        if not self.definitions:
            values["definition"] = (values.pop("territory"), values["definition"])
        else:
            values["definition"] = values.pop("counted_as")
        return Reported(row=row.number, **values)  # type: ignore[arg-type]

    def readers(self) -> dict[str, Callable[[Row, str], object]]:
        """What reads each column; it raises when the cell is not to be believed."""
        return {
            self.code_column: self._region,
            "year": cells.year,
            "segment": self._segment,
            "workers": cells.workers,
            "participants": cells.count,
            **(
                {"counted_as": self._counted_as}
                if self.definitions
                else {"territory": cells.text, "definition": cells.text}
            ),
            "source": cells.text,
            "as_of": cells.day,
            "version": cells.version,
        }

    def values(self, row: Row, faults: list[Fault]) -> dict[str, object] | None:
        """The row's values by column, or None after noting every fault of it."""
        readers = self.readers()
        values: dict[str, object] = {}
        for column, reader in readers.items():
            if column in row.refused:
                continue
            try:
                values[column] = reader(row, column)
            except Refusal as refusal:
                faults.append(Fault(row.number, column, refusal.message))
            except ValidationError as refusal:
                faults.append(Fault(row.number, column, refusal.messages[0]))
        return values if len(values) == len(readers) else None

    def _region(self, row: Row, column: str) -> Region:
        typed = cells.plain(row, column)
        if typed in self.regions:
            return self.regions[typed]
        digits = typed.replace(".", "")
        meant = f"{digits[:2]}.{digits[2:].ljust(2, '0')}"
        if meant in self.regions and re.fullmatch(r"[0-9]{2}(\.[0-9]|[0-9]{2})", typed):
            message = _("“%(typed)s” is not a region code. If you mean %(meant)s, write it so, as text.")
            raise Refusal(message % {"typed": typed, "meant": f"{meant} ({self.regions[meant]})"})
        if self.is_area:
            raise Refusal(
                _("“%(typed)s” is not a region of your working area. Remove the row; nothing of the file is taken.")
                % {"typed": typed}
            )
        raise Refusal(_("“%(typed)s” is not a region code; 51 is a province, 51.03 a kabupaten.") % {"typed": typed})

    def _segment(self, row: Row, column: str) -> Segment:
        typed = cells.plain(row, column)
        if typed.upper() not in self.segments:
            names = {"typed": typed, "known": ", ".join(self.segments)}
            raise Refusal(_("“%(typed)s” is not a segment. Use one of: %(known)s.") % names)
        return self.segments[typed.upper()]

    def _counted_as(self, row: Row, column: str) -> tuple[str, str]:
        typed = " ".join(row.text(column).split())
        if typed not in self.definitions:
            raise Refusal(_("Choose one of the list: “%(typed)s” is not among them.") % {"typed": typed})
        return self.definitions[typed]


def headings() -> dict[str, str]:
    """What the columns of the template are called, in either language and lower case, by the name they have here."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(heading).lower(): name for name, heading in HEADINGS.items()}
    return found


def definitions_by_text(more: Iterable[Definition] = ()) -> dict[str, tuple[str, str]]:
    """Territory and denominator of every definition by how it is said, in either language."""
    known = [*Definition.objects.all(), *more]
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(definition): (definition.territory, definition.denominator) for definition in known}
    return found
