"""A juror with a phone in a ballroom: the network goes in the middle, a tablet is faster, and no mark is lost."""

import pytest
from django.urls import reverse

from awards.models import Role
from paritrana.accounts import trail
from paritrana.accounts.models import AuditEvent
from scoring import receipts
from scoring.models import Conflict, Delivery, Mark, Receipt, ScoreSheet
from tests.journeys import bali
from tests.journeys.test_look import TOO_WIDE
from tests.scoring.bench import bench

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "sandi-untuk-uji-luring"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


NAMELESS = """[...document.querySelectorAll('main [data-box]')]
    .filter((box) => !box.labels.length && !box.ariaLabel).length"""


@pytest.fixture
def judged():
    made = bench(nominations=6)
    seat = made.seat(Role.JUROR, declared=False)
    seat.user.set_password(PASSWORD)
    seat.user.save()
    return made


def address(judged, number, name="sheet"):
    return reverse(name, args=[judged.selection.slug, judged.nominations[number].pk])


def type_marks(page, *marks):
    for box, mark in zip(page.locator("input[data-box]").all(), marks, strict=True):
        box.fill(mark)


def standing(page, state):
    """Wait until the page says that everything is on the server, or on this device."""
    page.wait_for_selector(f"[data-device][data-now={state}]", state="attached")


def ready(page):
    page.wait_for_selector("html[data-marks=ready]")


def marks_of(judged, number):
    held = Mark.objects.filter(sheet__nomination=judged.nominations[number]).order_by("criterion__order")
    return list(held.values_list("value", flat=True))


def test_marks_survive_the_network_the_tab_and_a_second_device(judged, sign_in, photograph):
    email = judged.seats[0].user.email
    phone = sign_in(email, PASSWORD, **PHONE)
    bali.declare(phone, judged.selection, judged.nominations[5])
    prepare(phone)
    score_two_on_the_server(phone, judged, photograph)
    phone = score_three_without_a_network(phone, judged, photograph)

    tablet = sign_in(email, PASSWORD)
    tablet.goto(address(judged, 2))
    ready(tablet)
    type_marks(tablet, "55", "66", "77")
    standing(tablet, "server")
    tablet.wait_for_selector("[data-receipt]:not([hidden])")

    choose_between_both(phone, judged, photograph)
    digest = phone.get_attribute("[data-receipt]", "data-digest")
    assert AuditEvent.objects.filter(verb="sheet.receipt", detail__digest=digest).count() == 1
    assert receipts.is_current(Receipt.objects.get(digest=digest))
    phone.goto(reverse("sheets-receipts", args=[judged.selection.slug]))
    assert digest in phone.inner_text("main")

    for number in range(5):
        phone.goto(address(judged, number, "sheet-hand-in"))
        bali.confirm(phone)
    assert every_mark(judged) == [
        [8000, 8525, 7800],
        [7000, 7100, 7200],
        [6000, 6600, 6200],
        [6300, 6400, 6500],
        [9000, 9100, 9200],
        [],
    ]
    assert ScoreSheet.objects.submitted().count() == 5
    assert Conflict.objects.get().nomination == judged.nominations[5]
    assert list(trail.faults()) == []
    sign_out(phone)


def every_mark(judged):
    return [marks_of(judged, number) for number in range(6)]


def prepare(page):
    """The device keeps the board and the empty page before the network goes."""
    page.goto(reverse("sheets"))
    page.wait_for_selector("html[data-board=kept]")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def score_two_on_the_server(page, judged, photograph):
    page.goto(address(judged, 0))
    ready(page)
    type_marks(page, "80", "85,25", "78")
    standing(page, "server")
    photograph(page, "sheet-phone")
    page.click("button[value=next]")
    page.wait_for_url(f"**{address(judged, 1)}")
    ready(page)
    type_marks(page, "70", "71", "72")
    standing(page, "server")

    assert every_mark(judged)[:2] == [[8000, 8525, 7800], [7000, 7100, 7200]]


def score_three_without_a_network(page, judged, photograph):
    """One begun before the network goes; the tab is closed and opened again; two more from the kept board alone."""
    context = page.context
    page.goto(address(judged, 2))
    ready(page)
    context.set_offline(True)
    type_marks(page, "60", "61", "62")
    standing(page, "device")
    page.close()

    page = context.new_page()
    page.goto(address(judged, 2))
    ready(page)
    assert [box.input_value() for box in page.locator("input[data-box]").all()] == ["60", "61", "62"]
    assert (page.evaluate(TOO_WIDE), page.evaluate(NAMELESS)) == (0, 0)
    photograph(page, "sheet-offline-phone")
    for number, marks in [(3, ("63", "64", "65")), (4, ("90", "91", "92"))]:
        page.click("button[value=next]")
        page.wait_for_url(f"**{address(judged, number)}")
        ready(page)
        type_marks(page, *marks)
        standing(page, "device")
    page.goto(reverse("sheets"))
    ready(page)
    assert page.locator("a.task-title").count() == 5
    photograph(page, "sheets-offline-phone")

    assert every_mark(judged)[2:5] == [[], [], []]
    return page


def choose_between_both(page, judged, photograph):
    """The tablet wrote 55, 66, 77 where the phone holds 60, 61, 62: mine, theirs, mine."""
    page.context.set_offline(False)
    page.goto(address(judged, 2))
    page.wait_for_selector("[data-clash]")
    photograph(page, "sheet-choice-phone")
    assert page.locator("[data-clash]").count() == 3
    assert marks_of(judged, 2) == [5500, 6600, 7700]
    assert Delivery.objects.filter(outcome="clash").count() == 3

    for mark, choice in [(0, 0), (1, 1), (2, 0)]:
        line = page.locator(f"[data-clash=mark_{judged.marked[mark].pk}]")
        line.locator("button").nth(choice).click()
        line.wait_for(state="detached")
    standing(page, "server")
    assert marks_of(judged, 2) == [6000, 6600, 6200]


def sign_out(page):
    """With it the device forgets the key and everything it kept."""
    kept = "indexedDB.databases().then((found) => found.filter((one) => one.name.startsWith('paritrana-marks')).length)"
    assert page.evaluate(kept) == 1
    page.goto(reverse("account_logout"))
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: reverse("account_logout") not in url)
    assert page.evaluate(kept) == 0
