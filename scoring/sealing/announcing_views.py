"""Pages to set or cancel the moment of an announcement."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import permissions
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from scoring.lookups import selection_seen
from scoring.sealing import announcing as actions
from scoring.sealing.announcing import set_publishing
from scoring.sealing.forms import AnnounceForm, PublishingForm
from scoring.standings import winners


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: UserRequest, slug: str) -> HttpResponse:
    """Review before the winners become public, at once or at a set moment."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.ANNOUNCE, selection)
    form = AnnounceForm(
        request.POST if request.method == "POST" else None,
        selection=selection,
        initial={"at": selection.seal.public_from, "when": "later" if selection.seal.public_from else None},
    )
    if form.is_valid():
        try:
            made = actions.announce(selection, at=form.cleaned_data["at"], by=request.user)
        except ValidationError as error:
            form.add_error("at" if error.code == "past" else None, error)
        else:
            values = {"moment": selection.moment(made.public_from)}
            messages.success(request, _("The winners are public from %(moment)s.") % values)
            return redirect("result", selection.slug)
    context = {
        "selection": selection,
        "seal": selection.seal,
        "rankings": winners.winners_of(selection.seal),
        "form": form,
        "back_url": selection.get_absolute_url(),
    }
    return render(request, "scoring/sealing/announce.html", context)


@require_POST
def withhold(request: UserRequest, slug: str) -> HttpResponse:
    """Cancel an announcement before its moment."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.ANNOUNCE, selection)
    try:
        actions.withhold(selection, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The announcement is withheld; nothing is public."))
    return redirect("result", selection.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def publishing(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.ANNOUNCE, selection)
    form = PublishingForm(request.POST if request.method == "POST" else None, instance=selection)
    if request.method == "POST" and form.is_valid():
        try:
            is_new = set_publishing(selection, totals=form.cleaned_data["publishes_totals"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved.") if is_new else _("Nothing was changed."))
            return redirect("result", selection.slug)
    status = 422 if form.is_bound else 200
    return render(request, "scoring/sealing/publishing.html", {"selection": selection, "form": form}, status=status)
