"""A branch of another area, in the same province and office: it shares the selection, and nothing of this area.

What an address names is found by what its arguments depend on, so a new address needs no entry here.
"""

import pytest
from django.urls import reverse

from tests import builders as make
from tests.access.conftest import frames_kept
from tests.access.outcomes import COUNTRY_WIDE
from tests.access.policy import POLICY
from tests.access.rules import EVERYBODY
from tests.access.visiting import answer
from tests.access.world import Place
from tests.once import taken_back

OF_THE_AREA = ("nominations", "company", "twin", "evidence", "comment", "proof", "correction", "exemption", "region")


def of_an_area(place: Place, other: Place) -> dict[str, list[str]]:
    """Address -> what of the area its arguments name; not what is everybody's or the whole province's."""
    found = {}
    for name, rule in POLICY.items():
        if rule.of is None or rule.allow == EVERYBODY or name in COUNTRY_WIDE or "key" in rule.absent:
            continue
        own = rule.of(place)
        if place.region.parent.code in own.values():
            continue
        named = [field for field in OF_THE_AREA if rule.of(place._replace(**{field: getattr(other, field)})) != own]
        if named:
            found[name] = named
    return found


@pytest.mark.slow
def test_to_a_branch_of_another_area_nothing_of_this_one_exists(client, world):
    neighbour = make.branch_staff(make.regency("51.09", "Kabupaten Contoh"), name="Bali Lain")
    client.force_login(neighbour)
    opened = []
    with frames_kept():
        for name in of_an_area(world.bali, world.kalsel):
            address = reverse(name, kwargs=POLICY[name].of(world.bali))
            for method in POLICY[name].methods:
                with taken_back():
                    outcome = answer(client, method, address)[0]
                is_used_by_branches = "branch" in POLICY[name].allow  # the others refuse before they look for a row
                if outcome == "allowed" or (is_used_by_branches and outcome != "hidden"):
                    opened.append(f"{method} {name}: {outcome}")

    assert opened == []


def test_what_is_of_an_area_is_most_of_what_names_a_candidate(world):
    """The control: the addresses are found, and the branch of the area opens many of them."""
    found = of_an_area(world.bali, world.kalsel)

    assert len(found) > 60, sorted(found)
    assert {"nomination", "candidate", "evidence", "coverage-edit", "correction", "candidate-copy"} <= found.keys()
    assert len([name for name in found if "branch" in POLICY[name].allow]) > 20
