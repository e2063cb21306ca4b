"""Whoever has left: an ended appointment, posting, seat or door leaves its holder what a stranger has, everywhere."""

import pytest
from django.urls import reverse

from paritrana.accounts.models import User
from scoring.models import Conflict, Seat
from tests import builders as make
from tests.access.conftest import frames_kept
from tests.access.outcomes import FORMER, TOLD_THAT_IT_ENDED
from tests.access.personas import retired
from tests.access.policy import POLICY
from tests.access.visiting import answer
from tests.access.world import CANARY
from tests.once import taken_back

NEAREST = ["committee", "branch", "assistant"]
"""One of each kind of former role; the rest is asked by ``manage.py test --thorough``."""
FURTHER = sorted({*FORMER} - {*NEAREST})


def visits(place):
    """Every address of something of this place, by each of its methods."""
    for name, rule in POLICY.items():
        if rule.of:
            for method in rule.methods:
                yield method, name, reverse(name, kwargs=rule.of(place))


def outcomes(client, user: User, addresses) -> dict[tuple[str, str], str]:
    client.force_login(user)
    found = {}
    with frames_kept():
        for method, name, address in addresses:
            with taken_back():
                found[method, name] = answer(client, method, address)[0]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("role", [*NEAREST, *(pytest.param(each, marks=pytest.mark.complete) for each in FURTHER)])
def test_whoever_has_left_has_what_a_stranger_has(client, world, role):
    addresses = list(visits(world.bali))
    stranger = outcomes(client, make.person("Orang luar"), addresses)

    left = outcomes(client, retired(world, role), addresses)

    different = {visit: outcome for visit, outcome in left.items() if outcome != stranger[visit]}
    assert different == {("GET", name): "gone" for persona, name in TOLD_THAT_IT_ENDED if persona == f"former {role}"}


def test_a_stranger_is_refused_nearly_everywhere(client, world):
    """The control: what is compared with is not open by itself."""
    stranger = outcomes(client, make.person("Orang luar"), list(visits(world.bali)))

    assert list(stranger.values()).count("hidden") > len(stranger) * 3 / 4


RECORDS = {
    "juror": [],
    "chair": [],
    "secretary": ["interview-attendance", "nomination"],
}
"""A secretary with a conflict goes on recording who came, and sees what the committee sees; marks stay hidden."""


@pytest.mark.parametrize("role", ["juror", "chair", "secretary"])
def test_whoever_keeps_out_of_a_candidate_reaches_nothing_else_of_it(client, world, role):
    place = world.bali
    excluded = place.nominations["INTERVIEW"], place.nominations["PLENARY"]
    for nomination in excluded:
        seat = Seat.objects.get(panel__selection=nomination.selection, appointment__user=place.people[role])
        Conflict.objects.create(
            seat=seat, nomination=nomination, kind="recusal", reason=CANARY, declared_by=place.people["secretary"]
        )
    client.force_login(place.people[role])
    open_to = set()
    for name, rule in POLICY.items():
        arguments = rule.of(place) if rule.of else {}
        key = arguments.get("nomination", arguments.get("pk"))
        if key not in {each.pk for each in excluded} or not ({"pk", "nomination"} & arguments.keys()):
            continue
        for method in rule.methods:
            with taken_back():
                outcome = answer(client, method, reverse(name, kwargs=arguments))[0]
            if outcome == "allowed":
                open_to.add(name)

    assert sorted(open_to) == RECORDS[role]
