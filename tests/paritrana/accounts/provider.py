"""A real OpenID Connect provider on a port of its own, and a person who walks there and back."""

from __future__ import annotations

import logging
import os
import re
import time
import warnings
from urllib.parse import quote

import pytest
import requests
from django.urls import reverse

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the provider's own libraries
    import oidc_provider_mock

from paritrana.accounts import agency_links
from paritrana.setup import agency
from tests import builders as b

NAME = "SSO Dinas"
WAYAN = "wayan@dinas.example"


def described(address, **more):
    """The setting AGENCIES for a provider at this address."""
    given = {"OIDC_SERVER": address, "OIDC_CLIENT_ID": "paritrana", "OIDC_CLIENT_SECRET": "rahasia-klien"}
    return [agency.read(given | {"OIDC_NAME": NAME} | more)]


@pytest.fixture(scope="session")
def provider_address():
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # it speaks plain http to this machine alone
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with oidc_provider_mock.run_server_in_thread(require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def provider(provider_address, settings):
    settings.AGENCIES = described(provider_address)
    return Provider(provider_address)


class Provider:
    def __init__(self, address):
        self.address = address
        self.says()

    def says(self, subject=WAYAN, **claims):
        """What it puts into the identity token of this person from now on."""
        known = {"email": subject, **claims}
        requests.put(f"{self.address}/users/{quote(subject)}", json=known, timeout=10).raise_for_status()

    def approve(self, where, subject=WAYAN, **form):
        """Sign in there as this person; the address of the portal it sends back to."""
        answer = requests.post(where, data={"sub": subject, **form}, allow_redirects=False, timeout=10)
        return answer.headers["location"]


def leave(client, **form):
    """Press the button of the sign-in page; the address of the provider the portal goes on to."""
    answer = client.post(reverse("openid_connect_login", args=["instansi"]), form)
    return onward(answer)


def onward(answer):
    found = re.search(r'<a class="btn btn-primary" href="([^"]+)"', answer.content.decode())
    return found[1].replace("&amp;", "&") if found else None


def come(client, provider, subject=WAYAN, **form):
    """All the way: to the provider, signing in there, and back; the answer of the portal."""
    return client.get(provider.approve(leave(client, **form), subject))


def older(client, seconds):
    """As if every factor of this session had been given that long before."""
    session = client.session
    for record in session.get("account_authentication_methods", []):
        record["at"] = min(record["at"], time.time() - seconds)
    session.save()


@pytest.fixture
def link(client, provider, mailoutbox, django_capture_on_commit_callbacks):
    """Link an account as an administrator and its owner do: ``link(user)``."""

    def make(user, subject=WAYAN):
        code = code_in(come(client, provider, subject))
        with django_capture_on_commit_callbacks(execute=True):
            agency_links.ask(user, code=code, by=b.administrator())
        agency_links.confirm(token_in(mailoutbox[-1]))
        client.logout()
        return user

    return make


def token_in(letter):
    return next(word for word in letter.body.split() if "/akun-instansi/" in word).rstrip("/").rpartition("/")[2]


def code_in(answer):
    assert (answer.status_code, answer.context["reason"]) == (403, "unlinked")
    return answer.context["code"]


def reason(answer):
    return answer.context["reason"]


def is_signed_in(client):
    return "_auth_user_id" in client.session
