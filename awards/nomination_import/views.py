"""Nominating many by one workbook: the blank, choosing a file, looking at what it would make, making it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from awards.models import Category, Selection
from awards.models.editions import GOVERNMENTS
from awards.nomination_import import template as nomination_import_template
from awards.nomination_import import upload as nomination_import_upload
from awards.nomination_import.questions import given_answers
from awards.permissions import require
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.workbooks.staging import FaultyFile, Stale, find
from regions.imports import jobs
from regions.imports.views import Errand, choose, look

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PATIENCE = 1.5
"""Seconds an answer waits for a file to be read."""


@require_safe
def template(request: UserRequest, slug: str, category: str) -> HttpResponse:
    selection, chosen = _found(request, slug, category)
    name = f"nominasi-{selection.slug}-{chosen.slug}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(nomination_import_template.workbook(selection, chosen), content_type=XLSX, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: UserRequest, slug: str, category: str) -> HttpResponse:
    """Choosing a filled-in workbook; nothing is written."""
    return choose(request, _errand(*_found(request, slug, category)), PATIENCE)


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: UserRequest, slug: str, category: str, key: str) -> HttpResponse:
    """What the file would make; confirming makes all of it or nothing."""
    selection, chosen = _found(request, slug, category)
    errand = _errand(selection, chosen)
    received = find(request.user, key, errand.about)
    if received is None:
        raise Http404
    phase = jobs.now(received)
    if phase.state != "read":
        return look(request, errand, received, phase, None)
    if request.method != "POST":
        return look(
            request,
            errand,
            received,
            phase,
            nomination_import_upload.preview(received, selection, chosen, request.user),
        )
    given = {name: request.POST.get(name, "") for name in ("digest", "fingerprint")}
    answers = given_answers(request.POST.dict())
    try:
        made = nomination_import_upload.carry_out(
            received, selection, chosen, answers=answers, by=request.user, **given
        )
    except (Stale, FaultyFile, nomination_import_upload.Unanswered) as refused:
        told = {Stale: "stale", FaultyFile: ""}.get(type(refused), "unanswered")
        found = nomination_import_upload.preview(received, selection, chosen, request.user, answers)
        return look(
            request,
            errand,
            received,
            jobs.ImportPhase("read", told=told),
            found,
            status=422 if told == "unanswered" else 409,
        )
    text = ngettext("%(count)d draft was made.", "%(count)d drafts were made.", made)
    messages.success(request, text % {"count": made})
    return redirect("nominations", selection.slug)


def _found(request: UserRequest, slug: str, category: str) -> tuple[Selection, Category]:
    """404 for governments, which are nominated by ticking; 403 where nominating is not open."""
    selection = get_object_or_404(Selection.objects.visible_to(request.user).with_context(), slug=slug)
    rows = Category.objects.filter(selections=selection).exclude(candidate_kind__in=GOVERNMENTS)
    chosen = get_object_or_404(rows, slug=category)
    require(request.user, Permission.NOMINATE, selection)
    return selection, chosen


def _errand(selection: Selection, category: Category) -> Errand:
    args = (selection.slug, category.slug)
    return Errand(
        about=nomination_import_upload.about(selection, category),
        pages=("nominations-upload", "nominations-upload-read"),
        args=args,
        back=(reverse("nominations", args=[selection.slug]), f"{_('Nominations')} · {category}"),
        template_url=reverse("nominations-template", args=args),
        changes="awards/nomination_import/_changes.html",
        questions="awards/nomination_import/_questions.html",
        consequence=_("Each becomes a draft; it takes part once it is complete and sent."),
        counted=(_("Drafts with a new candidate"), _("Drafts of known candidates"), _("Nominated already")),
    )
