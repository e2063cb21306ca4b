"""The page of a selection's letterhead and signatories; its pictures are within the page, for nobody else to fetch."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from awards.lookups import selection_seen
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_in
from scoring import edit_conflicts
from scoring.documents import letterhead
from scoring.documents.letterhead_actions import set_letterhead
from scoring.documents.letterhead_forms import TEXTS, LetterheadForm
from scoring.edit_conflicts import EditConflict

TEMPLATE = "scoring/documents/letterhead.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letterhead_page(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.MAKE_DOCUMENTS)
    present = letterhead.suggested(selection, request.user)
    form = LetterheadForm(request.POST or None, request.FILES or None, present=present)
    if form.is_valid():
        with refusals_in(form):
            try:
                set_letterhead(selection, **form.values(), by=request.user)
            except EditConflict as error:
                return _overtaken(request, selection, form, error)
            return done(request, _("Saved. Papers issued from now on carry this letterhead."), "documents", slug)
    context = {"selection": selection, "form": form, "present": present, "missing": letterhead.lacking(present)}
    return render(request, TEMPLATE, context | {"back_url": reverse("documents", args=[slug])})


def _overtaken(request: UserRequest, selection: Selection, form: LetterheadForm, error: EditConflict) -> HttpResponse:
    labels = {name: form.fields[name].label for name in TEXTS}
    mine = form.values()["texts"]
    rows = edit_conflicts.differing(labels, mine, {name: getattr(error.current, name) for name in TEXTS})
    more: dict[str, Any] = {"selection": selection, "present": error.current}
    return edit_conflicts.show(request, TEMPLATE, form, error, rows, **more)
