"""No input makes a fault: every address with strange values in its path, parameters, body, cookies and headers."""

import random
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.urls import reverse

from paritrana.middleware import PortalRequest
from tests.access.personas import whoever
from tests.access.policy import POLICY
from tests.access.rules import EVERYBODY, SIGNED_IN

FORM = "application/x-www-form-urlencoded"
NUMBERS = [0, -1, 9999, 10**4, 10**6, 2**31 - 1, 2**31, 2**63 - 1, 2**63, 10**30, "9" * 4400]
TEXTS = ["", "\0", "a\0b", "\ufffe", "é" * 300, "0x10", "1e999", "NaN", "-Infinity", "٣", "²", "1" * 4400, "9" * 20]
TEXTS += ["[]", '{"a":', "'\"><", "../..", "2025-13-45", "99999-01-01", "0000-00-00", "%", "😀", " ", "true", "id;--"]
TEXTS += ['"\\ud800"', '{"a": ["\\u0000"]}', "http://[", "[" * 2000, "51.01", "1,2,3", "1-2-3", "2" * 400]
RAW = ["%", "%zz", "%ff", "%00", "%ed%a0%80", "%c0%80", "a" * 3000, "%2f..%2f", "&" * 300, "a=1;b=2"]
_NAMES = """
    page sort q year region province segment stage edition selection category kind format state role person office from
    to pick picked seat nomination candidate kandidat kelompok halaman mulai title level language next version seen
    act address content digest name npp nib but by confirm reason file scale_amount status place text then sheet since
"""
NAMES = _NAMES.split()
TYPES = [
    *(f"{FORM}; charset={name}" for name in ("utf-8", "bogus", "utf-7", "idna", "utf-16", "undefined", "\0")),
    *(f"multipart/form-data{rest}" for rest in ("", "; boundary=", "; boundary=x", "; boundary=\xe9", ";" * 90)),
    *("application/json", "text/plain; charset*=bogus''x", ";;;", "/"),
]
HEADERS = ["range", "if-modified-since", "if-none-match", "accept-language", "accept", "referer", "origin", "hx-target"]
HEADERS += ["hx-request", "hx-current-url", "x-forwarded-for", "user-agent", "script-name", "cookie", "content-length"]
VALUES = [
    "\xff",
    "bytes=9-1",
    "bytes=" + "9" * 30 + "-",
    "http://[",
    "true",
    "-1",
    "Sun, 99 Foo 99999 99:99:99 GMT",
    "=",
]
VALUES += [
    "session=\xff; csrf=\xff; language=\xff; theme=\xff; messages=\xff",
    'session="abcdefgh\\000"',
    "a\0",
    "9" * 30,
]


def address_of(chance: random.Random, name: str, world: Any) -> str:
    """The address of one of the world's own objects, in a third of the cases with one argument made strange."""
    rule = POLICY[name]
    path = reverse(name, kwargs=rule.of(world.bali) if rule.of else {})
    if rule.of and chance.random() < 0.33:
        parts = path.split("/")
        at = chance.randrange(1, len(parts) - 1)
        parts[at] = quote(str(chance.choice(NUMBERS)) if parts[at].isdecimal() else chance.choice(TEXTS), safe="")
        path = "/".join(parts)
    return path


def pairs(chance: random.Random, known: list[str]) -> str:
    """Fields of a query or a form."""
    if chance.random() < 0.1:
        return chance.choice(RAW)
    names = chance.sample(NAMES, 3) + (chance.sample(known, min(len(known), 8)) if known else [])
    return "&".join(f"{quote(name)}={quote(str(chance.choice(NUMBERS + TEXTS)))}" for name in names)


