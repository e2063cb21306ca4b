"""Signing in through an agency's own OpenID Connect: the sign-in library's provider, with every check of the standard.

The library leaves out the nonce, the issuer of the description, and the signature of a token it fetched itself. Here an
identity is believed from a signed token alone, which must answer this very request; see docs/adr/0067.
"""

import hashlib
import json
import time
from secrets import compare_digest
from typing import Any
from urllib.parse import urlsplit

import jwt
from allauth.account.internal.flows.login import record_authentication
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest

from paritrana.accounts.models import User

SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""None of them signs with the secret the portal knows as well."""
SKEW = 60
"""Seconds the clocks of the two may be apart."""
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
DENIED = "access_denied"
METHOD = "agency"
"""How the session records that the agency said when it saw the person."""


class Unbelievable(OAuth2Error):
    """The provider's answer breaks the standard; the text is for the log and quotes nothing of the answer."""


class Exchange(OpenIDConnectOAuth2Adapter):
    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        found = super().openid_config
        wanted = self.get_provider().app.settings["server_url"]
        if not isinstance(found, dict) or str(found.get("issuer")).rstrip("/") != wanted.rstrip("/"):
            raise Unbelievable("the issuer in the description is not OIDC_SERVER")
        for name in ENDPOINTS:
            place = urlsplit(str(found.get(name)))
            if place.scheme != "https" and place.netloc != urlsplit(wanted).netloc:
                raise Unbelievable(f"the description names no safe {name}")
        return found

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        claims = self._claims(app, kwargs["response"].get("id_token"))
        found = self.get_provider().sociallogin_from_response(request, claims)
        found.claims = claims
        return found

    def _claims(self, app: SocialApp, token: Any) -> dict[str, Any]:
        config = self.openid_config
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key(token),
                algorithms=SIGNATURES,
                issuer=config["issuer"],
                audience=app.client_id,
                leeway=SKEW,
                options={"require": ["exp", "iat", "sub", "nonce"]},
            )
        except (jwt.PyJWTError, LookupError, TypeError, ValueError, AttributeError) as fault:
            raise Unbelievable(f"the identity token does not hold ({type(fault).__name__})") from None
        if not isinstance(claims["sub"], str) or claims.get("azp", app.client_id) != app.client_id:
            raise Unbelievable("the identity token is for somebody else, or about nobody")
        if not self.nonce or not compare_digest(str(claims["nonce"]), self.nonce):
            raise Unbelievable("the identity token answers another request")
        return claims

    def _key(self, token: str) -> jwt.PyJWK:
        """The one that signed the token; a provider with a single key need not name it. ValueError without one."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        known = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if key.public_key_use in {None, "sig"}]
        named = jwt.get_unverified_header(token).get("kid")
        (key,) = [key for key in known if named in {None, key.key_id}]
        return key


class Agency(OpenIDConnectProvider):
    """``provider_class`` of the settings. The library would put the unsigned answer of ``userinfo`` first."""

    package = "allauth.socialaccount.providers.openid_connect"  # where its addresses are
    oauth2_adapter_class = Exchange

    def wk_server_url(self, url: str) -> str:
        address: str = super().wk_server_url(url.rstrip("/"))
        return address

    def get_default_scope(self) -> list[str]:
        return ["openid", "email"]

    def extract_uid(self, data: dict[str, Any]) -> str:
        """A subject means something at its issuer only: after OIDC_SERVER changes nobody is taken for another."""
        return hashlib.sha256(json.dumps([data["iss"], data["sub"]]).encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, str]:
        return {"email": str(data.get("email", ""))[:254], "subject": str(data["sub"])[:255]}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []


def app() -> SocialApp | None:
    """The agency of the environment; rows of the library's own table are never asked."""
    return required_app() if settings.AGENCIES else None


def required_app() -> SocialApp:
    """The same where nobody comes without one."""
    return SocialApp(provider=Agency.id, **settings.AGENCIES[0])


def link_of(user: User) -> SocialAccount | None:
    return SocialAccount.objects.filter(user_id=user.pk).first()


def may_vouch(user: User) -> bool:
    """Whether this person can be asked for at the agency."""
    return bool(settings.AGENCIES) and user.is_authenticated and link_of(user) is not None


def is_strong(claims: dict[str, Any]) -> bool:
    """Whether the agency says that it saw two factors: ``amr`` has ``mfa``, or ``acr`` is one of the agreed levels."""
    strong, methods = settings.AGENCIES[0]["settings"]["strong"], claims.get("amr")
    return (isinstance(methods, list) and "mfa" in methods) or claims.get("acr") in strong


def seen_at(claims: dict[str, Any]) -> float:
    """When the person gave a factor there, which may be long before coming here; 0 where the agency does not say."""
    at = claims.get("auth_time")
    return min(float(at), time.time()) if isinstance(at, int | float) and not isinstance(at, bool) else 0.0


def is_fresh(claims: dict[str, Any]) -> bool:
    return time.time() - seen_at(claims) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def note(request: HttpRequest, user: User, claims: dict[str, Any], **more: Any) -> None:
    """Remember in the session when the agency saw this person."""
    record_authentication(request, user, METHOD, **{"at": seen_at(claims), **more})
    request.session[METHOD] = required_app().name  # the page for signing out names it
