"""Workbooks of a branch: the template of its area, handing it back, looking before anything is written; paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.workbooks import LARGEST_FILE, Fault, sandbox, staging
from paritrana.workbooks.headings import likened
from regions import permissions, rules
from regions.coverage import series
from regions.coverage.grid import Grid
from regions.imports import jobs
from regions.imports import template as import_template
from regions.imports import upload as import_upload
from regions.imports.rows import headings
from regions.models import Region, Segment
from regions.permissions import RegionPermission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PATIENCE = 1.5
"""Seconds an answer waits for work on a file: most files are done by then, longer ones show progress."""


def _errand() -> Errand:
    return Errand(
        about=staging.COVERAGE,
        pages=("coverage-upload", "coverage-upload-read"),
        back=(reverse("coverage"), _("Coverage")),
        template_url=reverse("coverage-template"),
        paper_url=reverse("coverage-paper"),
        changes="regions/imports/_upload_changes.html",
        consequence=_("A changed figure has to be sent and verified again."),
    )


@require_safe
def template(request: UserRequest) -> HttpResponse:
    """The workbook of exactly the own area, filled with what is known."""
    made = import_template.workbook(_grid(request.user))
    name = f"cakupan-{timezone.localdate().isoformat()}.xlsx"
    return HttpResponse(made, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
def paper(request: UserRequest) -> HttpResponse:
    """The same as a form to be printed and filled in by hand."""
    return render(request, "regions/imports/paper.html", {"grid": _grid(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: UserRequest) -> HttpResponse:
    """Choosing a file; it is kept and read, and nothing is written."""
    _area(request.user)
    return choose(request, _errand(), PATIENCE)


@require_http_methods(["GET", "HEAD", "POST"])
def upload_read(request: UserRequest, key: str) -> HttpResponse:
    """How far reading, comparing and writing are, and what the file would change; confirming writes all or nothing.

    What takes longer than a request goes on without the page, which finds it again whenever it is opened.
    """
    received = staging.find(request.user, key)
    if received is None:
        raise Http404
    area = _area(request.user)
    phase = _compared(received, area)
    given = {name: request.POST.get(name, "") for name in ("digest", "fingerprint")}
    if request.method == "POST" and phase.state == "read":
        return _write(request, received, area, given)
    if request.method == "POST" and phase.state == "compared":
        jobs.write(received, area, by=request.user, **given)
        jobs.wait(received, PATIENCE)
        return redirect("coverage-upload-read", key)
    found = import_upload.preview(received, area) if phase.state == "read" else None
    return look(request, _errand(), received, phase, jobs.shown(received) if phase.state == "compared" else found)


def _compared(received: staging.Upload, area: list[Region]) -> jobs.ImportPhase:
    """The phase of an upload; a long file that is read, or was left half-way, begins to be compared."""
    phase = jobs.now(received)
    if phase.state == "broken" or phase.state == "read" and jobs.is_long(phase):
        jobs.compare(received, area, phase.told)
        return jobs.wait(received, PATIENCE)
    return phase


def _write(request: UserRequest, received: staging.Upload, area: list[Region], given: dict[str, str]) -> HttpResponse:
    """Write a short file at once."""
    try:
        count = import_upload.carry_out(received, area, by=request.user, **given)
    except staging.Stale:
        return look(
            request,
            _errand(),
            received,
            jobs.ImportPhase("read", told="stale"),
            import_upload.preview(received, area),
            status=409,
        )
    except staging.FaultyFile:
        return look(
            request, _errand(), received, jobs.ImportPhase("read"), import_upload.preview(received, area), status=409
        )
    _tell(request, count)
    return redirect("coverage")


def _tell(request: UserRequest, count: int) -> None:
    if not count:
        messages.info(request, _("Nothing had changed, so nothing was written."))
        return
    message = ngettext("%(count)s figure saved from the file.", "%(count)s figures saved from the file.", count)
    messages.success(request, message % {"count": count})


def _area(user: User) -> list[Region]:
    """The regions this person enters figures of; 403 for those who enter nowhere."""
    area = list(permissions.area(user, RegionPermission.ENTER).order_by("code"))
    if not area:
        raise permissions.refused(RegionPermission.ENTER)
    return area


def _grid(user: User) -> Grid:
    area = _area(user)
    reported = series.latest_year(permissions.area(user, RegionPermission.ENTER))
    return Grid(user, area, max(reported, rules.last_full_year()), Segment.objects.all())


@dataclass(frozen=True)
class Errand:
    """What a file is handed in for: its pages, how they are called, and what confirming means.

    ``about`` binds the file to the errand; ``pages`` are the names of the addresses to choose a file and to look at
    it, ``args`` what both begin with; ``changes`` is the template of the changes, ``counted`` what is new, changed and
    unchanged where that is no figures.
    """

    about: str
    pages: tuple[str, str]
    back: tuple[str, str]
    template_url: str
    changes: str
    consequence: str
    args: tuple[Any, ...] = ()
    paper_url: str = ""
    counted: tuple[str, str, str] | None = None

    @property
    def choose_url(self) -> str:
        return reverse(self.pages[0], args=self.args)

    def read_url(self, key: str) -> str:
        return reverse(self.pages[1], args=[*self.args, key])


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Workbook or CSV file"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt"}),
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            size = LARGEST_FILE // 1024 // 1024
            raise ValidationError(_("The file is larger than %(size)s MB.") % {"size": size}, code="too-large")
        return file


def choose(request: UserRequest, errand: Errand, patience: float) -> HttpResponse:
    """The form; a file is kept and begins to be read, waited for ``patience`` seconds, and nothing is written."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "regions/imports/upload.html", {"form": form, "errand": errand}, status=status)
    file = form.cleaned_data["file"]
    received = staging.receive(request.user, file.name, file.chunks(), errand.about)
    sandbox.wait(received.folder, patience)
    return redirect(errand.read_url(received.key))


def look(
    request: UserRequest,
    errand: Errand,
    received: staging.Upload,
    phase: jobs.ImportPhase,
    found: import_upload.ImportPreview | None,
    status: int = 200,
) -> HttpResponse:
    """How far the file is, or what it would change; the inner part alone for htmx."""
    context: dict[str, object] = {"upload": received, "phase": phase, "preview": found, "errand": errand}
    context["read_url"] = errand.read_url(received.key)
    if found:
        context["faults"] = [_where(found, fault) for fault in found.faults]
        context["warnings"] = [_where(found, fault) for fault in found.warnings]
    page = "regions/imports/_upload.html" if request.htmx else "regions/imports/upload_read.html"
    return render(request, page, context, status=status)


def _where(found: import_upload.ImportPreview, fault: Fault) -> dict[str, object]:
    """A fault with its column as the spreadsheet names it: letter and heading."""
    names = {likened(heading): name for heading, name in headings().items()}
    own = [names.get(likened(column), column) for column in found.columns]
    if fault.column not in own:
        return {"sheet": found.sheet, "row": fault.row, "column": fault.column, "message": fault.message}
    at = own.index(fault.column)
    column = f"{found.letters[at]} · {found.columns[at]}"
    return {"sheet": found.sheet, "row": fault.row, "column": column, "message": fault.message}
