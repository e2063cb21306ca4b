"""The sealed result before its moment: whatever it says, every address answers alike to those who may not read it yet.

The worlds are one database before and after the sealed document, the stored places and the papers say something else.
Pages, files, feeds, the search, what a device keeps: all are addresses of the policy, asked by GET and by POST.
"""

import json
from unittest import mock

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from awards.models import Letter
from paritrana import triggers
from scoring.models import Document, Panel, Seal, Standing
from tests.access.conftest import frames_kept, refusals_kept
from tests.access.personas import whoever
from tests.access.policy import POLICY
from tests.access.test_two_worlds import told
from tests.once import taken_back

pytestmark = [pytest.mark.slow, pytest.mark.once, pytest.mark.complete]
WAITING = ["juror", "assistant", "branch", "contact", "officer", "head", "anonymous", "stranger"]
OFFSET = 111
"""Hundredths of a point by which the other result differs."""


def asked(world):
    """Every address of the policy by its methods, also with the selection and the nomination that are sealed."""
    place = world.bali
    sealed, nomination = place.selections["SEALED"].slug, place.nominations["SEALED"].pk
    found = set()
    for name, rule in POLICY.items():
        own = rule.of(place) if rule.of else {}
        there = dict(own)
        if own.get("slug") in {each.slug for each in place.selections.values()}:
            there["slug"] = sealed
        if own.get("pk") in {each.pk for each in place.nominations.values()}:
            there["pk"] = nomination
        if name != "metrics":  # which counts the requests themselves
            found |= {(method, reverse(name, kwargs=each)) for method in rule.methods for each in (own, there)}
    return sorted(found)


def answers(client, addresses, moment):
    found = {}
    with frames_kept(), refusals_kept(), mock.patch.object(timezone, "now", return_value=moment):
        for method, address in addresses:
            with taken_back():
                found[method, address] = told(client.generic(method, address))
    return found


def say_otherwise(world):
    """Another total and another name in everything that is kept of the sealed result."""
    seal = Seal.objects.get(current_of=world.bali.selections["SEALED"])
    rows = Standing.objects.filter(selection=seal.selection_id)
    total = rows.get().total
    changed = {
        "payload": seal.payload.replace(str(total), str(total - OFFSET)),
        "winners": json.loads(json.dumps(seal.winners).replace("terbaik", "terbaik-lain")),
    }
    assert changed["payload"] != seal.payload
    with triggers.lifted(connection):
        Seal.objects.filter(pk=seal.pk).update(**changed)
        rows.update(total=total - OFFSET)
        Document.objects.filter(seal=seal).update(content=b"%PDF-lain", subject={"name": "Lain"})


def different(client, world, persona):
    if user := whoever(world, persona):
        client.force_login(user)
    addresses, moment = asked(world), timezone.now()
    before = answers(client, addresses, moment)
    with taken_back():
        say_otherwise(world)
        after = answers(client, addresses, moment)
    return sorted(" ".join(one) for one in addresses if before[one] != after[one])


@pytest.mark.parametrize("persona", WAITING)
def test_no_answer_depends_on_the_result_before_it_is_announced(client, world, persona):
    assert different(client, world, persona) == []


def test_the_comparison_sees_what_the_chair_reads(client, world):
    """The positive control; and where the rule of the panel says so, a juror reads it at once."""
    result = f"GET {reverse('result', args=[world.bali.selections['SEALED'].slug])}"

    assert result in different(client, world, "chair")
    Panel.objects.filter(selection=world.bali.selections["SEALED"]).update(early_result=True)
    assert result in different(client, world, "juror")


def test_no_letter_tells_of_the_result_before_it_is_announced(world):
    sealed = world.bali.selections["SEALED"]

    told_of_it = [
        letter
        for letter in Letter.objects.filter(selection=sealed)
        if letter.to in {world.bali.people["juror"], world.bali.people["contact"], world.bali.people["branch"]}
    ]
    assert told_of_it == []
