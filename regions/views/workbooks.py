"""Workbooks of a branch: the template of its area, handing it back, looking before anything is written; paper."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe
from xlsxwriter.utility import xl_col_to_name

from paritrana.accounts.models import User
from paritrana.workbooks import LARGEST_FILE, Fault, apart
from regions import blank, entering, permissions, series, uploads
from regions import coverage as rules
from regions.grid import Grid
from regions.models import Region, Segment
from regions.permissions import Permission
from regions.workbooks import headings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 300
PATIENCE = 1.5
"""Seconds the answer to an upload waits for the reader: most files are read by then, larger ones show progress."""


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Workbook or CSV file"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"})
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            size = LARGEST_FILE // 1024 // 1024
            raise ValidationError(_("The file is larger than %(size)s MB.") % {"size": size}, code="too-large")
        return file


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The workbook of exactly the own area, filled with what is known."""
    made = blank.workbook(_grid(request.user))
    name = f"cakupan-{timezone.localdate().isoformat()}.xlsx"
    return HttpResponse(made, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The same as a form to be printed and filled in by hand."""
    return render(request, "regions/paper.html", {"grid": _grid(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choosing a file; it is kept and read, and nothing is written."""
    _area(request.user)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "regions/upload.html", {"form": UploadForm()})
    if not form.is_valid():
        return render(request, "regions/upload.html", {"form": form}, status=422)
    file = form.cleaned_data["file"]
    received = uploads.receive(request.user, file.name, file.chunks())
    apart.wait(received.folder, PATIENCE)
    return redirect("coverage-upload-read", received.key)


@require_http_methods(["GET", "HEAD", "POST"])
def upload_read(request: HttpRequest, key: str) -> HttpResponse:
    """How far reading is, then what the file would change; confirming writes all of it or nothing."""
    received = uploads.find(request.user, key)
    if received is None:
        raise Http404
    area = _area(request.user)
    progress = apart.progress(received.folder)
    if progress.state != "read":
        return _read_page(request, {"upload": received, "progress": progress})
    if request.method != "POST":
        return _dry_run(request, received, area)
    given = {name: request.POST.get(name, "") for name in ("digest", "fingerprint")}
    try:
        changed = uploads.carry_out(received, area, by=request.user, **given)
    except uploads.Stale:
        return _dry_run(request, received, area, status=409, is_stale=True)
    except ValidationError as error:
        return _dry_run(request, received, area, status=409, refusals=error.messages)
    except entering.Refused as refused:
        told = [f"{region.short_name} {year}: {error.messages[0]}" for region, year, error in refused.refusals]
        return _dry_run(request, received, area, status=409, refusals=told)
    _tell(request, len(changed))
    return redirect("coverage")


def _dry_run(
    request: HttpRequest, received: uploads.Upload, area: list[Region], status: int = 200, **more: object
) -> HttpResponse:
    found = uploads.preview(received, area)
    new = sum(change.before is None for change in found.changes)
    context = {
        "upload": received,
        "progress": apart.Progress("read"),
        "preview": found,
        "faults": [_where(found, fault) for fault in found.faults[:MOST_SHOWN]],
        "warnings": [_where(found, fault) for fault in found.warnings[:MOST_SHOWN]],
        "changes": found.changes[:MOST_SHOWN],
        "new": new,
        "altered": len(found.changes) - new,
        "most": MOST_SHOWN,
        **more,
    }
    return _read_page(request, context, status)


def _read_page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    page = "regions/_upload.html" if request.htmx else "regions/upload_read.html"
    return render(request, page, context, status=status)


def _where(found: uploads.Preview, fault: Fault) -> dict[str, object]:
    """A fault with its column as the spreadsheet names it: letter and heading."""
    names = headings()
    own = [names.get(column, column) for column in found.columns]
    if fault.column not in own:
        return {"sheet": found.sheet, "row": fault.row, "column": fault.column, "message": fault.message}
    at = own.index(fault.column)
    column = f"{xl_col_to_name(at)} · {found.columns[at]}"
    return {"sheet": found.sheet, "row": fault.row, "column": column, "message": fault.message}


def _tell(request: HttpRequest, count: int) -> None:
    if not count:
        messages.info(request, _("Nothing had changed, so nothing was written."))
        return
    told = ngettext("%(count)s figure saved from the file.", "%(count)s figures saved from the file.", count)
    messages.success(request, told % {"count": count})


def _area(user: User) -> list[Region]:
    """The regions this person enters figures of; 403 for those who enter nowhere."""
    area = list(permissions.area(user, Permission.ENTER).order_by("code"))
    if not area:
        raise PermissionDenied(_("This is done by another office than yours."))
    return area


def _grid(user: User) -> Grid:
    area = _area(user)
    reported = series.latest_year(permissions.area(user, Permission.ENTER))
    return Grid(user, area, max(reported, rules.last_full_year()), Segment.objects.all())
