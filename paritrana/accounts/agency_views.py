"""Pages on the way to the agency's sign-in and back, and those on which an account is linked with it."""

import logging
import secrets
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from requests import RequestException

from paritrana.accounts import agency, agency_links, limits, second_factor
from paritrana.accounts.forms import AgencyCodeForm
from paritrana.accounts.permissions import managed_person
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_above, refusals_in

log = logging.getLogger(__name__)

FAULTS = (RequestException, agency.OAuth2Error, LookupError, TypeError, ValueError, AttributeError)
"""What the library lets through when a provider is away or answers what is no answer."""
SIGN_IN, CONFIRM = "login", "confirm"
STATUS = {"down": HTTPStatus.BAD_GATEWAY, "invalid": HTTPStatus.BAD_REQUEST}


class _Callback(OAuth2CallbackView):
    def _get_state(self, request: HttpRequest, provider: agency.Agency) -> tuple[Any, Any]:
        state, answer = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, answer


@login_not_required
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    provider = _provider(request, provider_id)
    return _leave(request, provider, SIGN_IN) if request.method == "POST" else HttpResponseNotAllowed(["POST"])


@login_not_required
def returned(request: HttpRequest, provider_id: str) -> HttpResponse:
    _provider(request, provider_id)
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    try:
        answer: HttpResponse = _Callback.adapter_view(agency.Exchange(request, provider_id))(request)
    except FAULTS as fault:
        return refused(request, reason_of(fault))
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: UserRequest) -> HttpResponse:
    """Ask the agency for a fresh factor of whoever is signed in; the library sends here before weighty acts."""
    if not agency.may_vouch(request.user):
        raise Http404
    if request.method == "POST":
        provider = _provider(request, agency.required_app().provider_id)
        return _leave(request, provider, CONFIRM, max_age="0", prompt="login")
    context = {"agency": agency.app(), "next": get_next_redirect_url(request)}
    return render(request, "accounts/agency_confirm.html", context)


def confirmed(request: HttpRequest, found: SocialLogin) -> HttpResponse:
    """Go on with what waited for the factor; refused for another person, or where nobody was asked anew."""
    if found.user != request.user:
        return refused(request, "other")
    if not agency.is_fresh(found.claims):
        return refused(request, "stale")
    agency.note(request, found.user, found.claims, reauthenticated=True)
    second_factor.believe(request, found.user, found.claims)
    request.GET = QueryDict(urlencode({"next": found.state.get("next", "")}))
    return resume_request(request) or redirect("home")


def refused(request: HttpRequest, reason: str, unlinked: SocialAccount | None = None) -> HttpResponse:
    """The one page for whoever comes back without having been let in: why, and what to do now."""
    code = agency_links.code_for(unlinked) if unlinked else ""
    context = {"reason": reason, "agency": agency.app(), "code": code}
    status = STATUS.get(reason, HTTPStatus.FORBIDDEN)
    return render(request, "accounts/agency_refused.html", context, status=status)


def reason_of(fault: Exception | None) -> str:
    """``down`` or ``invalid``; the log contains neither a secret nor a token."""
    reason = "down" if isinstance(fault, RequestException) else "invalid"
    what: object = type(fault).__name__ if fault else "it answers no sign-in begun here, or one begun long ago"
    what = fault if isinstance(fault, agency.Unbelievable) else what
    log.warning("sign-in through the agency refused (%s): %s", reason, what)
    return reason


def _provider(request: HttpRequest, provider_id: str) -> agency.Agency:
    app = agency.app()
    if app is None or app.provider_id != provider_id:
        raise Http404
    found: agency.Agency = get_adapter().get_provider(request, provider_id)
    return found


def _leave(request: HttpRequest, provider: agency.Agency, process: str, **asked: str) -> HttpResponse:
    """A page that redirects by itself: browsers apply ``form-action`` also to a redirect that answers a form."""
    if not ratelimit.consume(request, app="allauth.account", action="agency"):
        return limits.refuse(request)
    nonce, strong = secrets.token_urlsafe(24), provider.app.settings["strong"]
    asked |= {"nonce": nonce} | ({"acr_values": " ".join(strong)} if strong else {})
    try:
        away = provider.redirect(request, process, get_next_redirect_url(request), auth_params=asked, nonce=nonce)
    except FAULTS as fault:
        return refused(request, reason_of(fault))
    return render(request, "accounts/agency_leaving.html", {"agency": provider.app, "address": away.url})


@require_http_methods(["GET", "HEAD", "POST"])
def person_agency(request: UserRequest, pk: int) -> HttpResponse:
    person = managed_person(request, pk)
    if agency.app() is None:
        raise Http404
    form = AgencyCodeForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form, "code"):
            agency_links.ask(person, code=form.cleaned_data["code"], by=request.user)
            messages.success(request, _("A letter with a link was mailed. Both are linked once its owner confirms it."))
            return redirect(person)
    return render(request, "accounts/person_agency.html", {"form": form, "person": person, "agency": agency.app()})


@require_POST
def person_agency_end(request: UserRequest, pk: int) -> HttpResponse:
    person = managed_person(request, pk)
    with refusals_above(request):
        agency_links.unlink(person, by=request.user)
        messages.success(request, _("The link is taken away; open sessions have ended."))
    return redirect(person)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def agency_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET changes nothing, because mail programs open links on their own; the owner confirms by a button."""
    if request.method == "POST":
        with refusals_above(request):
            agency_links.confirm(token)
            return render(request, "accounts/agency_over.html", {"is_linked": True})
    found = agency_links.waiting(token)
    if agency.app() is None or found is None:
        return render(request, "accounts/agency_over.html", status=HTTPStatus.NOT_FOUND)
    context = {"person": found[0], "identity": found[1]["extra_data"], "agency": agency.app()}
    return render(request, "accounts/agency_link.html", context)
