"""The to-do items and menu entries about regions and coverage: every year and state a person owes."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from paritrana.accounts.models import User
from paritrana.todo import MenuEntry, Source, Task, Urgency, register, since_day
from regions import permissions, rules
from regions.atlas import working_areas
from regions.atlas.working_areas import BranchOutlook
from regions.coverage import series
from regions.models import Correction, Coverage, CoverageDraft, Posting, Region
from regions.models.places import postings_of
from regions.permissions import RegionPermission

_SECTION = gettext_lazy("Regions and coverage")
MOST_LINES = 5
"""Returned years of regions named one by one; the rest is one line more."""
VERIFIERS = gettext_lazy("regional or head office")
ENTERERS = gettext_lazy("branch office")


def menu_for(user: User) -> list[MenuEntry]:
    entries = [
        MenuEntry(_SECTION, _("Map"), reverse("atlas"), "layout-grid"),
        MenuEntry(_SECTION, _("Regions"), reverse("regions"), "map"),
        MenuEntry(_SECTION, _("Universal coverage"), reverse("universal-coverage"), "chart-line"),
        MenuEntry(_SECTION, _("Indicators"), reverse("indicators"), "checkbox"),
        MenuEntry(_SECTION, _("Offices"), reverse("offices"), "building-bank"),
    ]
    if postings_of(user):
        entries.append(MenuEntry(_SECTION, _("Coverage"), reverse("coverage"), "percentage"))
        if permissions.area(user, RegionPermission.VERIFY).exists():
            entries.append(MenuEntry(_SECTION, _("Verification"), reverse("coverage-queue"), "checklist"))
        entries.append(MenuEntry(_SECTION, _("Targets"), reverse("targets"), "target"))
    return entries


def tasks_for(user: User) -> list[Task]:
    """Branch: what to mend, to send and to enter. Regional and head office: what to verify and to decide."""
    places = {posting.place for posting in postings_of(user)}
    if not places:
        return []
    entered = permissions.area(user, RegionPermission.ENTER)
    found = _begun(user, entered) if permissions.is_granted_somewhere(user, RegionPermission.ENTER) else []
    if Posting.Place.BRANCH in places:
        found += _missing(entered, user)
    if places - {Posting.Place.BRANCH}:
        found += _of_the_office(user)
    year = series.latest_year(Region.objects.worked_by(user))
    return found + [_aim(one) for one in working_areas.aimed(user, year) if one.standing.reading.lacking]


def awaited_by(user: User) -> list[Task]:
    """Figures a branch has sent wait for its office, those the office returned for the branch."""
    found = []
    entered = permissions.area(user, RegionPermission.ENTER)
    verified = permissions.area(user, RegionPermission.VERIFY)
    if permissions.is_granted_somewhere(user, RegionPermission.ENTER):
        title, rows = gettext_lazy("Verification of the coverage of %(year)s"), _figures(entered).waiting()
        found += _by_year(rows, "sent_at", title, "coverage", turn=VERIFIERS)
    if permissions.is_granted_somewhere(user, RegionPermission.VERIFY):
        title, rows = gettext_lazy("Mending the returned coverage of %(year)s"), _figures(verified).returned()
        found += _by_year(rows, "returned_at", title, "coverage", turn=ENTERERS)
    return found


def _figures(area: QuerySet[Region]) -> Any:
    return Coverage.objects.filter(region__in=area)


def _begun(user: User, area: QuerySet[Region]) -> list[Task]:
    """Figures returned, not sent, or typed and not saved."""
    drafts = _figures(area).filter(state=Coverage.State.DRAFT, locked_at=None)
    to_send = _by_year(drafts, None, gettext_lazy("Check and send the coverage of %(year)s"), "coverage-send-area")
    return [*_to_mend(area), *to_send, *_unsaved(user, area)]


def _to_mend(area: QuerySet[Region]) -> list[Task]:
    """One line for each region and year with figures the office returned, with its reason."""
    rows = _figures(area).returned().with_context().order_by("-year", "region__code", "segment__order")
    by_page: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for figure in rows:
        by_page[figure.region_id, figure.year].append(figure)
    pages = list(by_page.values())
    found = [_one_to_mend(figures) for figures in pages[:MOST_LINES]]
    if rest := pages[MOST_LINES:]:
        title = ngettext("%(count)s more returned year of a region", "%(count)s more returned years", len(rest))
        url = f"{reverse('coverage')}?state=to-send"
        found.append(Task(title % {"count": len(rest)}, url, urgency=Urgency.MEND))
    return found


def _one_to_mend(figures: list[Any]) -> Task:
    first = figures[0]
    values = {"region": first.region, "year": first.year, "segments": ", ".join(each.segment.code for each in figures)}
    return Task(
        _("Mend %(region)s %(year)s: %(segments)s") % values,
        first.get_absolute_url(),
        Truncator(first.return_reason).chars(120),
        urgency=Urgency.MEND,
        since=since_day(min(each.returned_at for each in figures), first.region.time_zone),
    )


def _unsaved(user: User, area: QuerySet[Region]) -> list[Task]:
    """Boxes of the grid this person typed and did not save, by year."""
    rows = CoverageDraft.objects.filter(user=user, region__in=area).order_by("-year")
    title = gettext_lazy("Finish what you typed for %(year)s")
    counted = rows.values_list("year").annotate(boxes=Count("pk")).order_by("-year")
    return [
        Task(title % {"year": year}, f"{reverse('coverage-grid')}?year={year}", _("Typed, not saved yet"), boxes)
        for year, boxes in counted
    ]


def _without_area(user: User) -> list[Task]:
    """Nothing can be entered or nominated at a branch nobody gave regions to."""
    return [
        Task(
            _("Ask for the working area of %(branch)s") % {"branch": branch},
            branch.address,
            permissions.NO_AREA % {"branch": branch},
        )
        for branch in permissions.branches_without_area(user)
    ]


def _missing(area: QuerySet[Region], user: User) -> list[Task]:
    """Regions without any figure, in each year the grid opens with."""
    if not (size := area.count()):
        return _without_area(user)
    latest = max(series.latest_year(area), rules.last_full_year())
    years = (latest - 1, latest)
    rows = _figures(area).filter(year__in=years).order_by().values_list("year")
    reported = dict(rows.annotate(regions=Count("region", distinct=True)))
    hint = _("Regions of your working area without a figure")
    return [
        Task(
            _("Enter the coverage of %(year)s") % {"year": year},
            reverse("coverage-grid") + (f"?year={year}" if year != latest else ""),
            hint,
            size - reported.get(year, 0),
        )
        for year in reversed(years)
        if size > reported.get(year, 0)
    ]


def _of_the_office(user: User) -> list[Task]:
    area = permissions.area(user, RegionPermission.VERIFY)
    title = gettext_lazy("Verify the coverage of %(year)s")
    found = _by_year(_figures(area).waiting(), "sent_at", title, "coverage-queue", urgency=Urgency.TURN)
    corrections = Correction.objects.visible_to(user).waiting().exclude(proposed_by=user)
    waiting = corrections.aggregate(number=Count("pk"), first=Min("pk"), since=Min("proposed_at"))
    if waiting["number"]:
        url = reverse("correction", args=[waiting["first"]])
        decide = _("Decide the corrections proposed")
        since = since_day(waiting["since"])
        found.append(Task(decide, url, count=waiting["number"], urgency=Urgency.TURN, since=since))
    return found


def _by_year(rows: Any, since: str | None, title: Any, name: str, **more: Any) -> list[Task]:
    """One task a year, the latest first, with how many figures of how many regions; one query."""
    grouped = rows.order_by().values("year").annotate(figures=Count("pk"), regions=Count("region", distinct=True))
    if since:
        grouped = grouped.annotate(first=Min(since))
    return [_of_year(row, title, name, more) for row in sorted(grouped, key=lambda row: -row["year"])]


def _of_year(row: dict[str, Any], title: Any, name: str, more: dict[str, Any]) -> Task:
    hint = ngettext("figures of %(count)s region", "figures of %(count)s regions", row["regions"])
    return Task(
        title % {"year": row["year"]},
        f"{reverse(name)}?year={row['year']}",
        hint % {"count": row["regions"]},
        row["figures"],
        since=since_day(row.get("first")),
        **more,
    )


def _aim(outlook: BranchOutlook) -> Task:
    """How far the person's working area is from its next target."""
    standing = outlook.standing
    title = _("Reach the target of %(branch)s for %(year)s (%(segments)s)")
    title %= {"branch": standing.branch, "year": outlook.aimed_at, "segments": standing.counted}
    return Task(title, standing.branch.get_absolute_url(), standing.distance_text)


register(Source(order=30, tasks_for=tasks_for, menu_for=menu_for, awaited_by=awaited_by))
