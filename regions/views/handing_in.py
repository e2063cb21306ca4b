"""Handing a file in: choosing it, and the page that shows how far it is and what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter.utility import xl_col_to_name

from paritrana.workbooks import LARGEST_FILE, Fault, apart
from regions import phases, uploads
from regions.workbooks import headings


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
        label=gettext_lazy("Workbook or CSV file"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"})
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            size = LARGEST_FILE // 1024 // 1024
            raise ValidationError(_("The file is larger than %(size)s MB.") % {"size": size}, code="too-large")
        return file


def choose(request: HttpRequest, errand: Errand, patience: float) -> HttpResponse:
    """The form; a file is kept and begins to be read, waited for ``patience`` seconds, and nothing is written."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "regions/upload.html", {"form": form, "errand": errand}, status=status)
    file = form.cleaned_data["file"]
    received = uploads.receive(request.user, file.name, file.chunks(), errand.about)
    apart.wait(received.folder, patience)
    return redirect(errand.read_url(received.key))


def look(
    request: HttpRequest,
    errand: Errand,
    received: uploads.Upload,
    phase: phases.Phase,
    found: uploads.Preview | None,
    status: int = 200,
) -> HttpResponse:
    """How far the file is, or what it would change; the inner part alone for htmx."""
    context: dict[str, object] = {"upload": received, "phase": phase, "preview": found, "errand": errand}
    context["read_url"] = errand.read_url(received.key)
    if found:
        context["faults"] = [_where(found, fault) for fault in found.faults]
        context["warnings"] = [_where(found, fault) for fault in found.warnings]
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
