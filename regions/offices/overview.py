"""The list of offices: by regional office, found by a name or by a region, and what no branch answers for yet."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, Prefetch, Q

from paritrana.accounts.models import AuditEvent
from paritrana.display import formats
from regions.models import AreaRegion, Branch, Region, RegionalOffice
from regions.places import search

MOST_FOUND = 50


class OfficeGroup(NamedTuple):
    """A regional office with the provinces it answers for, and its branches."""

    office: RegionalOffice
    provinces: list[Region]
    branches: list[Branch]


def groups(text: str = "") -> list[OfficeGroup]:
    rows = AreaRegion.objects.select_related("region")
    branches = Branch.objects.prefetch_related(Prefetch("area_rows", rows)).order_by("closed_on", "name")
    provinces = Region.objects.provinces().order_by("code")
    offices: Any = RegionalOffice.objects.order_by("name")
    if text:
        found = _found(text)
        branches = branches.filter(pk__in=found)
    by_office: dict[int, tuple[list[Region], list[Branch]]] = defaultdict(lambda: ([], []))
    for province in provinces:
        by_office[province.regional_office_id][0].append(province)
    for branch in branches:
        by_office[branch.regional_office_id][1].append(branch)
    groups = [OfficeGroup(office, *by_office[office.pk]) for office in offices]
    if not text:
        return groups
    return [group for group in groups if group.branches or text.casefold() in group.office.name.casefold()]


def _found(text: str) -> set[int]:
    """Branches called so, and those that have one of the regions meant."""
    named = Q(name__icontains=text) | Q(regional_office__name__icontains=text)
    regions = [region.pk for region in search.find(text, MOST_FOUND)]
    meant = Q(working_area__in=regions) | Q(working_area__parent__in=regions)
    return set(Branch.objects.filter(named | meant).values_list("pk", flat=True))


def without_branch() -> list[Region]:
    """Provinces with the number of their kabupaten and kota no branch answers for; without those that have none."""
    lacking = Count("children", filter=Q(children__area_rows=None))
    return list(Region.objects.provinces().annotate(lacking=lacking).filter(lacking__gt=0).order_by("code"))


def history(events: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    return [
        {"when": formats.moment(event.at), "who": event.actor or "", "text": event.verb_in_words} for event in events
    ]
