"""The interview timetable as files and on paper:

calendars for the public and for the panel, rundown, attendance list.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from awards.models import Selection
from paritrana.accounts.requests import UserRequest
from paritrana.downloads import attachment
from scoring.exports import actions, recaps
from scoring.interviews import ical
from scoring.interviews.clashes import slot_of
from scoring.interviews.scheduling import _with_names, scheduled
from scoring.lookups import edition_language


@login_not_required
@require_safe
def public_file(request: HttpRequest, slug: str) -> HttpResponse:
    """404 until the committee has published the times."""
    published = Selection.objects.filter(panel__rundown_published_at__isnull=False)
    selection = get_object_or_404(published.with_context(), slug=slug)
    return _calendar(ical.public(selection), f"wawancara-{slug}")


@require_safe
def named_file(request: UserRequest, slug: str) -> HttpResponse:
    selection = _with_names(request, slug)
    return _calendar(ical.named(selection), f"wawancara-{slug}-nama")


def _calendar(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@require_safe
def rundown_paper(request: UserRequest, slug: str) -> HttpResponse:
    selection = _with_names(request, slug)
    return _paper(request, selection, "scoring/exports/rundown_paper.html")


@require_safe
def attendance_paper(request: UserRequest, slug: str) -> HttpResponse:
    """The list to be signed at the interview."""
    selection = _with_names(request, slug)
    return _paper(request, selection, "scoring/exports/attendance_paper.html")


@require_safe
def paper_file(request: UserRequest, slug: str, paper: str, form: str) -> HttpResponse:
    """The rundown or the attendance list as a workbook or as a PDF."""
    selection, language = _with_names(request, slug), edition_language(request)
    title, tables = PAPERS[paper]
    with translation.override(language):
        made = actions.written(form, str(title), selection, tables(selection), by=request.user)
    return attachment(made, f"{paper}-{selection.slug}", form, language)


PAPERS = {
    "susunan-acara": (gettext_lazy("Rundown of the interviews"), recaps.rundown),
    "daftar-hadir": (gettext_lazy("Attendance list"), recaps.attendance_list),
}


def _paper(request: UserRequest, selection: Selection, template: str) -> HttpResponse:
    days: dict = {}
    length = slot_of(selection)
    for interview in scheduled(selection):
        day = interview.starts_at.astimezone(selection.tzinfo).date()
        days.setdefault(day, []).append((interview, interview.starts_at + length))
    return render(request, template, {"selection": selection, "days": days.items()})
