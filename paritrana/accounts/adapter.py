"""Settings of the sign-in library in code: no sign-up, limits by the real client address, passwords in the trail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from paritrana.accounts import agency, agency_views, devices, letters, limits, second_factor, step_up, trail
from paritrana.accounts.limits import client_address
from paritrana.accounts.models import User


class ClosedSignup(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or super().get_client_ip(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        self._login_failed_rl_usage = limits.take_try(request, credentials.get("email", ""))

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """Record a new password; the library calls this for a change and for a reset by link."""
        request = context.request
        super().set_password(user, password)
        if request.resolver_match.url_name == "account_reset_password_from_key":
            limits.forget_tries(request, user.email)
            trail.record(user, "account.reset-password", user)
        else:
            trail.record(user, "account.change-password", user)
        letters.tell(user, letters.PASSWORD_SET, self.get_client_ip(request))

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """Know the device from now on; where no language was chosen on it, use that of the account."""
        response = super().post_login(request, user, **more)
        if claims := getattr((more.get("signal_kwargs") or {}).get("sociallogin"), "claims", None):
            agency.note(request, user, claims)
            second_factor.believe(request, user, claims)
        devices.remember(request, response, user)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                path=settings.LANGUAGE_COOKIE_PATH,
                domain=settings.LANGUAGE_COOKIE_DOMAIN,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            )
        return response

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whoever has just signed in gave a factor: that counts here as long as for weighty acts."""
        return bool(super().is_reauthentication_required(app=app)) and not step_up.is_fresh(self.request)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The agency last: it is another page and another password."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if agency.may_vouch(user):
            text = _("Confirm with %(agency)s") % {"agency": agency.required_app().name}
            found.append({"id": "agency", "description": text, "url": reverse("agency-confirm")})
        return found


class LinkedOnly(DefaultSocialAccountAdapter):
    """The agency opens accounts that are linked with it; it makes none and links none."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        found = agency.app()
        return [found] if found and provider in {None, found.provider, found.provider_id} else []

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state["process"] == agency_views.CONFIRM:
            raise ImmediateHttpResponse(agency_views.confirmed(request, sociallogin))
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(agency_views.refused(request, "unlinked", unlinked=sociallogin.account))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: agency.Agency,
        error: str | None = None,
        exception: Any = None,
        **more: Any,
    ) -> None:
        is_denied = error == AuthError.CANCELLED or request.GET.get("error") == agency.DENIED  # sent without state, too
        reason = "denied" if is_denied else agency_views.reason_of(exception)
        raise ImmediateHttpResponse(agency_views.refused(request, reason))
