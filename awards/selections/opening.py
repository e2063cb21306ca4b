"""How ready each selection of an edition is, before and after it is opened, and what is missing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.editions.calendar_days import Calendar, calendar_of
from awards.models import Appointment, Edition, Role, Selection, StageDate
from awards.selections.national_calendar import follows, spans_for
from awards.stages import Stage
from regions.models import Region

PANEL_ROLES = frozenset({Role.CHAIR, Role.SECRETARY, Role.JUROR})


@dataclass(frozen=True)
class Readiness:
    """One place of the page: the nation, or a province; the numbers of people are current appointments."""

    province: Region | None
    selection: Selection | None
    office: str
    calendar: str
    committee: int
    panel: int
    committee_before: int
    panel_before: int
    date: StageDate | None
    missing: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.province.code if self.province else "nasional"

    @property
    def name(self) -> str:
        return str(self.province or _("National selection"))


def readiness(edition: Edition) -> list[Readiness]:
    """The national selection first, then every province by code. The number of queries is fixed."""
    provinces: list[Region] = list(Region.objects.provinces().select_related("regional_office"))
    opened = _by_place(edition.selections.with_context().prefetch_related("dates", "categories"))
    before = Edition.objects.filter(period_end__lt=edition.period_end).first()
    earlier = _by_place(before.selections.all()) if before else {}
    people = _people([*opened.values(), *earlier.values()])
    days, with_branches = calendar_of(edition), _with_branches()
    rows = []
    for place in (None, *provinces):
        key = place.pk if place else None
        rows.append(_of_one(place, opened.get(key), earlier.get(key), people, days, with_branches))
    return rows


def _by_place(selections: Iterable[Selection]) -> dict[int | None, Selection]:
    return {selection.province_id: selection for selection in selections}


def _people(selections: list[Selection]) -> Counter[tuple[int, bool]]:
    """Current appointments by selection and whether they are the panel's; the others are the committee's."""
    held: QuerySet[Any] = Appointment.objects.current().filter(selection__in=selections).order_by()
    found: Counter[tuple[int, bool]] = Counter()
    for selection, role, number in held.values_list("selection", "role").annotate(Count("pk")):
        found[selection, role in PANEL_ROLES] += number
    return found


def _with_branches() -> set[int | None]:
    """The provinces in which a branch works."""
    worked = Region.objects.filter(branches__isnull=False, parent__isnull=False)
    return set(worked.order_by().values_list("parent", flat=True).distinct())


def _of_one(
    place: Region | None,
    selection: Selection | None,
    before: Selection | None,
    people: Counter[tuple[int, bool]],
    days: Calendar,
    with_branches: set[int | None],
) -> Readiness:
    committee, panel = (people[selection.pk, of_panel] if selection else 0 for of_panel in (False, True))
    office = str(place.regional_office or "") if place else ""
    calendar = _calendar(place, selection, days)
    missing = [
        *([_("regional office")] if place and not office else []),
        *([_("branch")] if place and place.pk not in with_branches else []),
        *([] if calendar else [_("calendar")]),
        *([] if committee or place is None else [_("committee")]),
        *([] if panel else [_("panel")]),
    ]
    dates = {date.stage: date for date in selection.dates.all()} if selection else {}
    return Readiness(
        province=place,
        selection=selection,
        office=office,
        calendar=calendar,
        committee=committee,
        panel=panel,
        committee_before=people[before.pk, False] if before else 0,
        panel_before=people[before.pk, True] if before else 0,
        date=dates.get(selection.stage) if selection else None,
        missing=tuple(missing),
    )


def _calendar(place: Region | None, selection: Selection | None, days: Calendar) -> str:
    """Whose dates apply here, in words; empty without any."""
    if selection is None:
        words = ngettext("%(count)d stage of all provinces", "%(count)d stages of all provinces", len(days))
        return words % {"count": len(days)} if place and days else ""
    dates = {Stage(date.stage): date for date in selection.dates.all()}
    spans = spans_for(days, selection) if place else {}
    own = [stage for stage, date in dates.items() if not follows(date, spans.get(stage))]
    if not dates:
        return ""
    return _("as all provinces") if not own else _("own: %(stages)s") % {"stages": ", ".join(str(s.label) for s in own)}
