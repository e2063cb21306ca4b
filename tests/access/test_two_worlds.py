"""Blindness: two worlds that differ in one hidden mark, or its words, answer alike to everybody who may not see it.

The worlds are one database before and after the change, with everything derived from it computed anew. Every address of
the policy is asked with GET, also with the selection and the candidate that hold the hidden mark.
"""

import io
import re
import zipfile
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.stages import Stage
from scoring.models import Mark, MarkVersion, Panel, Remark, ScoreSheet
from scoring.standings import store
from tests.access.conftest import frames_kept, refusals_kept
from tests.access.personas import whoever
from tests.access.policy import POLICY
from tests.access.rules import EVERYBODY
from tests.access.visiting import TOKEN

VOLATILE = re.compile(
    r"(?:Dicetak|Printed) [^<·]*|DTSTAMP:\S+|:[A-Za-z0-9]{6}:[\w-]{43}(?=\")|(?:/|%2F)[\w-]{43}(?=/|%2F)"
)
"""The moment in which somebody asked, where the clock below is not what tells it, as of printers and calendars; and
what is drawn by lot for every answer: signatures, links that work once.
"""
OWNER = "juror"
NEAREST = ["chair"]
"""Who works closest to the marks of the others; the rest is asked by ``manage.py test --thorough``."""
FURTHER = sorted(EVERYBODY - {OWNER, *NEAREST})


@pytest.fixture
def world(world):
    for seat in Panel.objects.get(selection=hidden(world).selections["INTERVIEW"]).seats.exclude(pk=world.bali.seat.pk):
        hand_in(ScoreSheet.objects.get(seat=seat))
    return world


def hidden(world):
    return world.bali


def hand_in(sheet):
    ScoreSheet.objects.filter(pk=sheet.pk).update(submitted_at="2024-05-02T00:00Z", submitted_by=sheet.seat.user)


def the_sheet(world):
    return ScoreSheet.objects.get(seat=world.bali.seat)


def change_mark(world):
    mark = the_sheet(world).marks.get()
    Mark.objects.filter(pk=mark.pk).update(value=1234)
    MarkVersion.objects.create(mark=mark, value=1234, version=2, written_by=world.bali.seat.user)


def change_words(world):
    sheet = the_sheet(world)
    Remark.objects.create(sheet=sheet, text="Kata rahasia", version=2, written_by=world.bali.seat.user)
    ScoreSheet.objects.filter(pk=sheet.pk).update(version=7, saved_at="2024-05-03T03:21Z")


def asked(world, part=""):
    """Every GET of the policy with ``part`` in it: with its own arguments, and with what holds the hidden mark."""
    interview = world.bali.selections["INTERVIEW"]
    nomination = world.bali.nominations["INTERVIEW"]
    found = set()
    for name, rule in POLICY.items():
        if "GET" not in rule.methods or name == "metrics":  # those count the requests themselves
            continue
        own = rule.of(world.bali) if rule.of else {}
        found.add(reverse(name, kwargs=own))
        if "slug" in own and own["slug"] in {each.slug for each in world.bali.selections.values()}:
            found.add(reverse(name, kwargs=own | {"slug": interview.slug}))
        if "pk" in own and own["pk"] in {each.pk for each in world.bali.nominations.values()}:
            there = own | {"pk": nomination.pk} | ({"slug": interview.slug} if "slug" in own else {})
            found.add(reverse(name, kwargs=there))
    return sorted(address for address in found if part in address)


def answers(client, addresses, moment):
    """Everything the address answered at this moment: status, headers and bytes, without tokens."""
    with frames_kept(), refusals_kept(), mock.patch.object(timezone, "now", return_value=moment):
        return {address: told(client.get(address)) for address in addresses}


def told(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = VOLATILE.sub("", TOKEN.sub("", unpacked(body).decode(errors="replace")))
    return response.status_code, response.headers.get("Location", ""), text


def unpacked(body):
    """A workbook's parts, but for the one that tells when it was made; anything else as it is."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return b"".join(book.read(name) for name in sorted(book.namelist()) if name != "docProps/core.xml")


def different(client, world, change, persona, part=""):
    """The addresses that answer this person otherwise after the change."""
    if user := whoever(world, persona):
        client.force_login(user)
    addresses, moment = asked(world, part), timezone.now()
    store.refresh(world.bali.selections["INTERVIEW"])
    before = answers(client, addresses, moment)
    change(world)
    store.refresh(world.bali.selections["INTERVIEW"])
    after = answers(client, addresses, moment)
    return [address for address in addresses if before[address] != after[address]]


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("persona", [*NEAREST, *(pytest.param(each, marks=pytest.mark.complete) for each in FURTHER)])
def test_a_hidden_mark_changes_no_answer(client, world, persona):
    """Of a sheet that is handed in, everywhere; of a draft, at every address of the selection and its sheets."""
    selection = world.bali.selections["INTERVIEW"].slug

    of_a_draft = different(client, world, change_words, persona, selection)
    hand_in(the_sheet(world))

    assert of_a_draft == []
    assert different(client, world, change_mark, persona) == []


@pytest.mark.slow
@pytest.mark.once
def test_the_comparison_sees_what_the_owner_sees(client, world):
    """The positive control: the juror's own pages do differ, and no others."""
    own = {
        reverse(name, args=arguments)
        for name, arguments in [
            ("sheet", [world.bali.selections["INTERVIEW"].slug, world.bali.nominations["INTERVIEW"].pk]),
            ("sheet-history", [world.bali.selections["INTERVIEW"].slug, world.bali.nominations["INTERVIEW"].pk]),
            ("sheet-hand-in", [world.bali.selections["INTERVIEW"].slug, world.bali.nominations["INTERVIEW"].pk]),
            ("sheets-board", [world.bali.selections["INTERVIEW"].slug]),
            ("sheets-compare", [world.bali.selections["INTERVIEW"].slug]),
            ("sheets", []),
        ]
    }

    assert set(different(client, world, change_mark, OWNER, "/penilaian/")) == own


@pytest.mark.slow
@pytest.mark.once
def test_a_planted_leak_is_found(client, world, monkeypatch):
    """The positive control: were the rule of the panel to open too early, the chair's page of the peers would tell."""
    Panel.objects.update(visibility=Panel.Visibility.AFTER_OWN)
    hand_in(the_sheet(world))
    address = reverse(
        "sheet-peers", args=[world.bali.selections["INTERVIEW"].slug, world.bali.nominations["INTERVIEW"].pk]
    )

    assert different(client, world, change_mark, "chair", "/penilaian/") == [address]


@pytest.mark.slow
@pytest.mark.once
def test_own_marks_only_stays_so_at_every_stage(client, world):
    Panel.objects.update(visibility=Panel.Visibility.OWN)
    place = world.bali
    client.force_login(place.people["juror"])

    told = {
        stage: client.get(reverse("sheet-peers", args=[place.selections[stage].slug, place.nominations[stage].pk]))
        for stage in ("INTERVIEW", "PLENARY", "SEALED", "ANNOUNCED")
    }

    assert {stage: answer.status_code for stage, answer in told.items()} == dict.fromkeys(told, 403)
    assert Stage(place.selections["PLENARY"].stage) == Stage.PLENARY
