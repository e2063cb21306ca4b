"""Every page for every role: nothing axe-core objects to, and nothing wider than a phone."""

import logging
import re
from hashlib import sha256
from pathlib import Path

import pytest
from django.http import HttpResponse

from tests.access.rules import EVERYBODY
from tests.access.world import World, build
from tests.journeys import pages_of

VENDOR = Path(__file__).parent / "vendor"
AXE = VENDOR / "axe-core-4.14.1" / "axe.min.js"
LEAST = 180
"""So many different pages at least; fewer would mean the walk went past them."""

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
FAULTS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.flatMap(
    fault => fault.nodes.map(node => `${fault.id}: ${node.target.join(" ")}: ${node.html.slice(0, 160)}`))"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def world(db) -> World:
    return build()


@pytest.fixture
def window(browser):
    """A window with axe in every page, and the pages it can be shown."""
    shown = {}
    with pages_of.served(shown) as host:
        calm = {"reduced_motion": "reduce", "service_workers": "block"}
        context = browser.new_context(base_url=host, viewport=DESK, locale="id-ID", **calm)
        context.add_init_script(path=AXE)
        yield context.new_page(), shown
        context.close()


@pytest.mark.complete
def test_every_page_of_every_role_is_free_of_axe_violations_and_fits_a_phone(client, world, window):
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    tab, shown = window
    shapes, faults = set(), []

    for persona in sorted(EVERYBODY):
        client.logout()
        if user := world.everywhere.get(persona) or world.bali.people.get(persona):
            client.force_login(user)
        for page in pages_of.pages(client, world, persona):
            if (shape := pages_of.shape(page)) not in shapes:
                shapes.add(shape)
                shown[page.address] = page.response
                faults += [f"{persona} {page.address} {fault}" for fault in faults_of(tab, page.address)]

    assert len(shapes) > LEAST
    assert faults == [], "\n".join(faults)


def faults_of(tab, address: str) -> list[str]:
    tab.set_viewport_size(DESK)
    tab.goto(address)
    found = tab.evaluate(FAULTS)
    tab.set_viewport_size(PHONE)
    wide = tab.evaluate(TOO_WIDE)
    return [*found, f"{wide} pixels too wide"] if wide else found


def test_the_walk_notices_a_fault_and_a_page_that_is_too_wide(window):
    """The positive control."""
    tab, shown = window
    shown["/"] = HttpResponse('<!doctype html><html lang="id"><title>x</title><main><h1>x</h1><img width=900></main>')

    first, *_others, last = faults_of(tab, "/")

    assert (first.partition(":")[0], last.partition(" ")[2]) == ("image-alt", "pixels too wide")


def test_axe_is_the_version_and_the_file_that_was_copied():
    (listed,) = re.findall(
        r"\| `([0-9a-f]{64})` \| `axe-core-4.14.1/axe.min.js` \|", (VENDOR / "README.md").read_text()
    )

    assert sha256(AXE.read_bytes()).hexdigest() == listed