def fields_of(response: Any) -> list[str]:
    """The names of all fields of the page's forms: what its own parameters are."""
    names: set[str] = set()
    for context in getattr(response, "context", None) or []:
        for value in context.flatten().values() if hasattr(context, "flatten") else []:
            form = getattr(value, "form", value)
            if hasattr(form, "add_prefix") and hasattr(form, "fields"):
                names |= {form.add_prefix(field) for field in form.fields}
    return sorted(names)


def send(client: Any, chance: random.Random, path: str, method: str, known: list[str]) -> Any:
    headers = {chance.choice(HEADERS): chance.choice(VALUES)} if chance.random() < 0.2 else {}
    address = f"{path}?{pairs(chance, known)}" if method == "GET" or chance.random() < 0.1 else path
    kind = chance.choice(TYPES) if chance.random() < 0.15 else FORM
    body = pairs(chance, known).encode() if method == "POST" or chance.random() < 0.05 else b""
    with transaction.atomic():
        response = client.generic(method, address, body, kind, headers=headers)
        transaction.set_rollback(True)
    return response


SHORT = "Cannot read more than the available bytes"
"""What the test client says of a body shorter than its header claims; a server waits, and gives up."""


def faults(client: Any, world: Any, persona: str, requests: list[tuple[str, str]], seed: str) -> list[str]:
    found, known = [], {}
    user = whoever(world, persona)
    for number, (name, method) in enumerate(requests):
        chance = random.Random(f"{seed} {persona} {name} {method} {number}")
        if user and "_auth_user_id" not in client.session:
            client.force_login(user)
        path = address_of(chance, name, world)
        if name not in known:
            with transaction.atomic():
                known[name] = fields_of(client.get(path))
                transaction.set_rollback(True)
        response = send(client, chance, path, method, known[name])
        error = getattr(response, "exc_info", None)
        if response.status_code >= 500 and not (error and SHORT in str(error[1])):
            found.append(f"{persona} {method} {name} {path[:90]}: {error and error[1]!r:.200}")
    return found


def visits(persona: str, share: float, seed: str) -> list[tuple[str, str]]:
    """(address, method): most where the persona may act, since others are refused before anything is read."""
    chance, drawn = random.Random(f"{seed} {persona}"), []
    for name, rule in POLICY.items():
        part = share if persona in rule.allow else share / 10
        drawn += [(name, method) for method in rule.methods if chance.random() < part]
    return drawn


@pytest.fixture
def strange(client_of, monkeypatch):
    """A client whose requests are made as the server makes them."""
    monkeypatch.setattr("django.test.client.WSGIRequest", PortalRequest)

    def signed_in(persona: str):
        client = client_of(persona)
        client.raise_request_exception = False
        return client

    return signed_in


@pytest.mark.slow
@pytest.mark.parametrize("persona", ["anonymous", "committee", "admin"])
def test_a_sample_of_strange_requests_makes_no_fault(strange, world, persona):
    drawn = visits(persona, 0.1, connection.vendor)

    assert faults(strange(persona), world, persona, drawn, connection.vendor) == []


ROUNDS = 10
"""Of every address by every persona who may use it: 20,000 requests."""


@pytest.mark.complete
@pytest.mark.parametrize("number", range(ROUNDS))
@pytest.mark.parametrize("persona", sorted(EVERYBODY))
def test_no_strange_request_makes_a_fault(strange, world, persona, number):
    """Each database draws its own."""
    seed = f"all {number} {connection.vendor}"

    assert faults(strange(persona), world, persona, visits(persona, 1, seed), seed) == []


def test_all_rounds_are_twenty_thousand_requests():
    drawn = (len(visits(persona, 1, f"all {number}")) for number in range(ROUNDS) for persona in EVERYBODY)

    assert sum(drawn) > 20_000


def test_every_address_is_tried_by_somebody_who_may_use_it():
    tried = {
        name for persona in SIGNED_IN for name, _method in visits(persona, 1, "any") if persona in POLICY[name].allow
    }

    assert tried >= {name for name, rule in POLICY.items() if rule.allow & SIGNED_IN}
