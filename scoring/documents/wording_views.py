"""Pages for the wording of an edition's documents and the logo of its certificates."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.editions.views import designed_edition
from awards.models import Edition
from paritrana.accounts.requests import UserRequest
from paritrana.display.form_fields import retyped
from paritrana.display.pdf import PDF, typeset
from paritrana.display.refusals import done
from scoring import edit_conflicts
from scoring.documents import certificates, logos, samples, wording
from scoring.documents import wording_actions as actions
from scoring.documents.forms import LogoForm, TextForm
from scoring.documents.pages import TEMPLATES
from scoring.edit_conflicts import EditConflict
from scoring.lookups import edition_language
from scoring.models import CertificateLogo, Document, DocumentText

FORM = ["GET", "HEAD", "POST"]


def _kind(kind: str) -> DocumentText.Kind:
    if kind not in DocumentText.Kind.values:
        raise Http404
    return DocumentText.Kind(kind)


def _language(request: UserRequest, kind: str) -> str:
    """The language of the texts being edited, independent of the page's; letters contain both."""
    language = edition_language(request)
    if kind == DocumentText.Kind.NOTICE and language != settings.LANGUAGE_CODE:
        raise Http404
    return language


def _kinds(edition: Edition) -> list[dict[str, Any]]:
    """Every kind in every language with the version of its wording."""
    found = []
    for kind in DocumentText.Kind:
        languages = settings.LANGUAGES[:1] if kind == DocumentText.Kind.NOTICE else settings.LANGUAGES
        for language, language_name in languages:
            version, _parts = wording.in_force(edition, kind, language)
            found.append({"kind": kind, "language": language, "language_name": language_name, "version": version})
    return found


@require_http_methods(FORM)
def document_texts(request: UserRequest, slug: str) -> HttpResponse:
    """The kinds of documents with the version of their wording, and the logo."""
    edition = designed_edition(request, slug)
    logo = CertificateLogo.objects.filter(edition=edition).first()
    form = LogoForm(request.POST or None, request.FILES or None, initial={"version": logo.version if logo else 0})
    if form.is_valid() and _set_logo(request, edition, form):
        return redirect("document-texts", slug)
    context = {"edition": edition, "form": form, "kinds": _kinds(edition), "logo": certificates.logo_of(edition)}
    return render(request, "scoring/documents/wordings.html", context)


def _set_logo(request: UserRequest, edition: Edition, form: LogoForm) -> bool:
    data = form.cleaned_data
    try:
        picture = b"" if data["remove"] else logos.cleaned(data["picture"])
        actions.set_logo(edition, picture, version=data["version"], by=request.user)
    except EditConflict:
        messages.error(request, _("Somebody else changed the logo meanwhile; look at it before you change it again."))
        return True
    except ValidationError as error:
        form.add_error("picture", error)
        return False
    messages.success(request, _("Saved."))
    return True


@require_safe
def logo_picture(request: UserRequest, slug: str) -> HttpResponse:
    logo = certificates.logo_of(designed_edition(request, slug))
    if logo is None:
        raise Http404
    return HttpResponse(bytes(logo.picture), content_type="image/png")


@require_http_methods(FORM)
def document_text(request: UserRequest, slug: str, kind: str) -> HttpResponse:
    """The wording of one kind of document; typed text can be previewed before it is saved."""
    edition, kind = designed_edition(request, slug), _kind(kind)
    language = _language(request, kind)
    version, parts = wording.in_force(edition, kind, language)
    form = TextForm(request.POST or None, kind=kind, initial={"version": version, **parts})
    context: dict[str, Any] = {
        "edition": edition,
        "kind": kind,
        "language": language,
        "language_name": dict(settings.LANGUAGES)[language],
        "form": form,
        "known": wording.KNOWN[kind],
        "back_url": reverse("document-texts", args=[slug]),
    }
    if form.is_valid():
        try:
            values = {"version": form.cleaned_data["version"], "language": language}
            actions.write_text(edition, kind, form.parts(), **values, by=request.user)
        except EditConflict as error:
            labels = {part.name: part.label for part in wording.PARTS[kind]}
            rows = edit_conflicts.differing(labels, form.parts(), error.current.parts)
            return _overtaken(request, form, error, rows, context)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return done(request, _("Saved. Documents made from now on carry these words."), "document-texts", slug)
    return render(request, "scoring/documents/wording.html", context)


def _overtaken(request: UserRequest, form: TextForm, error: EditConflict, rows: Any, context: Any) -> HttpResponse:
    form.data = retyped(form, version=error.current.version)
    at = timezone.localtime(error.current.written_at)
    conflict = {"rows": rows, "by": str(error.current.written_by), "at": f"{at:%d.%m.%Y %H.%M}"}
    return render(request, "scoring/documents/wording.html", context | {"conflict": conflict}, status=409)


@require_POST
def document_preview(request: UserRequest, slug: str, kind: str) -> HttpResponse:
    """The typed wording with invented winners, as page or letters; nothing is stored."""
    edition, kind = designed_edition(request, slug), _kind(kind)
    language = _language(request, kind)
    form = TextForm(request.POST, kind=kind)
    if not form.is_valid():
        context = {"edition": edition, "kind": kind, "form": form, "known": wording.KNOWN[kind]}
        context |= {"language": language, "language_name": dict(settings.LANGUAGES)[language]}
        return render(request, "scoring/documents/wording.html", context, status=422)
    with translation.override(language):
        if kind == DocumentText.Kind.NOTICE:
            return HttpResponse(samples.letters(edition, form.parts()), content_type="text/plain; charset=utf-8")
        made = typeset(
            TEMPLATES[Document.Kind(kind)], samples.sample_content(edition, kind, form.parts(), "a4"), at=timezone.now()
        )
    return HttpResponse(made, content_type=PDF, headers={"Content-Disposition": 'inline; filename="pratinjau.pdf"'})
