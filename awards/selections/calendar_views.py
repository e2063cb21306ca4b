"""The calendar of a selection: dates set and extended by the committee, and an iCalendar file."""

from datetime import UTC
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar, Event

from awards.lookups import selection_seen
from awards.models import Selection, StageDate
from awards.selections import calendar
from awards.selections.calendar import is_free
from awards.selections.forms import CalendarForm
from awards.stages import DATED, Permission
from paritrana import __version__
from paritrana.accounts.models import AuditEvent
from paritrana.accounts.requests import UserRequest
from paritrana.display.links import absolute
from paritrana.display.refusals import done
from paritrana.downloads import ICS, attached


def written(selection: Selection) -> bytes:
    """One event for each stage with dates, from its opening to its close."""
    file = Calendar()
    file.add("prodid", f"-//Paritrana//{__version__}//ID")
    file.add("version", "2.0")
    file.add("x-wr-calname", str(selection))
    for date in selection.dates.filter(stage__in=DATED):
        file.add_component(_event(selection, date))
    content: bytes = file.to_ical()
    return content


def _event(selection: Selection, date: StageDate) -> Event:
    address = absolute(selection.get_absolute_url())
    values = {"stage": date.get_stage_display(), "selection": selection}
    event = Event()
    event.add("uid", f"{selection.slug}-{date.stage}@{urlsplit(address).hostname}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", date.opens_at.astimezone(UTC))
    event.add("dtend", date.closes_at.astimezone(UTC))
    event.add("summary", _("%(stage)s: %(selection)s") % values)
    closes = _("Closes %(moment)s") % {"moment": date.opening_text} if date.opening_text else ""
    event.add("description", "\n".join(filter(None, [closes, address])))
    event.add("url", address)
    return event


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_page(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.SET_CALENDAR)
    form = CalendarForm(request.POST or None, selection=selection)
    context = {"selection": selection, "form": form, "asks_reason": not is_free(selection)}
    if request.method == "POST" and form.is_valid():
        try:
            moved = calendar.set_calendar(selection, form.plan(), seen=form.cleaned_data["seen"], by=request.user)
        except ValidationError as error:
            return _refused(request, selection, form, error, context)
        return done(request, _("The calendar is saved.") if moved else _("Nothing was changed."), selection)
    return render(request, "awards/selections/calendar.html", context)


def _refused(
    request: UserRequest, selection: Selection, form: CalendarForm, error: ValidationError, context: dict[str, Any]
) -> HttpResponse:
    if getattr(error, "code", None) == "conflict":
        selection = Selection.objects.with_context().get(pk=selection.pk)
        last = AuditEvent.objects.of(selection).filter(verb="calendar.set").last()
        context |= {
            "form": form.rebased(selection),
            "conflict": {
                "rows": form.differences(selection),
                "by": str(last.actor or "") if last else "",
                "at": selection.moment(last.at) if last else "",
            },
        }
        return render(request, "awards/selections/calendar.html", context, status=409)
    form.add_error(None, error)
    return render(request, "awards/selections/calendar.html", context)


@require_safe
def calendar_as_file(request: UserRequest, slug: str) -> HttpResponse:
    """The dates of the stages for one's own calendar; without the interviews, which are confidential."""
    selection = selection_seen(request, slug)
    return attached(written(selection), f"{slug}.ics", ICS)
