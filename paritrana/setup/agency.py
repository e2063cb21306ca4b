"""Reads which agency's OpenID Connect people may sign in through, if any; standard library only.

As in ``environment.py``, what is unsafe is refused with a sentence that names the variable and the cure.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from paritrana.setup.bootstrap import SetupRefused
from paritrana.setup.environment import LOOPBACK

NEEDED = ("OIDC_SERVER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME")
NAMES = (*NEEDED, "OIDC_SECOND_FACTOR")


def read(given: Mapping[str, str]) -> dict[str, Any] | None:
    """The agency as the sign-in library wants it described; None where nothing is set."""
    found = {name: given[name].strip() for name in NAMES if name in given}
    if not found:
        return None
    for name in NEEDED:
        if not found.get(name):
            raise SetupRefused(f"{name} is missing or empty. Signing in through an agency needs {', '.join(NEEDED)}.")
    return {
        "provider_id": "instansi",
        "name": found["OIDC_NAME"],
        "client_id": found["OIDC_CLIENT_ID"],
        "secret": found["OIDC_CLIENT_SECRET"],
        "settings": {
            "server_url": server_of(found["OIDC_SERVER"]),
            "strong": found.get("OIDC_SECOND_FACTOR", "").replace(",", " ").split(),
            "oauth_pkce_enabled": True,
        },
    }


def server_of(text: str) -> str:
    """The issuer, below which the well-known description lies."""
    cure = "Write the issuer as its description has it, for example https://login.example.go.id/realms/agency."
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise SetupRefused(f"OIDC_SERVER cannot be understood. {cure}") from None
    if re.search(r"\s", text) or not host or parts.query or parts.fragment or "@" in parts.netloc:
        raise SetupRefused(f"OIDC_SERVER is not one plain address. {cure}")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise SetupRefused(f"OIDC_SERVER is not https, so that identities can be forged on the way. {cure}")
    return text
