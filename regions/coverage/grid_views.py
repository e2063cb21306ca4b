"""The grid of an area: every figure of a year and the one before on one page, saved together, kept while typed."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from paritrana.accounts.requests import UserRequest
from paritrana.display.days import DayField
from paritrana.display.form_fields import choice_field
from regions import permissions, rules
from regions.coverage import actions, batch, series
from regions.coverage.grid import Grid, GridCell
from regions.models import Coverage, Region, Segment
from regions.permissions import RegionPermission

MOST_TOLD = 5


class Choice(forms.Form):
    """Which part of the grid is shown; anything not understood chooses nothing."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    segment = forms.ChoiceField(label=gettext_lazy("Segment"), required=False)

    def __init__(self, data: Any, area: QuerySet[Region], latest: int, segments: list[Segment]) -> None:
        years = range(rules.today().year, rules.FIRST_YEAR, -1)
        super().__init__({"year": str(latest), **data.dict()})
        self.area, self.latest, self.all_segments = list(area), latest, segments
        choice_field(self, "year").choices = [(year, str(year)) for year in years]
        choice_field(self, "region").choices = [("", _("All")), *((region.code, region.name) for region in self.area)]
        choice_field(self, "segment").choices = [
            ("", _("All")),
            *((segment.code, str(segment)) for segment in segments),
        ]
        self.is_valid()

    @property
    def year_shown(self) -> int:
        return self.cleaned_data.get("year") or self.latest

    @property
    def regions(self) -> list[Region]:
        code = self.cleaned_data.get("region")
        return [region for region in self.area if code in (None, "", region.code)]

    @property
    def segments(self) -> list[Segment]:
        code = self.cleaned_data.get("segment")
        return [segment for segment in self.all_segments if code in (None, "", segment.code)]


class Origin(forms.Form):
    """Where the figures typed now come from; left empty, each figure keeps what it said."""

    source = forms.CharField(label=gettext_lazy("Source of the new figures"), max_length=300, required=False)
    as_of = DayField(label=gettext_lazy("As of"), required=False)

    def clean_as_of(self) -> date | None:
        rules.check_as_of(self.cleaned_data["as_of"])
        return self.cleaned_data["as_of"]


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: UserRequest) -> HttpResponse:
    """The boxes, and saving what is finished: all of it or nothing, with every refusal beside its box."""
    choice = _choice(request)
    shown = Grid(request.user, choice.regions, choice.year_shown, choice.segments)
    if request.method != "POST":
        shown.take_drafts()
        return _page(request, choice, shown, Origin())
    origin = Origin(request.POST)
    came = shown.take(request.POST)
    if not origin.is_valid() or shown.faults:
        batch.keep(came, by=request.user)
        return _page(request, choice, shown, origin, status=422)
    entries = shown.entries(origin.cleaned_data["source"], origin.cleaned_data["as_of"])
    try:
        changed = batch.enter_all(entries, by=request.user, origin=request.path)
    except actions.EntriesRefused as refused:
        batch.keep(came, by=request.user)
        untold = _note(shown, refused.refusals)
        return _page(request, choice, shown, origin, status=409, untold=untold)
    batch.keep(shown.unfinished, by=request.user)
    _tell(request, changed, shown.unfinished)
    return redirect(_next(request, shown))


def _next(request: UserRequest, shown: Grid) -> str:
    """The last look before sending all years shown, or the grid again."""
    if request.POST.get("then") == "send":
        return f"{reverse('coverage-send-area')}?{urlencode({'year': shown.years}, doseq=True)}"
    return request.get_full_path()


@require_POST
def keep(request: UserRequest) -> HttpResponse:
    """Keep the boxes that came as a draft; answers when, and what the server cannot read or meets changed."""
    choice = _choice(request)
    shown = Grid(request.user, choice.regions, choice.year_shown, choice.segments)
    came = shown.take(request.POST)
    batch.keep(came, by=request.user)
    for cell in came:
        cell.meet()
    zone = came[0].region.time_zone if came else "WIB"
    context = {"came": came, "faults": shown.faults, "unfinished": shown.unfinished}
    context |= {"moment": timezone.now(), "zone": zone}
    return render(request, "regions/coverage/_grid_kept.html", context)


def _choice(request: UserRequest) -> Choice:
    """The own area as chosen in the address; 403 for those who enter nowhere."""
    area = permissions.area(request.user, RegionPermission.ENTER).order_by("code")
    latest = max(series.latest_year(area), rules.last_full_year())
    choice = Choice(request.GET, area, latest, list(Segment.objects.all()))
    if not choice.area:
        raise permissions.refused(RegionPermission.ENTER, request.user)
    return choice


def _page(
    request: UserRequest, choice: Choice, shown: Grid, origin: Origin, status: int = 200, **more: Any
) -> HttpResponse:
    drafts = sum(cell.is_draft for cell in shown.cells.values())
    context = {"choice": choice, "grid": shown, "origin": origin, "drafts": drafts, "query": request.GET.urlencode()}
    return render(request, "regions/coverage/grid.html", context | more, status=status)


def _note(shown: Grid, refusals: list[actions.Refusal]) -> list[str]:
    """Put each refusal beside its figure, with the versions now in force; answers those that belong to none."""
    touched = Q(pk__in=[])
    for region, year, _error in refusals:
        touched |= Q(region=region, year=year)
    now = {(row.region_id, row.year, row.segment_id): row for row in Coverage.objects.filter(touched).with_context()}
    by_code = {segment.code: segment for segment in shown.segments}
    untold = []
    for region, year, error in refusals:
        segment = by_code.get((error.params or {}).get("segment", ""))
        cell = shown.cells.get(f"{region.code}-{year}-{segment.code}") if segment else None
        if segment is None or cell is None:
            untold.append(f"{region.short_name} {year}: {error.messages[0]}")
            continue
        cell.figure = now.get((region.pk, year, segment.pk), cell.figure)
        _say(cell, error)
    return untold


def _say(cell: GridCell, error: Any) -> None:
    """A conflict shows both values once, however many fields differ."""
    if error.code == "conflict":
        cell.meet()
    else:
        cell.notes.append(error.messages[0])


def _tell(request: UserRequest, changed: list[Coverage], unfinished: list[GridCell]) -> None:
    count = len(changed)
    if count:
        told = ngettext("%(count)s pair saved.", "%(count)s pairs of workers and participants saved.", count)
        messages.success(request, told % {"count": count})
    elif not unfinished:
        messages.info(request, _("Nothing had changed, so nothing was written."))
    if unfinished:
        count = len(unfinished)
        told = ngettext(
            "%(count)s pair is unfinished and stays in your draft: %(figures)s.",
            "%(count)s pairs are unfinished and stay in your draft: %(figures)s.",
            count,
        )
        messages.warning(request, told % {"count": count, "figures": _names(unfinished)})
    doubtful = [figure for figure in changed if rules.exceeds(figure.participants, figure.workers)]
    if doubtful:
        told = _("More participants than workers: %(figures)s. It is saved, but look again.")
        messages.warning(request, told % {"figures": _names(doubtful)})


def _names(found: Sequence[GridCell | Coverage]) -> str:
    """The first few by name."""
    names = [f"{one.region.short_name} {one.year} {one.segment.code}" for one in found[:MOST_TOLD]]
    return ", ".join(names + ["…"] * (len(found) > MOST_TOLD))
