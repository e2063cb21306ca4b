"""The dates of a selection as an iCalendar file (RFC 5545); moments in UTC, texts in local time."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from awards.models import Selection, StageDate
from awards.stages import DATED
from paritrana import __version__


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
    address = settings.PARITRANA_URL.rstrip("/") + selection.get_absolute_url()
    values = {"stage": date.get_stage_display(), "selection": selection}
    event = Event()
    event.add("uid", f"{selection.slug}-{date.stage}@{urlsplit(address).hostname}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", date.opens_at.astimezone(UTC))
    event.add("dtend", date.closes_at.astimezone(UTC))
    event.add("summary", _("%(stage)s: %(selection)s") % values)
    closes = _("Closes %(moment)s") % {"moment": date.opening_text}
    event.add("description", f"{closes}\n{address}")
    event.add("url", address)
    return event
