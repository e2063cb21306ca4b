"""Minutes, decree and certificates are looked at as pictures, and then issued as they were shown."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.form_fields import retyped
from paritrana.display.refusals import done, refusals_in
from scoring.documents import actions, certificate_jobs, certificates, letterhead, previews
from scoring.documents import certificate_actions as making
from scoring.documents.certificate_actions import CertificateOrder
from scoring.documents.forms import CertificatesForm, MeetingForm, PreviewedForm
from scoring.documents.roll import roll_of
from scoring.documents.source import source_of
from scoring.documents.views import paper_answer
from scoring.models import Document
from scoring.standings.views import papers_seen

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def minutes_make(request: UserRequest, slug: str) -> HttpResponse:
    """Type, look at the pages, then make the final minutes and the decree."""
    selection = papers_seen(request, slug, Permission.MAKE_DOCUMENTS)
    if Document.objects.filter(seal=selection.seal, kind=Document.Kind.MINUTES).exists():
        messages.info(request, _("The minutes are made already; they stay as they are."))
        return redirect("documents", slug)
    day = selection.seal.sealed_at.astimezone(selection.tzinfo).date()
    form = MeetingForm(request.POST or None, seats=roll_of(selection).seats, initial={"held_on": day})
    context = _context(selection) | {"seal": selection.seal, "form": form}
    if form.is_valid():
        if not _was_shown(form, selection):
            with refusals_in(form):
                found = previews.minutes_previews(selection, form.meeting(), by=request.user)
                context |= {"previews": found} | _shown(form, selection)
        elif _done(form, lambda: actions.make_minutes(selection, form.meeting(), by=request.user)):
            return done(request, _("The minutes, the decree and its annex are made."), "documents", slug)
    return render(request, "scoring/documents/minutes_make.html", context)


@require_http_methods(FORM)
def certificates_make(request: UserRequest, slug: str) -> HttpResponse:
    """Type, look at one of each design, then make all at once; existing ones stay unless they are issued again."""
    selection = papers_seen(request, slug, Permission.MAKE_DOCUMENTS)
    number = f"{{n}}/{slug.upper()}/{selection.edition.implementation_year}"
    initial = {"number": number, "paper": "a4", "dated": selection.seal.decree_date}
    form = CertificatesForm(request.POST or None, initial=initial, before=making.asked_before(selection, request.user))
    context = _context(selection) | {"form": form, "logo": certificates.logo_of(selection.edition)}
    if form.is_valid():
        if "proof" in request.POST:
            sheet = previews.proof_sheet(selection, form.order(), by=request.user)
            return paper_answer(sheet, f"lembar-contoh-piagam-{slug}.pdf")
        if not _was_shown(form, selection):
            with refusals_in(form):
                proofs = previews.certificate_proofs(selection, form.order(), by=request.user)
                context |= {"previews": proofs.samples, "proofs": proofs, "doubts": proofs.doubts}
                context |= _shown(form, selection)
        elif answer := _made(request, selection, form, form.order()):
            return answer
    source = source_of(selection)
    counts = {"winners": len(list(certificates.winners(source))), "nominees": len(list(certificates.nominees(source)))}
    return render(request, "scoring/documents/certificates_make.html", context | counts)


def _made(
    request: UserRequest, selection: Selection, form: CertificatesForm, order: CertificateOrder
) -> HttpResponse | None:
    """Made at once, or begun beside where they are many; None where it was refused."""
    if len(making.wanting(source_of(selection), order)) > certificate_jobs.LONG:
        certificate_jobs.begin(selection.seal, order, by=request.user)
        return redirect("certificates-progress", selection.slug)
    if not _done(form, lambda: making.make_certificates(selection, order, by=request.user)):
        return None
    return done(request, _("The certificates are made."), "documents", selection.slug)


def _done(form: PreviewedForm, make: Callable[[], Any]) -> bool:
    """Whether it was made; an error is added to the form."""
    with refusals_in(form):
        make()
        return True
    return False


def _context(selection: Selection) -> dict[str, Any]:
    head = letterhead.letterhead_of(selection)
    back_url = reverse("documents", args=[selection.slug])
    return {"selection": selection, "head": head, "lacking": letterhead.lacking(head), "back_url": back_url}


def _fingerprint(form: PreviewedForm, selection: Selection) -> str:
    return form.fingerprint(selection.seal.digest, letterhead.letterhead_of(selection).version)


def _was_shown(form: PreviewedForm, selection: Selection) -> bool:
    return form.cleaned_data["seen"] == _fingerprint(form, selection)


def _shown(form: PreviewedForm, selection: Selection) -> dict[str, Any]:
    """The same form, which now says that exactly this was looked at."""
    form.data = retyped(form, seen=_fingerprint(form, selection))
    return {"form": form}
