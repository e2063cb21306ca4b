"""Whoever judges, leads, runs or audits follows every link the portal offers: none is refused; and before declaring no
page says more to a juror than a name."""

import re
from collections import deque

import pytest
from django.urls import reverse

from awards.stages import Stage
from scoring.models import Declaration, Interview, Minutes, Panel, Seat
from tests import builders
from tests.access.world import CANARY, build
from tests.scoring.plenary.plenary import move_to

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a\b[^>]*?\shref="(/[^"#]*)')
ELSEWHERE = re.compile(r"^/(static|media|akun|accounts|en)/")
MOST = 900
"""Pages of one walk; a world has fewer."""
TOLD = (f"Bukti {CANARY}", f"Tidak berlaku {CANARY}", f"Komentar {CANARY}", f"Notulen {CANARY}")


@pytest.fixture
def world():
    return build()


def walk(client, start):
    """Address -> (status, text of the page, where the link stood), for everything that links lead to from here."""
    found, waiting = {}, deque([(start, "")])
    while waiting and len(found) < MOST:
        address, source = waiting.popleft()
        if address in found or ELSEWHERE.match(address):
            continue
        answer = client.get(address)
        is_page = answer["Content-Type"].startswith("text/html") and not answer.streaming
        text = answer.content.decode() if is_page else ""
        found[address] = answer.status_code, text, source
        waiting.extend((each.replace("&amp;", "&"), address) for each in LINK.findall(text))
        if answer.status_code == 302 and answer.url.startswith("/"):
            waiting.append((answer.url.partition("#")[0], address))
    assert len(found) < MOST
    return found


def refused(found):
    return {address: (status, source) for address, (status, _text, source) in found.items() if status >= 400}


def heard(place):
    """The candidate was heard, and what was said is written down."""
    of = place.nominations["INTERVIEW"]
    interview = Interview.objects.filter(nomination=of).first() or Interview.objects.create(
        nomination=of, starts_at="2024-05-06T04:00Z"
    )
    text = f"Notulen {CANARY}"
    Minutes.objects.create(interview=interview, version=1, text=text, written_by=place.people["secretary"])
    return of


@pytest.mark.parametrize("is_declared", [False, True])
def test_no_link_of_a_juror_is_refused(client, world, is_declared):
    of = heard(world.kalsel)
    if not is_declared:
        Declaration.objects.filter(seat=world.kalsel.seat).delete()
    client.force_login(world.kalsel.people["juror"])

    found = walk(client, reverse("home"))

    assert refused(found) == {}
    sheet = reverse("sheet", args=[of.selection.slug, of.pk])
    assert (reverse("sheets") in found, sheet in found) == (True, is_declared)


def test_before_declaring_a_juror_reads_names_only(client, world):
    of = heard(world.kalsel)
    Declaration.objects.filter(seat=world.kalsel.seat).delete()
    client.force_login(world.kalsel.people["juror"])

    found = walk(client, reverse("home"))

    told = {address: words for address, (_status, text, _source) in found.items() for words in TOLD if words in text}
    assert told == {}
    assert str(of) in found[reverse("declare", args=[of.selection.slug])][1]


@pytest.mark.parametrize("stage", [Stage.INTERVIEW, pytest.param(Stage.PLENARY, marks=pytest.mark.complete)])
def test_no_link_of_a_juror_is_refused_once_the_panel_is_closed(client, world, stage):
    of = heard(world.kalsel)
    Panel.objects.filter(selection=of.selection).update(
        closed_at="2024-05-06T04:00Z", closed_by=world.kalsel.people["chair"]
    )
    move_to(of.selection, stage)
    client.force_login(world.kalsel.people["juror"])

    assert refused(walk(client, reverse("home"))) == {}


@pytest.mark.parametrize("stage", [Stage.INTERVIEW, Stage.PLENARY])
def test_no_link_of_the_history_is_refused_to_an_assistant_who_has_not_declared(client, world, stage):
    of = heard(world.kalsel)
    helper = builders.person("Asisten")
    Seat.objects.filter(pk=world.kalsel.seat.pk).update(assistant_address=helper.email)
    move_to(of.selection, stage)
    client.force_login(helper)

    page = client.get(reverse("sheet-history", args=[of.selection.slug, of.pk])).content.decode()

    main = page[page.index('class="crumbs"') : page.index("</main>")]
    linked = {each for each in LINK.findall(main) if not ELSEWHERE.match(each)}
    assert {each: status for each in linked if (status := client.get(each).status_code) >= 400} == {}
    assert (reverse("sheet", args=[of.selection.slug, of.pk]) in linked) == (stage == Stage.INTERVIEW)


@pytest.mark.parametrize(
    "role",
    ["chair", *(pytest.param(each, marks=pytest.mark.complete) for each in ("committee", "secretary", "auditor"))],
)
def test_no_link_of_those_who_lead_run_or_audit_is_refused(client, world, role):
    client.force_login((world.kalsel.people | world.everywhere)[role])

    found = walk(client, reverse("home"))

    assert refused(found) == {}
    assert reverse("checks", args=[world.kalsel.selections["PLENARY"].slug]) in found
