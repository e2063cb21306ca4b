"""Every address x everybody x every method x own, foreign, absent and ended objects, against the policy."""

import pytest
from django.db import connection
from django.urls import get_resolver, reverse
from django.utils import timezone
from django.views import defaults

from awards.models.selections import SelectionQuerySet
from paritrana import urls
from paritrana.accounts.models import FormDraft
from tests.access.outcomes import COUNTRY_WIDE, FORMER, METHODS, STAGES_OF_A_PLACE, expected
from tests.access.policy import POLICY
from tests.access.policy_library import CLOSED, LIBRARY
from tests.access.rules import EVERYBODY, EVERYWHERE, LOCAL
from tests.access.visiting import (
    Addresses,
    Visitor,
    alike,
    answer,
    check,
    content,
    everybody,
    sample,
    whole,
)
from tests.access.world import CANARY
from tests.once import taken_back

LEAST = 250_000
"""So many visits at least the whole matrix has."""


def addresses_of(patterns, name_of=lambda pattern: pattern.name):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from addresses_of(pattern.url_patterns)
        else:
            yield name_of(pattern)


def test_every_address_is_in_the_policy_with_somebody_allowed_and_somebody_not():
    named = set(addresses_of(get_resolver().url_patterns))

    assert named == POLICY.keys() | LIBRARY.keys() | CLOSED.keys()
    for name, rule in POLICY.items():
        assert rule.allow, name
        assert rule.allow == EVERYBODY or EVERYBODY - rule.allow, name


def seen(client, method: str, address: str) -> tuple[int, list[str], str]:
    """Everything somebody could tell two answers apart by, but for the address itself."""
    _outcome, response = answer(client, method, address)
    return response.status_code, sorted(response.headers), content(response).replace(address, "")


@pytest.fixture
def addresses(world):
    return Addresses(world)


@pytest.mark.slow
@pytest.mark.usefixtures("refusals")
@pytest.mark.parametrize("persona", sorted(EVERYBODY))
def test_a_sample_of_everybody_gets_what_the_policy_says(client_of, addresses, persona):
    """The name of the database is the seed: each database asks as somebody else."""
    check(Visitor(client_of(persona)), addresses, persona, sample(connection.vendor)[persona])


@pytest.mark.once
@pytest.mark.complete
@pytest.mark.usefixtures("refusals", "reader")
@pytest.mark.parametrize("persona", everybody())
def test_everybody_gets_what_the_policy_says(client_of, addresses, persona):
    visits = whole(addresses, persona)

    check(Visitor(client_of(persona)), addresses, persona, visits)


@pytest.mark.once
@pytest.mark.complete
def test_the_whole_matrix_is_large_and_has_every_axis(addresses):
    visits = [(persona, *visit) for persona in everybody() for visit in whole(addresses, persona)]

    assert len(visits) >= LEAST
    assert {name for _persona, name, _kind, _method in visits} == POLICY.keys()
    assert {method for *_visit, method in visits} == set(METHODS)
    stages = {f"{whose}:{stage}" for whose in ("own", "foreign") for stage in STAGES_OF_A_PLACE}
    assert {kind for _persona, _name, kind, _method in visits} == {"own", "foreign", "absent", "ended"} | stages


def test_whoever_has_a_role_is_asked_as_a_former_one_too():
    assert set(FORMER) == (LOCAL | EVERYWHERE) | {"assistant"}


@pytest.mark.parametrize("seed", ["sqlite", "postgresql"])
def test_the_sample_has_every_address_object_method_and_outcome(seed):
    drawn = {
        (name, kind, method, expected(name, persona, method, kind))
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
        if not rule.of or not rule.absent or name in COUNTRY_WIDE or rule.allow == EVERYBODY:
            continue
        for method in rule.methods:
            foreign, absent = (reverse(name, kwargs=found) for found in (rule.of(world.kalsel), rule.absent))
            # Asked twice before it counts: the head for the printer tells the minute.
            if seen(client, method, foreign) != seen(client, method, absent) and (
                seen(client, method, foreign) != seen(client, method, absent)
            ):
                different.append(f"{method} {name}")

    assert different == [], "\n".join(different)


def test_the_matrix_notices_a_rule_that_is_too_wide(client_of, addresses, monkeypatch):
    """The positive control: with one filter taken away, a foreign selection opens and the canary sings."""
    visitor = Visitor(client_of("committee"))
    visits = [("panel", "foreign", "GET")]
    check(visitor, addresses, "committee", visits)

    monkeypatch.setattr(SelectionQuerySet, "visible_to", lambda self, user: self)

    with pytest.raises(AssertionError, match="allowed, not hidden"):
        check(visitor, addresses, "committee", visits)
    assert CANARY in content(answer(visitor, "GET", addresses.of("panel", "foreign"))[1])


def test_the_matrix_notices_a_refusal_that_writes(client_of, addresses, monkeypatch):
    """The positive control of the digest: a page of "does not exist" that keeps a row."""
    visitor = Visitor(client_of("committee"))

    def writing(request, exception):
        FormDraft.objects.create(user=request.user, address="/", saved_at=timezone.now())
        return defaults.page_not_found(request, exception)

    monkeypatch.setattr(urls, "handler404", writing, raising=False)
    with taken_back():
        assert answer(visitor, "GET", addresses.of("panel", "foreign"))[0] == "hidden"

    with pytest.raises(AssertionError):
        check(visitor, addresses, "committee", [("panel", "foreign", "GET")])


def test_roles_of_the_policy_are_the_roles_of_the_world(world):
    assert world.bali.people.keys() == LOCAL
    assert world.everywhere.keys() == EVERYWHERE
