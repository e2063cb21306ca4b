"""Settings of the sign-in library in code: no sign-up, limits by the real client address, passwords in the trail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from paritrana.accounts import devices, letters, limits, trail
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
        letters.password_set(user, self.get_client_ip(request))

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """Know the device from now on; where no language was chosen on it, use that of the account."""
        response = super().post_login(request, user, **more)
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
