"""Every address x every role x every method x own, foreign and absent objects, against the policy."""

import hashlib
import random
import re
from collections import defaultdict
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.urls import get_resolver, reverse

from paritrana.accounts.models import User
from tests.access.conftest import frames_kept, refusals_kept
from tests.access.policy import POLICY
from tests.access.policy_library import CLOSED, LIBRARY
from tests.access.policy_public import PUBLIC
from tests.access.rules import EVERYBODY, EVERYWHERE, LOCAL, SIGNED_IN, Rule
from tests.access.world import CANARY, World

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
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


def addresses(patterns, name_of=lambda pattern: pattern.name):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns)
        else:
            yield name_of(pattern)


def test_every_address_is_in_the_policy_with_somebody_allowed_and_somebody_not():
    named = set(addresses(get_resolver().url_patterns))

    assert named == POLICY.keys() | LIBRARY.keys() | CLOSED.keys()
    for name, rule in POLICY.items():
        assert rule.allow, name
        assert rule.allow == EVERYBODY or EVERYBODY - rule.allow, name


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


def expected(rule: Rule, persona: str, method: str, *, foreign: bool, absent: bool) -> str:
    """allowed, login, denied (403), hidden (404) or refused (405)."""
    if persona == "anonymous" and "anonymous" not in rule.allow:
        return "login"
    if persona == "contact" and rule.allow != EVERYBODY and persona not in rule.allow | rule.deny:
        return "hidden"
    answered = {*rule.methods, "HEAD"} if "GET" in rule.methods else set(rule.methods)
    if method not in answered:
        return "refused"
    public = rule.allow == EVERYBODY or rule.of is None
    if absent or (foreign and persona in LOCAL and not public and not is_country_wide(rule)):
        return "hidden"
    allow = rule.write if method == "POST" and rule.write is not None else rule.allow
    if persona in allow:
        return "allowed"
    return "denied" if persona in rule.deny | rule.allow else "hidden"


OF_AN_EDITION = (
    *("edition", "edition-export", "edition-edit", "edition-zones", "category-create", "category-edit"),
    *("category-remove", "rubric-edit", "rubric-titles", "rubric-versions", "rubric-version", "rubric-preview"),
    *("document-texts", "document-logo", "document-text", "document-preview", "export-nation"),
)
COUNTRY_WIDE = (
    *OF_AN_EDITION,
    "office",
    "office-create",
    "region",
    "atlas-province",
    "nation-target-edit",
    "indicator-province",
    "selections-open",
    "candidate-create",
    "candidate-hints",
)
"""Addresses with an argument that names no province's own thing."""


def is_country_wide(rule: Rule) -> bool:
    return rule in [POLICY[name] for name in COUNTRY_WIDE]


def answer(client, method: str, address: str) -> tuple[str, object]:
    response = client.generic(method, address)
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return "login", response
    outcomes = {403: "denied", 404: "hidden", 405: "refused"}
    if response.status_code >= 500:
        return f"error {response.status_code}", response
    return outcomes.get(response.status_code, "allowed"), response


