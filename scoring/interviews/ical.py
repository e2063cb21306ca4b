"""Interviews as iCalendar files (RFC 5545):

public ones with times and rooms, those for panel and committee with names.
"""

import datetime
from datetime import UTC
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from awards.models import Selection
from awards.stages import Stage
from paritrana import __version__
from paritrana.display.links import absolute
from scoring.interviews.scheduling import in_time, scheduled
from scoring.models import Interview, Panel


def public(selection: Selection) -> bytes:
    """Times and rooms; with names only after the winners are announced."""
    return _written(selection, is_named=selection.stage == Stage.ANNOUNCED)


def named(selection: Selection) -> bytes:
    return _written(selection, is_named=True)


def _written(selection: Selection, *, is_named: bool) -> bytes:
    panel = Panel.objects.filter(selection=selection).first() or Panel()
    length = datetime.timedelta(minutes=panel.presentation_minutes + panel.question_minutes)
    file = Calendar()
    file.add("prodid", f"-//Paritrana//{__version__}//ID")
    file.add("version", "2.0")
    file.add("x-wr-calname", _("Interviews: %(selection)s") % {"selection": selection})
    address, now = absolute(reverse("interviews", args=[selection.slug])), timezone.now()
    for interview in scheduled(selection) if is_named else in_time(selection):
        event = _event(interview, length, address, now)
        event.add("summary", _named(interview) if is_named else _("Interview"))
        if is_named:
            event.add("description", f"{interview.nomination.category}\n{address}")
        file.add_component(event)
    content: bytes = file.to_ical()
    return content


def _event(interview: Interview, length: datetime.timedelta, address: str, now: datetime.datetime) -> Event:
    event = Event()
    event.add("uid", f"interview-{interview.pk}@{urlsplit(address).hostname}")
    event.add("sequence", interview.version)
    event.add("dtstamp", now)
    event.add("dtstart", interview.starts_at.astimezone(UTC))
    event.add("dtend", (interview.starts_at + length).astimezone(UTC))
    event.add("location", interview.room)
    return event


def _named(interview: Interview) -> str:
    return _("Interview: %(candidate)s") % {"candidate": interview.nomination}
