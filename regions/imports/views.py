"""Coverage of a branch's own area by a file, and the form to be filled in by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.intake import IntakeErrand
from paritrana.intake.pages import TableFileForm
from paritrana.workbooks import Fault, sandbox, staging
from regions import permissions, rules
from regions.coverage import series
from regions.coverage.grid import Grid
from regions.imports import jobs
from regions.imports import upload as import_upload
from regions.imports.intake import BranchCoverage
from regions.models import Region, Segment
from regions.permissions import RegionPermission


def errand(request: UserRequest) -> IntakeErrand:
    """Handing in figures of the own area; 403 for those who enter nowhere."""
    user = request.user
    intake = BranchCoverage(_area(user), lambda: _grid(user))
    return IntakeErrand(intake, "coverage", (reverse("coverage"), _("Coverage")), paper_url=reverse("coverage-paper"))


@require_safe
def paper(request: UserRequest) -> HttpResponse:
    """The same as a form to be printed and filled in by hand."""
    return render(request, "regions/imports/paper.html", {"grid": _grid(request.user)})


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
    unchanged where that is no figures, ``questions`` the template of what has to be answered before.
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
    questions: str = ""

    @property
    def choose_url(self) -> str:
        return reverse(self.pages[0], args=self.args)

    def read_url(self, key: str) -> str:
        return reverse(self.pages[1], args=[*self.args, key])


def choose(request: UserRequest, errand: Errand, patience: float) -> HttpResponse:
    """The form; a file is kept and begins to be read, waited for ``patience`` seconds, and nothing is written."""
    form = TableFileForm(request.POST, request.FILES) if request.method == "POST" else TableFileForm()
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
    column = fault.column
    if column in found.columns:
        column = f"{found.letters[found.columns.index(column)]} · {column}"
    return {"sheet": found.sheet, "row": fault.row, "column": column, "message": fault.message}
