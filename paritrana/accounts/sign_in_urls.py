"""The pages of the sign-in library that the portal uses; all its other pages answer 404.

The library builds links by the names of its pages, so a closed page keeps its name. Pages added by a newer version stay
closed until they are listed here.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from allauth import urls as library
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_http_methods, require_safe

from paritrana.accounts import agency_views
from paritrana.accounts.session_views import my_sessions

OPEN = frozenset(
    {
        *("account_login", "account_logout", "account_inactive", "account_reauthenticate", "account_change_password"),
        *("account_reset_password", "account_reset_password_done"),
        *("account_reset_password_from_key", "account_reset_password_from_key_done"),
        *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
        *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
        "mfa_login_webauthn",
        *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"),
        *("mfa_remove_webauthn", "mfa_edit_webauthn"),
    }
)

OWN = {"openid_connect_login": agency_views.sign_in, "openid_connect_callback": agency_views.returned}
"""Addresses of the library with the portal's own views."""


@login_not_required
def closed(request: HttpRequest, **arguments: Any) -> NoReturn:
    raise Http404


@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    return redirect("mfa_index")


def _narrowed(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern | URLResolver]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield URLResolver(each.pattern, list(_narrowed(each.url_patterns)), each.default_kwargs)
        elif each.name:  # without one are only former addresses, which the portal never had
            view = each.callback if each.name in OPEN else OWN.get(each.name, closed)
            if each.name == "mfa_login_webauthn":
                view = login_not_required(require_http_methods(["GET", "HEAD", "POST"])(view))
            yield URLPattern(each.pattern, view, each.default_args, each.name)


urlpatterns = [
    path("", my_account, name="my-account"),
    path("sesi/", my_sessions, name="my-sessions"),
    path("instansi/", agency_views.confirm, name="agency-confirm"),
    *_narrowed(library.urlpatterns),
]
