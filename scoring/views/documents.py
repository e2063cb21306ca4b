"""Minutes, the annex of the decree and certificates of a selection: made once, handed out as they were kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions
from awards.models import Selection
from awards.stages import Permission
from paritrana.typesetting import PDF
from scoring.actions import documents as actions
from scoring.forms.documents import CertificatesForm, MeetingForm, PaperForm
from scoring.models import Document
from scoring.papers import certificates
from scoring.papers.minutes import roll_of
from scoring.papers.sources import source_of
from scoring.querysets import DocumentQuerySet
from scoring.views.access import selection_seen

FORM = ["GET", "HEAD", "POST"]
ROWS_A_PAGE = 50


def _of(selection: Selection) -> DocumentQuerySet:
    """The papers of the result in force; those of an earlier seal are told by their code alone."""
    return Document.objects.filter(seal=selection.seal)


@require_safe
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    """What was made and what can be made."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEE_DOCUMENTS, selection)
    rows = _of(selection).defer("content")
    made = rows.filter(kind=Document.Kind.CERTIFICATE).last_issues().order_by("pk")
    context = {
        "selection": selection,
        "seal": selection.seal,
        "papers": rows.exclude(kind=Document.Kind.CERTIFICATE).order_by("pk"),
        "page": Paginator(made, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "may_make": permissions.may(request.user, Permission.MAKE_DOCUMENTS, selection),
    }
    return render(request, "scoring/documents/documents.html", context)


@require_http_methods(FORM)
def minutes_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The minutes from the figures as they are, before the seal."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEE_RANKING, selection)
    if selection.is_sealed:
        return redirect("documents", slug)
    form = PaperForm(request.POST or None)
    if form.is_valid():
        made = actions.draft_minutes(selection, form.cleaned_data["paper"], by=request.user)
        return paper_answer(made, f"konsep-berita-acara-{slug}.pdf")
    context = {"selection": selection, "form": form, "back_url": selection.get_absolute_url()}
    return render(request, "scoring/documents/draft.html", context)


@require_http_methods(FORM)
def minutes_make(request: HttpRequest, slug: str) -> HttpResponse:
    """The last look before the minutes are made for good."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.MAKE_DOCUMENTS, selection)
    if _of(selection).filter(kind=Document.Kind.MINUTES).exists():
        messages.info(request, _("The minutes are made already; they stay as they are."))
        return redirect("documents", slug)
    day = selection.seal.sealed_at.astimezone(selection.tzinfo).date()
    form = MeetingForm(request.POST or None, seats=roll_of(selection).seats, initial={"held_on": day})
    if form.is_valid() and _made(form, lambda: actions.make_minutes(selection, form.meeting(), by=request.user)):
        messages.success(request, _("The minutes and the annex of the decree are made."))
        return redirect("documents", slug)
    context = {"selection": selection, "seal": selection.seal, "form": form}
    return render(request, "scoring/documents/minutes_make.html", context | {"back_url": _back(selection)})


def _made(form: Form, make: Callable[[], Any]) -> bool:
    """Whether it was made; what stood in the way is written into the form."""
    try:
        make()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _back(selection: Selection) -> str:
    return reverse("documents", args=[selection.slug])


@require_http_methods(FORM)
def certificates_make(request: HttpRequest, slug: str) -> HttpResponse:
    """Certificates for everybody at once; who has one already keeps it unless it is issued anew."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.MAKE_DOCUMENTS, selection)
    source = source_of(selection)
    year = selection.edition.implementation_year
    form = CertificatesForm(request.POST or None, initial={"number": f"{{n}}/{slug.upper()}/{year}", "paper": "a4"})
    if form.is_valid() and _made(form, lambda: _certificates(request, selection, form)):
        messages.success(request, _("The certificates are made."))
        return redirect("documents", slug)
    context = {
        "selection": selection,
        "form": form,
        "winners": len(list(certificates.winners(source))),
        "nominees": len(list(certificates.nominees(source))),
        "logo": certificates.logo_of(selection.edition),
        "back_url": _back(selection),
    }
    return render(request, "scoring/documents/certificates_make.html", context)


def _certificates(request: HttpRequest, selection: Selection, form: CertificatesForm) -> None:
    said = form.cleaned_data
    actions.make_certificates(
        selection,
        signatories=form.signatories(),
        number=said["number"],
        nominees=said["nominees"],
        paper=said["paper"],
        again=said["again"],
        by=request.user,
    )


@require_POST
def certificates_take(request: HttpRequest, slug: str) -> HttpResponse:
    """All certificates in one zip."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEE_DOCUMENTS, selection)
    rows = list(_of(selection).filter(kind=Document.Kind.CERTIFICATE).last_issues().order_by("pk"))
    if not rows:
        messages.info(request, _("No certificate is made yet."))
        return redirect("documents", slug)
    return zip_answer(actions.take_all(rows, selection, by=request.user), f"piagam-{slug}.zip")


@require_POST
def document_take(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One paper, byte for byte as it was kept."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEE_DOCUMENTS, selection)
    document = get_object_or_404(_of(selection), pk=pk)
    return paper_answer(actions.take(document, by=request.user), actions.file_name(document))


def paper_answer(content: bytes, name: str) -> HttpResponse:
    return _attached(content, name, PDF)


def zip_answer(content: bytes, name: str) -> HttpResponse:
    return _attached(content, name, "application/zip")


def _attached(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