def content(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return TOKEN.sub("", body.decode(errors="replace"))


def seen(client, method: str, address: str) -> tuple[int, list[str], str]:
    """Everything somebody could tell two answers apart by, but for the address itself."""
    _outcome, response = answer(client, method, address)
    return response.status_code, sorted(response.headers), content(response).replace(address, "")


def whoever(world: World, persona: str) -> User | None:
    return world.everywhere.get(persona) or world.bali.people.get(persona)


def methods_of(rule: Rule, persona: str) -> list[str]:
    """All, on SQLite, of a visitor, of one who may use the address and of one who may not; the others ask for rows."""
    tellers = {"anonymous", *sorted(SIGNED_IN & rule.allow)[-1:], *sorted(SIGNED_IN - rule.allow)[-1:]}
    return METHODS if connection.vendor == "sqlite" and persona in tellers else ASKING_ROWS


def cases(rule: Rule, persona: str) -> list[tuple[str, str]]:
    """(kind of object, method): more methods on the own object, those of the rule on others."""
    there = ["foreign", *(["absent"] if rule.absent else [])] if rule.of else []
    others = [(kind, method) for kind in there for method in rule.methods]
    return [*(("own", method) for method in methods_of(rule, persona)), *others]


def arguments(rule: Rule, world: World, kind: str) -> dict[str, Any]:
    if kind == "absent" or rule.of is None:
        return rule.absent if kind == "absent" else {}
    return rule.of(world.bali if kind == "own" else world.kalsel)


def outcome_of(rule: Rule, persona: str, kind: str, method: str) -> str:
    return expected(rule, persona, method, foreign=kind == "foreign", absent=kind == "absent")


def everything(persona: str):
    """(name, kind, method) of every visit."""
    return [(name, *case) for name, rule in POLICY.items() for case in cases(rule, persona)]


def alike() -> dict[tuple[str, str, str, str], list[str]]:
    """(name, kind, method, expected outcome): everybody who should get it."""
    groups = defaultdict(list)
    for persona in sorted(EVERYBODY):
        for name, kind, method in everything(persona):
            groups[name, kind, method, outcome_of(POLICY[name], persona, kind, method)].append(persona)
    return groups


@cache
def sample(seed: str) -> dict[str, list[tuple[str, str, str]]]:
    """The visits of each persona when one is drawn from every group that should get the same outcome.

    Each group has a seed of its own, so a new address changes nothing for the others.
    """
    drawn = defaultdict(list)
    for (name, kind, method, outcome), personas in alike().items():
        persona = random.Random(f"{seed} {name} {kind} {method} {outcome}").choice(personas)
        drawn[persona].append((name, kind, method))
    return drawn


@pytest.fixture
def client_of(client, world):
    """The client signed in as a persona, whose first page has been seen: nothing tried later gets into its frame."""

    def signed_in(persona: str):
        if user := whoever(world, persona):
            client.force_login(user)
        client.get(reverse("home"))
        return client

    with frames_kept():
        yield signed_in


@pytest.fixture
def refusals():
    with refusals_kept():
        yield


def check(client, world: World, persona: str, visits: list[tuple[str, str, str]]) -> None:
    """The status of every visit; no canary of another province; nothing changed by reading or by being refused."""
    signed_in = client.cookies.get(settings.SESSION_COOKIE_NAME)
    before = digest()
    wrong, leaks = [], []

    for name, kind, method in visits:
        rule = POLICY[name]
        address = reverse(name, kwargs=arguments(rule, world, kind))
        wanted = outcome_of(rule, persona, kind, method)
        writes = wanted == "allowed" and method not in {"GET", "HEAD"}
        with transaction.atomic():
            outcome, response = answer(client, method, address)
            transaction.set_rollback(writes)
        if writes and signed_in:
            client.cookies[settings.SESSION_COOKIE_NAME] = signed_in
        if outcome != wanted:
            wrong.append(f"{method} {address} ({name}, {kind}): {outcome}, not {wanted}")
        if persona not in EVERYWHERE and name not in NAMES_FOREIGN_THINGS and CANARY in content(response):
            leaks.append(f"{method} {address}")

    assert wrong == [], "\n".join(wrong)
    assert leaks == [], "\n".join(leaks)
    assert digest() == before


@pytest.mark.slow
@pytest.mark.usefixtures("refusals")
@pytest.mark.parametrize("persona", sorted(EVERYBODY))
def test_a_sample_of_everybody_gets_what_the_policy_says(client_of, world, persona):
    """The name of the database is the seed: each database asks as somebody else."""
    check(client_of(persona), world, persona, sample(connection.vendor)[persona])


@pytest.mark.complete
@pytest.mark.usefixtures("refusals")
@pytest.mark.parametrize("persona", sorted(EVERYBODY))
def test_everybody_gets_what_the_policy_says(client_of, world, persona):
    check(client_of(persona), world, persona, everything(persona))


@pytest.mark.parametrize("seed", ["sqlite", "postgresql"])
def test_the_sample_has_every_address_object_method_and_outcome(seed):
    drawn = {
        (name, kind, method, outcome_of(POLICY[name], persona, kind, method))
        for persona, visits in sample(seed).items()
        for name, kind, method in visits
    }

    assert drawn == alike().keys()
    assert sample(seed).keys() == EVERYBODY


@pytest.mark.slow
@pytest.mark.parametrize(
    "persona", ["committee", *(pytest.param(each, marks=pytest.mark.complete) for each in ("branch", "juror"))]
)
def test_foreign_and_absent_objects_answer_alike(client_of, world, persona):
    client = client_of(persona)
    different = []

    for name, rule in POLICY.items():
        if not rule.of or not rule.absent or is_country_wide(rule) or rule.allow == EVERYBODY:
            continue
        for method in rule.methods:
            foreign, absent = (reverse(name, kwargs=found) for found in (rule.of(world.kalsel), rule.absent))
            # Asked twice before it counts: the head for the printer tells the minute.
            if seen(client, method, foreign) != seen(client, method, absent) and (
                seen(client, method, foreign) != seen(client, method, absent)
            ):
                different.append(f"{method} {name}")

    assert different == [], "\n".join(different)


def test_the_matrix_notices_a_rule_that_is_too_wide(client, world, monkeypatch):
    """The positive control: with one filter taken away, a foreign selection opens and the canary sings."""
    from awards.models.selections import SelectionQuerySet

    client.force_login(world.bali.people["committee"])
    address = reverse("panel", kwargs={"slug": world.kalsel.selections["INTERVIEW"].slug})
    assert answer(client, "GET", address)[0] == "hidden"

    monkeypatch.setattr(SelectionQuerySet, "visible_to", lambda self, user: self)
    outcome, response = answer(client, "GET", address)

    assert outcome == "allowed"
    assert CANARY in content(response)


def test_roles_of_the_policy_are_the_roles_of_the_world(world):
    assert world.bali.people.keys() == LOCAL
    assert world.everywhere.keys() == EVERYWHERE
