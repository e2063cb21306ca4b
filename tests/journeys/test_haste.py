"""A juror who is faster than the page, on a machine or a network that is slow, and whose finger slips."""

import re

import pytest

from awards.models import Role
from scoring.models import ScoreSheet
from tests.journeys import bali
from tests.journeys.ballroom import PHONE, address, marks_of, ready, standing, type_marks
from tests.scoring.bench import bench

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def judged():
    made = bench(nominations=1)
    made.seat(Role.JUROR)
    return made


@pytest.fixture
def phone(judged, sign_in):
    return sign_in(judged.seats[0].user, **PHONE)


class Gate:
    """Holds back what the page asks for at an address until it is opened."""

    def __init__(self, page, address):
        self.held, self.is_open = [], False
        page.route(address, self.pass_or_hold)

    def pass_or_hold(self, route):
        if self.is_open:
            route.continue_()
        else:
            self.held.append(route)

    def open(self):
        self.is_open = True
        for route in self.held:
            route.continue_()


SCRIPT = re.compile(r"/js/marks/page\b")
DELIVERY = re.compile(r"/terima/$")
LONGER_THAN_GOING_ON_WAITS = 4_500


def handed_in(page, judged):
    """The last look is reached and confirmed; what the server then holds."""
    page.wait_for_url(f"**{address(judged, 0, 'sheet-hand-in')}")
    bali.confirm(page)
    return marks_of(judged, 0), ScoreSheet.objects.submitted().count()


def test_what_is_typed_before_the_page_has_started_is_handed_in_too(judged, phone):
    gate = Gate(phone, SCRIPT)
    phone.goto(address(judged, 0), wait_until="commit")
    phone.wait_for_selector("button[value=hand-in]")
    type_marks(phone, "80", "70,5", "60")
    gate.open()
    ready(phone)

    phone.click("button[value=hand-in]")

    assert handed_in(phone, judged) == ([8000, 7050, 6000], 1)


@pytest.mark.complete
def test_handing_in_waits_for_marks_that_are_still_on_their_way(judged, phone):
    phone.goto(address(judged, 0))
    ready(phone)
    gate = Gate(phone, DELIVERY)
    type_marks(phone, "80", "70,5", "60")

    phone.click("button[value=hand-in]")
    phone.wait_for_timeout(LONGER_THAN_GOING_ON_WAITS)
    gate.open()

    assert handed_in(phone, judged) == ([8000, 7050, 6000], 1)


def test_handing_in_without_a_network_stays_on_the_sheet(judged, phone):
    phone.goto(address(judged, 0))
    ready(phone)
    phone.context.set_offline(True)
    type_marks(phone, "80", "70,5", "60")

    phone.click("button[value=hand-in]")
    standing(phone, "device")
    phone.wait_for_selector("form[data-hand-in]:not([aria-busy])")  # it has given up going on
    phone.context.set_offline(False)
    standing(phone, "server")

    assert phone.url.endswith(address(judged, 0))
    assert (marks_of(judged, 0), ScoreSheet.objects.submitted().count()) == ([8000, 7050, 6000], 0)


@pytest.mark.complete
def test_what_the_server_refuses_is_told_beside_its_box_until_it_is_mended(judged, phone):
    phone.goto(address(judged, 0))
    ready(phone)
    box = phone.locator("input[data-box]").first
    box.fill("150")
    phone.wait_for_selector("[data-refusal]")
    refused = (box.get_attribute("aria-invalid"), phone.locator("[data-refusal]").count())

    box.fill("80")
    phone.wait_for_selector("[data-refusal]", state="detached")

    assert (refused, box.get_attribute("aria-invalid"), marks_of(judged, 0)) == (("true", 1), None, [8000])
