"""Invitations: sent by the committee, opened by whoever holds the link, accepted once."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import permissions
from awards.stages import Permission
from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_above, refusals_in
from scoring.lookups import selection_seen
from scoring.models import Invitation
from scoring.panel import invitations as actions
from scoring.panel.forms import InvitationForm, PasswordForm


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.MANAGE_PANEL)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = actions.invite(selection, by=request.user, **form.cleaned_data)
            messages.success(request, _("The invitation was mailed to %(email)s.") % {"email": made.email})
            return redirect("panel", selection.slug)
    return render(request, "scoring/panel/invite.html", {"selection": selection, "form": form})


@require_POST
def invitation_resend(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    return _do(request, slug, pk, actions.resend, _("A fresh link was mailed; the older one no longer works."))


@require_POST
def invitation_withdraw(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    return _do(request, slug, pk, actions.withdraw, _("The invitation is withdrawn; its link no longer works."))


def _do(request: UserRequest, slug: str, pk: int, verb: Callable[..., None], done: str) -> HttpResponse:
    selection = selection_seen(request, slug)
    wanted = get_object_or_404(Invitation.objects.select_related("panel__selection"), pk=pk, panel__selection=selection)
    permissions.require(request.user, Permission.MANAGE_PANEL, selection)
    with refusals_above(request):
        verb(wanted, by=request.user)
        messages.success(request, done)
    return redirect("panel", selection.slug)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody is invited to. The link is the secret: whoever holds it may read this, only the invited accepts."""
    rows = Invitation.objects.select_related("panel__selection__edition", "panel__selection__province")
    found = get_object_or_404(rows, digest=actions.digest_of(token))
    selection = found.panel.selection
    context = {"invitation": found, "selection": selection, "until": selection.moment(found.expires_at)}
    if found.state != Invitation.State.SENT:
        return render(request, "scoring/panel/invitation_over.html", context, status=410)
    has_account = User.objects.filter(email=found.email).exists()
    context["is_theirs"] = request.user.is_authenticated and request.user.email == found.email
    if request.user.is_authenticated or has_account:
        return _answer_signed_in(cast(UserRequest, request), found, context)
    invited = User(email=found.email, name=found.name, office=found.office)
    form = PasswordForm(request.POST or None, invited=invited)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            password, language = form.cleaned_data["password"], get_language() or settings.LANGUAGE_CODE
            actions.accept_with_password(found, password=password, language=language)
            messages.success(request, _("Your account is ready and the seat is yours. Please sign in."))
            return redirect("account_login")
    return render(request, "scoring/panel/invitation.html", context | {"form": form})


def _answer_signed_in(request: UserRequest, found: Invitation, context: dict) -> HttpResponse:
    if request.method == "POST" and context["is_theirs"]:
        with refusals_above(request):
            actions.accept(found, by=request.user)
            messages.success(request, _("The seat is yours."))
            return redirect("sheets")
    return render(request, "scoring/panel/invitation.html", context)
