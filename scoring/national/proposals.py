"""The proposals of the provinces to the national selection: first places, arrivals, and why others are missing."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.models import Category, Nomination, Selection, Title
from awards.models.nominations import NominationQuerySet
from awards.models.rubrics import Awarding
from awards.models.selections import Level
from awards.nominations.promotion import COMPETED
from awards.stages import TAKES_PROPOSALS, Stage
from regions.models import Region
from scoring.models import Standing
from scoring.standings import store

NOT_OPENED = _("no selection was opened")
NO_CATEGORY = _("the province has no such category")
NOT_NATIONAL = _("the national selection has no such category")
NOBODY_PLACED = _("nobody is placed in the first title of the category")
WAITS = _("the result is not sealed yet")
NOT_TAKEN_OVER = _("sealed, not taken over yet")
TOO_LATE = _("the national selection takes no more proposals")


def first_titles(selection: Selection) -> dict[int, Title]:
    """The first ranked title of every category, by the key of the category."""
    found: dict[int, Title] = {}
    for title in store.titles_of(selection):
        if title.awarding != Awarding.SPECIAL:
            found.setdefault(title.rubric.category_id, title)
    return found


def first_places(selection: Selection) -> list[Standing]:
    """The holders of the first places of each category, as sealed; shared places count."""
    places = Standing.objects.filter(selection=selection, title__in=first_titles(selection).values())
    rows = places.filter(place__lte=F("title__rubric__category__proposed"), nomination__state__in=COMPETED)
    return list(rows.select_related("nomination__category").order_by("title__order", "group_order", "place", "pk"))


def national(selection: Selection) -> Selection | None:
    """The national selection of the same edition, if any."""
    return Selection.objects.filter(edition=selection.edition_id, level=Level.NATIONAL).first()


def exceptions(to: Selection) -> NominationQuerySet:
    """Candidates of a sealed province that can still be proposed as exceptions."""
    provinces = Selection.objects.filter(edition=to.edition_id, level=Level.PROVINCIAL)
    sealed = provinces.filter(stage__in=[Stage.SEALED, Stage.ANNOUNCED])
    there = to.nominations.filter(category=OuterRef("category"), candidate=OuterRef("candidate"))
    rows = Nomination.objects.filter(selection__in=sealed, category__in=to.categories.all(), state__in=COMPETED)
    free = rows.filter(~Exists(there.order_by()), carried_to=None).with_context()
    return free.order_by("selection__province__code", "category__order", "candidate__name")


@dataclass(frozen=True)
class ProvinceCategory:
    """One category of one province: its proposals, or why there are none."""

    category: Category
    arrived: list[Nomination] = field(default_factory=list)
    reason: str | Promise = ""


@dataclass(frozen=True)
class ProvinceLine:
    """One province: its selection, whether it is late by its own calendar, and its categories."""

    province: Region
    selection: Selection | None
    closes: str
    is_late: bool
    cells: list[ProvinceCategory]

    @property
    def has_arrived(self) -> bool:
        return any(cell.arrived for cell in self.cells)


@dataclass(frozen=True)
class ZoneOverview:
    name: str
    lines: list[ProvinceLine]

    @property
    def arrived(self) -> int:
        return sum(line.has_arrived for line in self.lines)


def overview(to: Selection) -> list[ZoneOverview]:
    """Zone by zone, province by province, category by category; a fixed number of queries."""
    table = _OverviewData(to)
    zones, seen = [], set()
    for zone in to.edition.zones.prefetch_related("provinces"):
        members = sorted(zone.provinces.all(), key=lambda province: province.code)
        seen |= {province.pk for province in members}
        zones.append(ZoneOverview(str(zone), [table.line(province) for province in members]))
    others = [one.province for one in table.selections.values() if one.province_id not in seen]
    if others:
        lines = [table.line(province) for province in sorted(others, key=lambda province: province.code)]
        zones.append(ZoneOverview(str(_("Without a zone")), lines))
    return zones


class _OverviewData:
    """The data of the overview, read once."""

    def __init__(self, to: Selection) -> None:
        self.to = to
        self.categories = list(to.categories.all())
        provinces = Selection.objects.filter(edition=to.edition_id, level=Level.PROVINCIAL)
        rows = provinces.with_context().prefetch_related("dates", "categories")
        self.selections = {one.province_id: one for one in rows}
        self.arrived: dict[tuple[int, int], list[Nomination]] = defaultdict(list)
        for row in to.nominations.exclude(carried_from=None).select_related("carried_from", "candidate__region"):
            self.arrived[cast(Nomination, row.carried_from).selection_id, row.category_id].append(row)
        placed = Standing.objects.filter(selection__in=provinces, place__isnull=False).order_by()
        self.placed = set(placed.values_list("selection", "nomination__category"))

    def line(self, province: Region) -> ProvinceLine:
        selection = self.selections.get(province.pk)
        if selection is None:
            return ProvinceLine(
                province, None, "", False, [ProvinceCategory(one, reason=NOT_OPENED) for one in self.categories]
            )
        ends = [date.closes_at for date in selection.dates.all() if date.stage != Stage.ANNOUNCED]
        last = max(ends, default=None)
        is_late = not selection.is_sealed and last is not None and last <= timezone.now()
        cells = [self.cell(selection, category) for category in self.categories]
        others = [category for category in selection.categories.all() if category not in self.categories]
        cells += [ProvinceCategory(category, reason=NOT_NATIONAL) for category in others]
        return ProvinceLine(province, selection, selection.moment(last) if last else "", is_late, cells)

    def cell(self, selection: Selection, category: Category) -> ProvinceCategory:
        here = self.arrived.get((selection.pk, category.pk), [])
        return ProvinceCategory(category, here, "" if here else self.reason(selection, category))

    def reason(self, selection: Selection, category: Category) -> str | Promise:
        if category not in selection.categories.all():
            return NO_CATEGORY
        if self.to.stage not in TAKES_PROPOSALS:
            return TOO_LATE
        if not selection.is_sealed:
            return WAITS
        return NOT_TAKEN_OVER if (selection.pk, category.pk) in self.placed else NOBODY_PLACED


@dataclass
class Outcome:
    """The result of taking over: how many are new, and who could not be proposed, with the reason."""

    made: int = 0
    refused: list[tuple[Nomination, str]] = field(default_factory=list)

    def refuse(self, nomination: Nomination, error: ValidationError) -> None:
        self.refused.append((nomination, error.messages[0]))


def book_lines(zones: list[ZoneOverview]) -> list[list[Any]]:
    """The overview as rows of a workbook: one per proposal, and one per category without any."""
    rows: list[list[Any]] = []
    for zone in zones:
        for line in zone.lines:
            stage = str(line.selection.get_stage_display()) if line.selection else ""
            for cell in line.cells:
                start = [zone.name, line.province.code, line.province.name, stage, line.closes, cell.category.name]
                for one in cell.arrived:
                    rows.append([*start, one.candidate.name, str(one.get_state_display()), one.carried_reason, ""])
                if not cell.arrived:
                    rows.append([*start, "", "", "", str(cell.reason)])
    return rows
