"""The grid: every figure of an area for a year and the one before, as boxes read by the one strict parser."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.accounts.models import User
from paritrana.display import formats
from paritrana.display.numbers import LONGEST, PADDING, CountField, show_count
from regions import rules
from regions.coverage.actions import FigureEntry
from regions.coverage.workers import may_be_typed
from regions.models import Coverage, CoverageDraft, Definition, Denominator, Region, Segment, State

BOXES = {"workers": CountField(min_value=1, required=False), "participants": CountField(required=False)}
_VERSIONS = re.compile(r"([0-9.]{2,13}-[0-9]{4}-[A-Za-z0-9_-]{1,12}):([0-9]{1,9})")


@dataclass
class GridCell:
    """One figure on the grid. ``typed`` is what the two boxes show, ``based_on`` the version it was made from."""

    region: Region
    year: int
    segment: Segment
    figure: Coverage | None
    denominator: Denominator | None
    typed: dict[str, str] = field(default_factory=dict)
    based_on: int = 0
    counts: dict[str, int | None] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    is_draft: bool = False
    is_unfinished: bool = False

    def __post_init__(self) -> None:
        self.typed = self.in_force
        self.based_on = self.version

    @property
    def key(self) -> str:
        return f"{self.region.code}-{self.year}-{self.segment.code}"

    @property
    def version(self) -> int:
        return self.figure.version if self.figure else 0

    @property
    def is_open(self) -> bool:
        return self.figure is None or self.figure.is_open

    @property
    def has_own_workers(self) -> bool:
        """Workers are typed here only as long as no office has set them."""
        return self.denominator is None

    @property
    def may_type_workers(self) -> bool:
        return may_be_typed(self.denominator, self.figure)

    @property
    def in_force(self) -> dict[str, str]:
        """What the boxes of an untouched figure show."""
        known = self.denominator or self.figure
        workers = known.workers if known else None
        return {
            "workers": "" if workers is None else show_count(workers),
            "participants": show_count(self.figure.participants) if self.figure else "",
        }

    @property
    def is_changed(self) -> bool:
        return self.typed != self.in_force

    @property
    def return_reason(self) -> str:
        return self.figure.to_mend if self.figure else ""

    @property
    def state(self) -> tuple[str, str]:
        """The code of the badge and its word; what is typed and not sent is a draft, whatever it was before."""
        if self.is_changed:
            return "draf", _("Unfinished") if self.is_unfinished else _("Draft")
        if self.figure is None:
            return "kosong", ""
        if self.figure.is_locked:
            return "terkunci", _("Locked")
        return self.figure.state, str(STATE_WORDS[State(self.figure.state)])

    @property
    def share(self) -> int | None:
        return self.figure.share if self.figure else None

    @property
    def definition_id(self) -> int | None:
        return self.figure.definition_id if self.figure else None

    def take(self, typed: Mapping[str, str], based_on: int) -> None:
        """What somebody typed, made from that version; workers set by an office stay."""
        fixed = set() if self.has_own_workers else {"workers"}
        self.typed |= {name: text.strip(PADDING) for name, text in typed.items() if name in BOXES and name not in fixed}
        self.based_on = based_on

    def read(self) -> None:
        """Fill ``counts`` and ``errors`` from what is typed; half a pair is no error, it waits for its other half."""
        for name, box in BOXES.items():
            try:
                self.counts[name] = box.clean(self.typed[name])
            except ValidationError as refusal:
                self.errors[name] = refusal.messages[0]
        if self.errors or not self.is_changed:
            return
        missing = [name for name in BOXES if self.counts[name] is None]
        if len(missing) == 1:
            self.is_unfinished = True
        elif missing and self.figure:
            self.errors |= dict.fromkeys(missing, _("Write the right figure: one that was reported is not taken away."))

    @property
    def is_reported(self) -> bool:
        return not self.errors and None not in self.counts.values()

    def meet(self) -> None:
        """Say so when somebody saved another value meanwhile; saving again then replaces the one just shown."""
        if self.based_on != self.version and self.is_changed and self.figure:
            message = _("You wrote %(mine)s; meanwhile %(theirs)s was saved. Save again to replace it.")
            self.notes.append(message % {"mine": _pair(self.typed), "theirs": _pair(self.in_force)})
            self.based_on = self.version


def _pair(boxes: Mapping[str, str]) -> str:
    return _("%(participants)s of %(workers)s") % {name: boxes[name] or formats.DASH for name in BOXES}


@dataclass
class GridLine:
    """One region and segment: the year before and the year."""

    segment: Segment
    before: GridCell
    now: GridCell

    @property
    def cells(self) -> list[GridCell]:
        return [self.before, self.now]

    @property
    def growth(self) -> rules.Growth:
        return self.now.figure.growth_from(self.before.figure) if self.now.figure else rules.Growth()

    @property
    def returned(self) -> list[str]:
        reasons = [(cell.year, cell.return_reason) for cell in self.cells if cell.return_reason]
        return [_("%(year)s was returned: %(reason)s") % {"year": year, "reason": reason} for year, reason in reasons]

    @property
    def notes(self) -> list[str]:
        return [f"{cell.year}: {note}" for cell in self.cells for note in [*cell.errors.values(), *cell.notes]]


@dataclass
class Block:
    """One region of the grid."""

    region: Region
    lines: list[GridLine]

    @property
    def height(self) -> int:
        """Rows of the table: one for each line, and one below it for what is to be said of it."""
        return 2 * len(self.lines)


class Grid:
    """The figures of these regions in ``year`` and the year before; six queries whatever their number."""

    def __init__(self, user: User, regions: Iterable[Region], year: int, segments: Iterable[Segment]) -> None:
        self.user, self.year = user, year
        regions, self.segments = list(regions), list(segments)
        keys = {"region__in": regions, "year__in": self.years}
        rows = Coverage.objects.filter(region__in=regions, year__in=[year - 2, *self.years]).with_context()
        self.figures = {_place(row): row for row in rows}
        denominators = {_place(row): row for row in Denominator.objects.filter(**keys).select_related("definition")}
        self.definitions = list(Definition.objects.all())

        def cell(region: Region, year: int, segment: Segment) -> GridCell:
            place = region.pk, year, segment.pk
            return GridCell(region, year, segment, self.figures.get(place), denominators.get(place))

        self.blocks = [
            Block(region, [GridLine(s, cell(region, year - 1, s), cell(region, year, s)) for s in self.segments])
            for region in regions
        ]
        self.cells = {cell.key: cell for cell in self._cells()}

    @property
    def years(self) -> list[int]:
        return [self.year - 1, self.year]

    def _cells(self) -> Iterator[GridCell]:
        return (cell for block in self.blocks for line in block.lines for cell in line.cells)

    def take_drafts(self) -> None:
        """Put what this person typed and did not save back into its boxes."""
        regions = [block.region for block in self.blocks]
        drafts = CoverageDraft.objects.filter(user=self.user, region__in=regions, year__in=self.years)
        cells = {(cell.region.pk, cell.year, cell.segment.pk): cell for cell in self.cells.values()}
        for draft in drafts:
            cell = cells.get(_place(draft))
            if cell and cell.is_open:
                cell.take({"workers": draft.workers_text, "participants": draft.participants_text}, draft.based_on)
                cell.is_draft = cell.is_changed
                cell.read()
                cell.meet()

    def take(self, sent: Mapping[str, str]) -> list[GridCell]:
        """Fill the boxes with what was sent; answers the cells that came, open ones of this area alone."""
        versions = dict(_VERSIONS.findall(sent.get("versions", "")))
        came = []
        for cell in self.cells.values():
            typed = {name: sent[f"{name}-{cell.key}"][: 4 * LONGEST] for name in BOXES if f"{name}-{cell.key}" in sent}
            if typed and cell.is_open:
                cell.take(typed, int(versions.get(cell.key, 0)))
                cell.read()
                came.append(cell)
        return came

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """Id of the box, name of the figure, what is wrong with it."""
        return [
            (f"{name}-{cell.key}", f"{cell.region.short_name} {cell.segment.code} {cell.year} · {LABELS[name]}", fault)
            for cell in self.cells.values()
            for name, fault in cell.errors.items()
        ]

    @property
    def unfinished(self) -> list[GridCell]:
        """Pairs of which one half is missing: they stay drafts of their writer."""
        return [cell for cell in self.cells.values() if cell.is_unfinished]

    def entries(self, source: str, as_of: date | None) -> dict[tuple[Region, int], list[FigureEntry]]:
        """What is to be written, by region and year: the changed figures alone."""
        found: dict[tuple[Region, int], list[FigureEntry]] = {}
        for cell in self.cells.values():
            if cell.is_changed and cell.is_reported:
                found.setdefault((cell.region, cell.year), []).append(self._entry(cell, source, as_of))
        return found

    def _entry(self, cell: GridCell, source: str, as_of: date | None) -> FigureEntry:
        figure = cell.figure
        return FigureEntry(
            segment=cell.segment,
            workers=cell.counts["workers"] or 0,
            participants=cell.counts["participants"] or 0,
            definition=self._definition(cell),
            source=source or (figure.source if figure else ""),
            as_of=as_of or (figure.as_of if figure else None),
            based_on=cell.based_on,
        )

    def _definition(self, cell: GridCell) -> Definition:
        """The office's, that of the latest figure up to this year, or the usual one of this kind of region."""
        years = range(cell.year, self.year - 3, -1)
        past = [self.figures.get((cell.region.pk, year, cell.segment.pk)) for year in years]
        found = next((row.definition for row in [cell.denominator, *past] if row), None)
        return found or usual_definition(cell.region, self.definitions)


def usual_definition(region: Region, definitions: Iterable[Definition]) -> Definition:
    territory = rules.TERRITORIES[0 if region.is_province else 1]
    fitting = (d for d in definitions if d.counted == (territory, ""))
    return next(fitting, None) or Definition.objects.get_or_create(territory=territory, denominator="")[0]


def _place(row: Any) -> tuple[int, int, int]:
    return row.region_id, row.year, row.segment_id


STATE_WORDS = {
    State.DRAFT: gettext_lazy("Draft"),
    State.SENT: gettext_lazy("Sent"),
    State.VERIFIED: gettext_lazy("Verified"),
    State.RETURNED: gettext_lazy("Returned"),
}
LABELS = {"workers": gettext_lazy("Workers"), "participants": gettext_lazy("Participants")}
