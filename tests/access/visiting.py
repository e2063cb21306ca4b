"""Many visits, cheaply: who visits what, what the portal answered, and whether any row has changed."""

import hashlib
import random
import re
from collections import defaultdict
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse

from tests.access.ending import ended
from tests.access.outcomes import METHODS, OUTSIDERS, STAGES_OF_A_PLACE, expected
from tests.access.policy import POLICY
from tests.access.policy_public import PUBLIC
from tests.access.rules import EVERYBODY, EVERYWHERE, LOCAL, SIGNED_IN
from tests.access.world import CANARY, Place, World

Visit = tuple[str, str, str]
"""Name of the address, kind of object, method."""
ASKING_ROWS = ["GET", "POST"]
"""The others are refused before any row is asked, or are GET without the body: see ``methods_of``."""
NAMES_FOREIGN_THINGS = {
    *(name for name, rule in PUBLIC.items() if rule.allow == EVERYBODY),
    *("home", "interviews-public-file", "check-code"),
    *("invitation", "door-invitation", "address-confirm", "agency-link"),
}
"""Pages that rightly tell about announced selections of every province, published times, what a secret link opens."""
TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")
"""The CSRF token is masked anew for every answer."""


class Visitor(RequestFactory):
    """Asks as whoever is signed in at the client, every time with the same cookies.

    It keeps no record of templates and contexts, as the client does: that costs more than most refusals.
    """

    def __init__(self, client: Client) -> None:
        super().__init__()
        self.handler = ClientHandler(enforce_csrf_checks=False)
        self.cookies.load(client.cookies.output(header="", sep=";"))

    def request(self, **environment: Any) -> HttpResponse:
        return self.handler(self._base_environ(**environment))


def answer(client: Any, method: str, address: str) -> tuple[str, Any]:
    response = client.generic(method, address)
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return "login", response
    outcomes = {403: "denied", 404: "hidden", 405: "refused", 410: "gone"}
    if response.status_code >= 500:
        return f"error {response.status_code}", response
    return outcomes.get(response.status_code, "allowed"), response


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def content(response: Any) -> str:
    return TOKEN.sub("", body_of(response).decode(errors="replace"))


def digest() -> str:
    """What all tables hold: every row of every model, so that any write shows."""
    found = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table):
            if model._meta.app_label not in {"sessions", "queue"}:  # the policy itself hands files in
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
                found.update(repr(sorted(map(told, cursor.fetchall()))).encode())
    return found.hexdigest()


def told(row: tuple[Any, ...]) -> str:
    """PostgreSQL gives bytes as a view of memory, which is told by where it lies."""
    return repr([bytes(value) if isinstance(value, memoryview) else value for value in row])


class Addresses:
    """The addresses of a world by name and kind of object; made once, for files are handed in to have some."""

    def __init__(self, world: World) -> None:
        self.places = {"own": world.bali, "foreign": world.kalsel, "ended": ended(world.bali)}
        for stage in STAGES_OF_A_PLACE:
            for whose in ("own", "foreign"):
                self.places[f"{whose}:{stage}"] = _at_stage(self.places[whose], stage)
        self._found: dict[tuple[str, str], str] = {}

    def of(self, name: str, kind: str) -> str:
        """An empty text where the rule has nothing of this kind, or nothing else than its own."""
        if (name, kind) not in self._found:
            self._found[name, kind] = self._made(name, kind)
        return self._found[name, kind]

    def _made(self, name: str, kind: str) -> str:
        rule, whose = POLICY[name], kind.partition(":")[0]
        if rule.of is None or kind == "absent":
            return reverse(name, kwargs=rule.absent) if rule.absent or kind == "own" else ""
        is_variant = kind not in {"own", "foreign"}
        if is_variant and (rule.allow == EVERYBODY or "key" in rule.absent):
            return ""
        try:
            address = reverse(name, kwargs=rule.of(self.places[kind]))
        except ObjectDoesNotExist:
            return ""
        return "" if is_variant and address == self.of(name, "foreign" if whose == "foreign" else "own") else address


