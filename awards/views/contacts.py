"""The personal data of a candidate's contacts: masked until somebody asks for it, which is recorded."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from awards.actions import candidates as actions
from awards.candidate_permissions import CandidatePermission, require_with
from awards.forms.candidates import ContactForms
from awards.models import Candidate
from awards.views.candidates import visible_candidate


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def candidate_contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """Masked when it is looked at; whole, in a form, after a POST: reading whole is an act with a name to it."""
    candidate = _own(request, pk)
    if request.method != "POST":
        contacts = list(candidate.contacts.all())
        return render(request, "awards/candidates/contacts.html", {"candidate": candidate, "contacts": contacts})
    actions.read_contacts(candidate, by=request.user)
    return _page(request, candidate, ContactForms(queryset=candidate.contacts.all()), candidate.version)


@never_cache
@require_POST
def contacts_save(request: HttpRequest, pk: int) -> HttpResponse:
    candidate = _own(request, pk)
    forms = ContactForms(request.POST, queryset=candidate.contacts.all())
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
    if not forms.is_valid():
        return _page(request, candidate, forms, version, status=422)
    kept = forms.save(commit=False)
    try:
        changed = actions.save_contacts(candidate, kept, forms.deleted_objects, version=version, by=request.user)
    except ValidationError:
        candidate.refresh_from_db()
        return _page(request, candidate, forms, candidate.version, status=409, is_overtaken=True)
    messages.success(request, _("Contacts saved.") if changed else _("Nothing had changed, so nothing was written."))
    return redirect(candidate)


def _own(request: HttpRequest, pk: int) -> Candidate:
    candidate = visible_candidate(request, pk)
    require_with(request.user, CandidatePermission.EDIT, candidate)
    return candidate


def _page(
    request: HttpRequest, candidate: Candidate, forms: object, version: int, status: int = 200, **more: bool
) -> HttpResponse:
    context = {"candidate": candidate, "forms": forms, "version": version, **more}
    return render(request, "awards/candidates/contacts.html", context, status=status)
