"""Pages to set or cancel the moment of an announcement."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.lookups import selection_seen
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_above, refusals_in
from scoring.public.views import preview
from scoring.sealing import announcing as actions
from scoring.sealing import requests
from scoring.sealing.announcing import set_publishing
from scoring.sealing.forms import AnnounceForm, PublishingForm
from scoring.standings import visibility, winners


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: UserRequest, slug: str) -> HttpResponse:
    """The first of two people asks to make the winners public, at once or at a set moment."""
    selection = selection_seen(request, slug, Permission.ANNOUNCE)
    asked = requests.open_request(selection)
    if asked and request.method == "POST":
        messages.error(request, _("Somebody has asked already; the second person has to answer first."))
        return redirect("announce", slug)
    form = AnnounceForm(
        request.POST if request.method == "POST" else None,
        selection=selection,
        initial={"at": selection.seal.public_from, "when": "later" if selection.seal.public_from else None},
    )
    if form.is_valid():
        try:
            actions.ask_announcing(selection, at=form.cleaned_data["at"], by=request.user)
        except ValidationError as error:
            form.add_error("at" if error.code == "past" else None, error)
        else:
            messages.success(request, _("Asked. The winners are announced when a second person seconds it."))
            return redirect("announce", slug)
    context = {
        "selection": selection,
        "seal": selection.seal,
        "rankings": winners.winners_of(selection.seal),
        "form": form,
        "asked": asked,
        "may_announce": True,
        "may_second": True,
        "may_withdraw": True,
        "back_url": selection.get_absolute_url(),
    }
    return render(request, "scoring/sealing/announce.html", context)


@require_safe
def announce_preview(request: UserRequest, slug: str) -> HttpResponse:
    """The public page as it will be, for whoever announces it or seconds that."""
    selection = selection_seen(request, slug, Permission.SECOND_SEAL)
    if not selection.is_sealed:
        raise Http404
    visibility.require_shown(request.user, selection)
    asked = requests.open_request(selection)
    moments = (selection.seal.public_from, asked.public_from if asked else None, timezone.now())
    return preview(request, selection.seal, next(filter(None, moments)))


@require_POST
def withhold(request: UserRequest, slug: str) -> HttpResponse:
    """Cancel an announcement before its moment."""
    selection = selection_seen(request, slug, Permission.ANNOUNCE)
    with refusals_above(request):
        actions.withhold(selection, by=request.user)
        messages.success(request, _("The announcement is withheld; nothing is public."))
    return redirect("result", selection.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def publishing(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.ANNOUNCE)
    form = PublishingForm(request.POST if request.method == "POST" else None, instance=selection)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            is_new = set_publishing(selection, totals=form.cleaned_data["publishes_totals"], by=request.user)
            return done(request, _("Saved.") if is_new else _("Nothing was changed."), "result", selection.slug)
    status = 422 if form.is_bound else 200
    return render(request, "scoring/sealing/publishing.html", {"selection": selection, "form": form}, status=status)
