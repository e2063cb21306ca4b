"""Workbooks, and the rundown on paper. Looking writes nothing; taking a file does, so it is asked for by POST."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions
from awards.editions import permissions as edition_permissions
from awards.editions.views import visible_edition
from awards.lookups import selection_seen
from awards.models import Appointment, Selection
from awards.stages import Permission, Stage
from paritrana.accounts.requests import UserRequest
from paritrana.downloads import ICS, JSON, XLSX, attached, attachment
from scoring import verify_seal
from scoring.exports import actions, nation_jobs, recaps
from scoring.exports.forms import LanguageForm, TablesFileForm, WinnersFileForm
from scoring.interviews import ical
from scoring.interviews.clashes import slot_of
from scoring.interviews.scheduling import WITH_NAMES, scheduled
from scoring.lookups import edition_language, own_seat
from scoring.models import Interview
from scoring.standings import winners


@require_http_methods(["GET", "HEAD", "POST"])
def export_winners(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.EXPORT)
    form = WinnersFileForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen, language = form.cleaned_data["form"], form.cleaned_data["language"]
        if chosen in {"", WinnersFileForm.WORKBOOK}:
            made = actions.export_winners(selection, by=request.user, language=language)
            return attachment(made, f"pemenang-{selection.slug}", "xlsx", language)
        made = actions.export_list(selection, chosen, by=request.user, language=language)
        return attachment(made, f"daftar-{selection.slug}", chosen, language)
    sheets = sum(len(ranking.groups) for ranking in winners.winners_of(selection.seal))
    context = {"selection": selection, "seal": selection.seal, "sheets": sheets, "form": form}
    context["back_url"] = selection.get_absolute_url()
    return render(request, "scoring/exports/export.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def export_nation(request: UserRequest, slug: str) -> HttpResponse:
    """All of Indonesia in one workbook, for those who design or audit the edition."""
    edition = visible_edition(request, slug)
    edition_permissions.require(edition_permissions.may_export_results(request.user, edition))
    form = LanguageForm(request.POST if request.method == "POST" else None)
    file = nation_jobs.nation_file(edition, request.user)
    made = file.made
    if request.method == "POST" and "take" in request.POST and made:
        return attached(made.content, made.name, XLSX)
    if request.method == "POST" and form.is_valid():
        nation_jobs.begin(edition, form.cleaned_data["language"], by=request.user)
        return redirect("export-nation", slug)
    context: dict[str, Any] = {"phase": file.phase, "made": made, "here_url": request.path}
    context["rows_read"] = _("Selections read")
    if request.htmx:
        return render(request, "_made_file.html", context)
    selections = Selection.objects.filter(edition=edition).visible_to(request.user)
    sealed = selections.filter(stage__in=[Stage.SEALED, Stage.ANNOUNCED]).count()
    context |= {"edition": edition, "sealed": sealed, "selections": selections.count(), "form": form}
    context["back_url"] = edition.get_absolute_url()
    return render(request, "scoring/exports/export_nation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def recap(request: UserRequest, slug: str) -> HttpResponse:
    """Every counting mark of the panel, for those who may see the marks."""
    selection = selection_seen(request, slug, Permission.SEE_MARKS)
    form = TablesFileForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen, language = form.cleaned_data["form"], form.cleaned_data["language"]
        made = actions.export_recap(selection, chosen, by=request.user, language=language)
        return attachment(made, f"rekap-{selection.slug}", chosen, language)
    back = reverse("chair-room", args=[selection.slug])
    return render(request, "scoring/exports/recap.html", {"selection": selection, "form": form, "back_url": back})


@require_http_methods(["GET", "HEAD", "POST"])
def own_recap(request: UserRequest, slug: str) -> HttpResponse:
    """A juror's own marks only."""
    seat = own_seat(request, slug)
    selection = seat.panel.selection
    form = TablesFileForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen, language = form.cleaned_data["form"], form.cleaned_data["language"]
        made = actions.export_recap(selection, chosen, by=request.user, seat=seat, language=language)
        return attachment(made, f"rekap-saya-{selection.slug}", chosen, language)
    context = {"selection": selection, "form": form, "is_own": True, "back_url": reverse("sheets")}
    return render(request, "scoring/exports/recap.html", context)


@require_safe
def seal_document(request: UserRequest, slug: str) -> HttpResponse:
    """The sealed document, byte for byte, for checks elsewhere; see ``scoring/verify_seal.py``."""
    seal = selection_seen(request, slug, Permission.EXPORT).seal
    return attached(seal.payload.encode(), f"penetapan-{slug}.json", JSON)


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The script that checks a sealed document without the portal."""
    return attached(Path(verify_seal.__file__).read_bytes(), "verify_seal.py", "text/x-python")


@login_not_required
@require_safe
def public_file(request: HttpRequest, slug: str) -> HttpResponse:
    """404 until the committee has published the times."""
    published = Selection.objects.filter(panel__rundown_published_at__isnull=False)
    selection = get_object_or_404(published.with_context(), slug=slug)
    return attached(ical.public(selection), f"wawancara-{slug}.ics", ICS)


@require_safe
def named_file(request: UserRequest, slug: str) -> HttpResponse:
    return attached(ical.named(_with_names(request, slug)), f"wawancara-{slug}-nama.ics", ICS)


@require_safe
def rundown_paper(request: UserRequest, slug: str) -> HttpResponse:
    return _paper(request, slug, "scoring/exports/rundown_paper.html")


@require_safe
def attendance_paper(request: UserRequest, slug: str) -> HttpResponse:
    """The list to be signed at the interview."""
    return _paper(request, slug, "scoring/exports/attendance_paper.html")


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


ROWS_ON_PAPER = 100
"""More than the interviews of a province in most editions; the files hold all of them."""


def _paper(request: UserRequest, slug: str, template: str) -> HttpResponse:
    selection = _with_names(request, slug)
    days: dict[date, list[tuple[Interview, datetime]]] = {}
    length = slot_of(selection)
    page = Paginator(scheduled(selection), ROWS_ON_PAPER).get_page(request.GET.get("page"))
    for interview in page:
        day = interview.starts_at.astimezone(selection.tzinfo).date()
        days.setdefault(day, []).append((interview, interview.starts_at + length))
    return render(request, template, {"selection": selection, "days": days.items(), "page": page})


def _with_names(request: UserRequest, slug: str) -> Selection:
    """For people appointed to the selection and those who follow its progress; branches and offices get no file."""
    selection = selection_seen(request, slug)
    appointed = Appointment.objects.current().filter(user_id=request.user.pk, selection=selection)
    if not permissions.granted(request.user, selection) & WITH_NAMES and not appointed.exists():
        permissions.require(request.user, Permission.SEE_PROGRESS, selection)
    return selection
