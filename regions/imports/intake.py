"""Coverage by a file: one row a region, year and segment. On the page of a branch only its own area."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.display import formats
from paritrana.intake import Column, Intake, RowChange, WrittenBy
from paritrana.intake.description import ReadRow, Tell
from paritrana.intake.fields import CountedField, TextField
from regions import rules
from regions.coverage import workers
from regions.coverage.grid import Grid, GridCell
from regions.imports import writing
from regions.imports.columns import as_of_column, place_columns, version_column, workers_column
from regions.imports.definitions import CountedAsField, TerritoryField, usual
from regions.imports.fields import year_field
from regions.imports.region_names import NamedRegions
from regions.models import Coverage, Denominator, Region, State

OBSTACLES = {
    "locked": gettext_lazy("This figure is locked. Write what the portal says, or remove the row."),
    "verified": gettext_lazy(
        "This figure is verified and changes only through a correction. Write what the portal says."
    ),
    "conflict": gettext_lazy("Somebody changed this figure after you downloaded the file. Download it again."),
}
TYPED = ("workers", "participants", "counted_as", "source", "as_of")


class CoverageIntake(NamedRegions, Intake):
    """For every region, written as sent: what the command imports."""

    name = "cakupan"
    title = gettext_lazy("Coverage")
    consequence = gettext_lazy("A changed figure has to be sent and verified again.")
    keys = ("region_code", "year", "segment")
    is_guarded = True
    verb = "coverage.import"
    area: Callable[[], Iterable[Region]] | None = None

    def columns(self) -> list[Column]:
        extra: dict[str, Any] = {"is_optional": True, "is_extra": True}
        participants = CountedField(label=gettext_lazy("Participants"))
        return [
            *place_columns(self.area, year_field()),
            workers_column(WorkersField, gettext_lazy("A whole number of people.")),
            Column("participants", participants, ("jumlah peserta",), example="42.000", width=15),
            Column("counted_as", CountedAsField(self.plain_definitions()), is_optional=True, width=38),
            Column("territory", _territory(), example=gettext_lazy("province"), **extra),
            Column("definition", _text(gettext_lazy("Definition"), 160), **extra),
            Column("source", _text(gettext_lazy("Source"), 300), example="SIPP", is_optional=True, width=30),
            as_of_column("2025-12-31", is_optional=True),
            version_column(),
        ]

    def plain_definitions(self) -> list[tuple[str, str]]:
        return [(territory, "") for territory in rules.TERRITORIES[:2]]

    def absent(self, present: set[str]) -> list[str]:
        says_definition = present & {"counted_as", "territory"}
        return [*super().absent(present), *([] if says_definition else ["territory"])]

    def is_left_empty(self, cells: Mapping[str, Any]) -> bool:
        """A row of the template nobody filled in: no count typed, and no figure there before."""
        if "version" not in cells or cells.get("participants") is not None:
            return False
        place = str(cells["region_code"]), str(cells["year"]).removesuffix(".0"), str(cells["segment"])
        workers_typed = cells.get("workers") is not None and place not in self._set_by_offices
        return not workers_typed and str(cells["version"]) in ("None", "0", "0.0")

    @cached_property
    def _set_by_offices(self) -> set[tuple[str, str, str]]:
        rows = Denominator.objects.values_list("region__code", "year", "segment__code")
        return {(code, str(year), segment) for code, year, segment in rows}

    def check(self, values: dict[str, Any]) -> None:
        values.setdefault("counted_as", (values.get("territory"), values.get("definition") or ""))

    def doubt(self, values: dict[str, Any]) -> tuple[str, str] | None:
        if rules.exceeds(values["participants"], values["workers"]):
            message = _("%(participants)s participants are more than %(workers)s workers. It is taken, but look again.")
            told = {name: formats.count(values[name]) for name in ("participants", "workers")}
            return "participants", message % told
        territory = values["counted_as"][0]
        if territory in rules.TERRITORIES[:2] and territory != usual(values["region_code"])[0]:
            name = "territory" if "territory" in values else "counted_as"
            return name, _("This counts another kind of region. It is taken, but look again.")
        return None

    def key(self, values: dict[str, Any]) -> writing.Place:
        return writing.place_in(values)

    def known(self, rows: list[ReadRow]) -> Mapping[Hashable, Coverage]:
        """Three queries whatever the length of the file."""
        places = writing.places_of(self.key(row.values) for row in rows)
        measured = Denominator.objects.filter(**places).select_related("definition")
        self.measured = {writing.place_of(row): row for row in measured}
        self.definitions = {pk: counted for counted, pk in writing.definitions_of().items()}
        return {writing.place_of(row): row for row in Coverage.objects.filter(**places).order_by()}

    def in_force(self, before: Coverage) -> dict[str, Any]:
        content = {name: getattr(before, name) for name in ("workers", "participants", "source", "as_of")}
        return {**content, "counted_as": self.definitions[before.definition_id]}

    def refusal(self, change: RowChange) -> tuple[str, str] | None:
        values, before = change.values, change.before
        seen = values.get("version")
        if obstacle := before.obstacle(seen) if before else "conflict" if seen else "":
            return next(iter(change.old), ""), self._obstructed(obstacle, change)
        given = self.measured.get(self.key(values))
        if given and not workers.agree(given, values["workers"], values["counted_as"]):
            return "workers", workers.refusal(given)
        return None

    def _obstructed(self, obstacle: str, change: RowChange) -> str:
        """Why it may not change, and what stands there."""
        columns = [(self.table[name], old) for name, old in change.old.items()]
        said = "; ".join(f"{column.heading}: {column.shown(old) or '–'}" for column, old in columns)
        in_force = _("In force: %(values)s.") % {"values": said} if said else ""
        return f"{OBSTACLES[obstacle]} {in_force}".strip()

    def signs(self, hand: WrittenBy) -> dict[str, Any]:
        """The columns every figure written gets besides what the file says."""
        return {"state": State.SENT, "sent_at": timezone.now(), "sent_by": hand.by}

    def write(self, changes: list[RowChange], hand: WrittenBy, tell: Tell) -> None:
        keys = {self.key(change.values) for change in changes}
        measured = {place: row.version for place, row in self.measured.items() if place in keys}
        writing.write(changes, measured, writing.Hand(hand, self.verb, self.signs(hand)), tell)


class BranchCoverage(CoverageIntake):
    """Of the own area, written as drafts; the template holds every figure of the grid."""

    verb = "coverage.upload"

    def __init__(self, area: list[Region], grid: Callable[[], Grid]) -> None:
        self.regions, self.grid = area, grid

    def area(self) -> list[Region]:  # type: ignore[override]
        return self.regions

    def signs(self, hand: WrittenBy) -> dict[str, Any]:
        return {"state": State.DRAFT}

    def lines(self) -> Iterable[dict[str, Any]]:
        return map(_line, self.grid().cells.values())

    def instructions(self) -> list[str]:
        return [
            _("Fill in only the white cells of the first sheet. Grey cells are fixed."),
            _("Workers and participants are whole numbers of people. Percentages are computed by the portal."),
            _("Leave a row empty when the figure is not known yet. An empty row changes nothing."),
            _("Filled with the figures of %(day)s.") % {"day": timezone.localdate().isoformat()},
        ]


def _line(cell: GridCell) -> dict[str, Any]:
    figure = cell.figure
    known = next((one for one in (cell.denominator, figure) if one), None)
    counted = known.definition.counted if known else usual(cell.region)
    fixed = set() if cell.has_own_workers else {"workers", "counted_as"}
    return {
        "region_code": cell.region,
        "region": cell.region.name,
        "year": cell.year,
        "segment": cell.segment,
        "workers": known and known.workers,
        "participants": figure and figure.participants,
        "counted_as": counted,
        "source": figure.source if figure else "",
        "as_of": figure and figure.as_of,
        "version": cell.version,
        "_locked": fixed if cell.is_open else set(TYPED),
    }


class WorkersField(CountedField):
    """Without workers there is no percentage."""

    def validate(self, value: int | None) -> None:
        if value is not None and value < 1:
            raise ValidationError(_("Without workers there is no percentage. Leave the row out."))
        super().validate(value)


def _text(label: Any, longest: int) -> TextField:
    return TextField(label=label, max_length=longest, required=False)


def _territory() -> TerritoryField:
    return TerritoryField(label=gettext_lazy("Territory"), max_length=80)
