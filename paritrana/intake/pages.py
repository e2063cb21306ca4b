"""The pages of every importer: the template, choosing a file, looking at what it would change, confirming."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from paritrana.accounts.requests import UserRequest
from paritrana.intake import registry, staging, template, work
from paritrana.intake.errands import IntakeErrand
from paritrana.intake.preview import IntakePreview
from paritrana.intake.registry import Finder
from paritrana.intake.work import IntakePhase
from paritrana.workbooks import LARGEST_FILE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PATIENCE = 1.5
"""Seconds an answer waits for work on a file: most files are done by then, longer ones show progress."""

ANSWER = "answer-"
"""An answer is sent as this and the key of its question."""


class TableFileForm(forms.Form):
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


def pages(route: str, name: str, find: Finder) -> list[URLPattern]:
    """Three addresses under ``route``: the template, choosing a file, looking at one."""

    @require_safe
    def template_page(request: UserRequest, **where: Any) -> HttpResponse:
        return _template(find(request, **where))

    @require_http_methods(["GET", "HEAD", "POST"])
    def upload_page(request: UserRequest, **where: Any) -> HttpResponse:
        return _choose(request, find(request, **where))

    @require_http_methods(["GET", "HEAD", "POST"])
    def read_page(request: UserRequest, key: str, **where: Any) -> HttpResponse:
        try:
            errand = find(request, **where)
        except PermissionDenied as refusal:  # whoever hands nothing in has no file here
            raise Http404 from refusal
        return _read(request, errand, key)

    registry.finds(name, find)
    return [
        path(f"{route}templat/", template_page, name=f"{name}-template"),
        path(f"{route}unggah/", upload_page, name=f"{name}-upload"),
        path(f"{route}unggah/<str:key>/", read_page, name=f"{name}-upload-read"),
    ]


def _template(errand: IntakeErrand) -> HttpResponse:
    parts = [errand.intake.name, *map(str, errand.args), timezone.localdate().isoformat()]
    disposition = f'attachment; filename="{"-".join(parts)}.xlsx"'
    made = template.workbook(errand.intake)
    return HttpResponse(made, content_type=XLSX, headers={"Content-Disposition": disposition})


def _choose(request: UserRequest, errand: IntakeErrand) -> HttpResponse:
    """The form; a file is kept and begins to be read, and nothing is written."""
    form = TableFileForm(request.POST, request.FILES) if request.method == "POST" else TableFileForm()
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "errand": errand, "columns": template.described_columns(errand.intake)}
        return render(request, "intake/upload.html", context, status=422 if form.is_bound else 200)
    file = form.cleaned_data["file"]
    return hand_in(request, errand, file.name, file.chunks())


def hand_in(request: UserRequest, errand: IntakeErrand, name: str, content: Iterable[bytes]) -> HttpResponse:
    """Keep a table, begin to read it, and lead to the page that shows what it would change."""
    received = staging.receive(request.user, name, content, errand.about)
    work.wait(received, PATIENCE)
    return redirect(errand.read_url(received.key))


def _read(request: UserRequest, errand: IntakeErrand, key: str) -> HttpResponse:
    """How far the file is, and what it would change; confirming writes all or nothing.

    What takes longer than a request goes on without the page, which finds it again whenever it is opened.
    """
    received = staging.find(request.user, key, errand.about)
    if received is None:
        raise Http404
    phase = _compared(request, received, errand)
    given: dict[str, Any] = {name: request.POST.get(name, "") for name in ("digest", "fingerprint")}
    sent = request.POST.dict()
    given["answers"] = {name.removeprefix(ANSWER): sent[name] for name in sent if name.startswith(ANSWER)}
    if request.method == "POST" and phase.state == "read":
        return _write(request, errand, received, given)
    if request.method == "POST" and phase.state == "compared":
        work.write(received, errand, by=request.user, **given)
        work.wait(received, PATIENCE)
        return redirect(errand.read_url(key))
    found = work.preview(received, errand.intake) if phase.state == "read" else None
    return _look(request, errand, received, phase, work.shown(received) if phase.state == "compared" else found)


def _compared(request: UserRequest, received: staging.Upload, errand: IntakeErrand) -> IntakePhase:
    """The phase of an upload; a long file that is read, or was left half-way, begins to be compared."""
    phase = work.now(received)
    if phase.state == "broken" or phase.state == "read" and phase.is_long:
        work.compare(received, errand, request.user, phase.outcome)
        return work.wait(received, PATIENCE)
    return phase


def _write(request: UserRequest, errand: IntakeErrand, received: staging.Upload, given: dict[str, Any]) -> HttpResponse:
    """Write a short file at once."""
    try:
        done = work.carry_out(received, errand.intake, by=request.user, **given)
    except work.REFUSED as refused:
        phase = IntakePhase("read", outcome=work.outcome_of(refused), reason=str(refused))
        found = work.preview(received, errand.intake, answers=given["answers"])
        status = {"unanswered": 422, "answered": 200}.get(phase.outcome, 409)
        return _look(request, errand, received, phase, found, status=status)
    if done:
        message = ngettext("%(count)s row of the file was written.", "%(count)s rows of the file were written.", done)
        messages.success(request, message % {"count": done})
    else:
        messages.info(request, _("Nothing had changed, so nothing was written."))
    return redirect(errand.back[0])


def _look(
    request: UserRequest,
    errand: IntakeErrand,
    received: staging.Upload,
    phase: IntakePhase,
    found: IntakePreview | None,
    status: int = 200,
) -> HttpResponse:
    """The whole page, or its inner part alone for htmx."""
    context: dict[str, object] = {"upload": received, "phase": phase, "preview": found, "errand": errand}
    context["read_url"] = errand.read_url(received.key)
    if found:
        context["faults"] = found.located(found.faults)
        context["warnings"] = found.located(found.warnings)
    page = "intake/_upload.html" if request.htmx else "intake/upload_read.html"
    return render(request, page, context, status=status)