def _at_stage(place: Place, stage: str) -> Place:
    """The place with its selection and nomination of one stage in place of all others."""
    return place._replace(
        selections=dict.fromkeys(place.selections, place.selections[stage]),
        nominations=dict.fromkeys(place.nominations, place.nominations[stage]),
    )


def whole(addresses: Addresses, persona: str) -> list[Visit]:
    """Every address with every method, for every kind of object of which the policy says what this persona gets."""
    whose = "foreign" if persona in LOCAL else "own"
    stages = [] if persona in EVERYWHERE else [f"{whose}:{stage}" for stage in STAGES_OF_A_PLACE]
    kinds = ["own", "foreign", "absent", "ended", *stages]
    return [(name, kind, method) for name in POLICY for kind in kinds if addresses.of(name, kind) for method in METHODS]


def usual(persona: str) -> list[Visit]:
    """What a sample is drawn from: more methods on the own object, those of the rule on others."""
    found = []
    for name, rule in POLICY.items():
        there = ["foreign", *(["absent"] if rule.absent else [])] if rule.of else []
        found += [(name, "own", method) for method in methods_of(name, persona)]
        found += [(name, kind, method) for kind in there for method in rule.methods]
    return found


def methods_of(name: str, persona: str) -> list[str]:
    """All, on SQLite, of a visitor, of one who may use the address and of one who may not; the others ask for rows."""
    rule = POLICY[name]
    tellers = {"anonymous", *sorted(SIGNED_IN & rule.allow)[-1:], *sorted(SIGNED_IN - rule.allow)[-1:]}
    return METHODS if connection.vendor == "sqlite" and persona in tellers else ASKING_ROWS


def alike() -> dict[tuple[str, str, str, frozenset[str]], list[str]]:
    """(name, kind, method, expected outcome): everybody who should get it."""
    groups = defaultdict(list)
    for persona in sorted(EVERYBODY):
        for name, kind, method in usual(persona):
            groups[name, kind, method, expected(name, persona, method, kind)].append(persona)
    return groups


@cache
def sample(seed: str) -> dict[str, list[Visit]]:
    """The visits of each persona when one is drawn from every group that should get the same outcome.

    Each group has a seed of its own, so a new address changes nothing for the others.
    """
    drawn = defaultdict(list)
    for (name, kind, method, outcome), personas in alike().items():
        persona = random.Random(f"{seed} {name} {kind} {method} {sorted(outcome)}").choice(personas)
        drawn[persona].append((name, kind, method))
    return drawn


def check(visitor: Visitor, addresses: Addresses, persona: str, visits: list[Visit]) -> None:
    """The outcome of every visit; no canary of another province; nothing changed by reading or by being refused."""
    targets = [(addresses.of(name, kind), name, kind, method) for name, kind, method in visits]
    before, wrong, leaks = digest(), [], []

    for address, name, kind, method in targets:
        wanted = expected(name, persona, method, kind)
        writes = "allowed" in wanted and method not in {"GET", "HEAD"}
        with transaction.atomic():
            outcome, response = answer(visitor, method, address)
            transaction.set_rollback(writes)
        if outcome not in wanted:
            wrong.append(f"{method} {address} ({name}, {kind}): {outcome}, not {' or '.join(sorted(wanted))}")
        if is_blind(name, persona) and CANARY.encode() in body_of(response):
            leaks.append(f"{method} {address}")

    assert wrong == [], "\n".join(wrong)
    assert leaks == [], "\n".join(leaks)
    assert digest() == before


def is_blind(name: str, persona: str) -> bool:
    """Whether nothing of the other province may stand on this page for this persona."""
    return persona not in EVERYWHERE and name not in NAMES_FOREIGN_THINGS


def everybody() -> list[str]:
    return [*sorted(EVERYBODY), *OUTSIDERS]
