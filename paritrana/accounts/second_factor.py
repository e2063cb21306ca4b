"""Roles that need a second factor: without one their people reach nothing but the pages that set one up."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from paritrana.accounts import agency
from paritrana.accounts.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SEEN = "second_factor_seen"
ADMINISTRATOR = "administrator"

_sources: list[Callable[[User], Iterable[str]]] = []


def register_roles(source: Callable[[User], Iterable[str]]) -> None:
    """Add a function that says which roles a person has; this app knows the administrator alone."""
    _sources.append(source)


def is_demanded(user: User) -> bool:
    held = {ADMINISTRATOR} if user.is_superuser else set()
    return not settings.SECOND_FACTOR_ROLES.isdisjoint(held.union(*(source(user) for source in _sources)))


def factors_of(user: User) -> int:
    """Recovery codes are none: they only replace a lost one."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).count()


def believe(request: HttpRequest, user: User, claims: dict[str, Any]) -> None:
    """Take the agency's word that it saw a second factor, for this session."""
    if agency.is_strong(claims):
        request.session[SEEN] = user.pk


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_ROLES and request.user.is_authenticated and _is_missing(request):
            messages.warning(request, _("Your role needs a second factor: add a passkey or an authenticator app here."))
            return redirect("mfa_index")
        return get_response(request)

    return answer


def _is_missing(request: HttpRequest) -> bool:
    """Asked once a session: a session that has shown a factor keeps it."""
    user = cast(User, request.user)
    if request.session.get(SEEN) == user.pk or request.path.startswith(
        (reverse("my-account"), reverse("set_language"))
    ):
        return False
    if not is_demanded(user):
        return False
    if factors_of(user):
        request.session[SEEN] = user.pk
        return False
    return True


class FactorsKept(DefaultMFAAdapter):
    """The last factor of somebody whose role needs one is not removed; another one is added first."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        is_last = authenticator.type in FACTORS and factors_of(authenticator.user) == 1
        return not (is_last and is_demanded(authenticator.user))
