"""The moment from which everybody may read the winners."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import permissions
from awards.stages import Permission
from scoring import results
from scoring.actions import results as actions
from scoring.forms.results import AnnounceForm
from scoring.views.access import selection_seen


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """The last look before the winners become public, at once or at a moment to come."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.ANNOUNCE, selection)
    form = AnnounceForm(
        request.POST if request.method == "POST" else None,
        selection=selection,
        initial={"at": selection.seal.public_from},
    )
    if form.is_valid():
        try:
            made = actions.announce(selection, at=form.cleaned_data["at"], by=request.user)
        except ValidationError as error:
            form.add_error("at" if error.code == "past" else None, error)
        else:
            told = {"moment": selection.moment(made.public_from)}
            messages.success(request, _("The winners are public from %(moment)s.") % told)
            return redirect("result", selection.slug)
    context = {
        "selection": selection,
        "seal": selection.seal,
        "rankings": results.sealed(selection.seal),
        "form": form,
        "back_url": selection.get_absolute_url(),
    }
    return render(request, "scoring/results/announce.html", context)


@require_POST
def withhold(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an announcement back before its moment has come."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.ANNOUNCE, selection)
    try:
        actions.withhold(selection, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The announcement is withheld; nothing is public."))
    return redirect("result", selection.slug)
