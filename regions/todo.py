"""The to-do items and menu entries about regions and coverage."""

from dataclasses import replace

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.accounts.models import User
from paritrana.todo import MenuEntry, Source, Task, register
from regions import permissions
from regions.atlas import working_areas
from regions.atlas.working_areas import BranchOutlook
from regions.coverage import series
from regions.models import Correction, Coverage, Posting, Region
from regions.models.figures import CoverageQuerySet
from regions.models.places import postings_of
from regions.permissions import RegionPermission

_SECTION = gettext_lazy("Regions and coverage")


def menu_for(user: User) -> list[MenuEntry]:
    entries = [
        MenuEntry(_SECTION, _("Map"), reverse("atlas"), "layout-grid"),
        MenuEntry(_SECTION, _("Regions"), reverse("regions"), "map"),
        MenuEntry(_SECTION, _("Universal coverage"), reverse("universal-coverage"), "chart-line"),
        MenuEntry(_SECTION, _("Offices"), reverse("offices"), "building-bank"),
    ]
    if postings_of(user):
        entries.append(MenuEntry(_SECTION, _("Coverage"), reverse("coverage"), "percentage"))
        if permissions.area(user, RegionPermission.VERIFY).exists():
            entries.append(MenuEntry(_SECTION, _("Verification"), reverse("coverage-queue"), "checklist"))
        entries.append(MenuEntry(_SECTION, _("Targets"), reverse("targets"), "target"))
    return entries


def tasks_for(user: User) -> list[Task]:
    """Branch: regions of the area without figures. Regional and head office: regions with figures to verify."""
    places = {posting.place for posting in postings_of(user)}
    if not places:
        return []
    area = Region.objects.worked_by(user)
    year = series.latest_year(area)
    found = []
    if Posting.Place.BRANCH in places:
        found += _to_mend(area)
        missing = area.filter(~Exists(_figures(year))).count()
        to_enter = _task(_("Enter the coverage of %(year)s") % {"year": year}, "missing", missing)
        found.append(replace(to_enter, url=reverse("coverage-grid")))
        to_send = area.filter(Exists(_figures(year).to_send())).count()
        if to_send:
            found.append(_task(_("Check and send the coverage of %(year)s") % {"year": year}, "to-send", to_send))
    if places - {Posting.Place.BRANCH}:
        waiting = area.filter(Exists(_figures(year).waiting())).count()
        found.append(_task(_("Verify the coverage of %(year)s") % {"year": year}, "waiting", waiting))
        corrections = Correction.objects.visible_to(user).waiting().exclude(proposed_by=user).count()
        if corrections:
            title = _("Decide the corrections proposed")
            found.append(replace(_task(title, "", corrections), url=reverse("coverage-queue")))
    return found + [_aim(one) for one in working_areas.aimed(user, year) if one.standing.reading.lacking]


def _to_mend(area: QuerySet[Region]) -> list[Task]:
    """Returned figures of any year, with a link to the first of them."""
    returned = list(
        Coverage.objects.filter(region__in=area).returned().with_context().order_by("-year", "region__code")
    )
    if not returned:
        return []
    title, hint = _("Mend what the office returned"), ", ".join(str(figure) for figure in returned[:3])
    return [replace(_task(title, "", len(returned)), url=returned[0].get_absolute_url(), hint=hint)]


def _aim(outlook: BranchOutlook) -> Task:
    """How far the person's working area is from its next target."""
    standing = outlook.standing
    title = _("Reach the target of %(branch)s for %(year)s (%(segments)s)")
    title %= {"branch": standing.branch, "year": outlook.aimed_at, "segments": standing.counted}
    return Task(title, standing.branch.get_absolute_url(), standing.distance_text)


def _figures(year: int) -> CoverageQuerySet:
    return Coverage.objects.filter(region=OuterRef("pk"), year=year)


def _task(title: str, state: str, count: int) -> Task:
    address = reverse("coverage")
    return Task(
        title=title,
        url=f"{address}?state={state}" if count else address,
        hint=_("Regions of your working area"),
        count=count,
        done=not count,
    )


register(Source(order=30, tasks_for=tasks_for, menu_for=menu_for))
