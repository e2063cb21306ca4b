"""A juror with a phone in a ballroom, from the invitation to the close of the panel: the network goes in the middle,
a tablet is faster, a colleague never comes, and every mark is accounted for."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from awards.letters import outbox
from awards.models import Role
from paritrana.accounts import trail
from paritrana.accounts.models import AuditEvent
from scoring.assignments.progress import Progress, progress
from scoring.models import Conflict, Delivery, Mark, Panel, Receipt, ScoreSheet, Seat, SeatChange
from scoring.panel import invitations
from scoring.sheets.offline import receipts
from tests import builders
from tests.journeys import bali
from tests.journeys.ballroom import PHONE, address, marks_of, ready, standing, type_marks
from tests.journeys.test_look import TOO_WIDE
from tests.scoring.bench import bench
from tests.scoring.panel import panels
from tests.scoring.plenary.plenary import hand_in

pytestmark = pytest.mark.django_db(transaction=True)

INVITED, PASSWORD = "juri.undangan@paritrana.example", "sandi-untuk-uji-luring"
CHAIRS = (7_500, 7_500, 7_500)
NAMELESS = """[...document.querySelectorAll('main [data-box]')]
    .filter((box) => !box.labels.length && !box.ariaLabel).length"""
# What the juror typed last about each of five candidates, wherever it was typed; the sixth is the conflict.
FINAL = [[8000, 8525, 7800], [7000, 7100, 7200], [6000, 6600, 6200], [6300, 6400, 6500], [9000, 9100, 9200]]


@pytest.fixture
def judged():
    """Six candidates; a chair who has handed in everything, and a juror who will not come."""
    made = bench(nominations=6)
    chair = made.seat(Role.CHAIR)
    for nomination in made.nominations:
        hand_in(chair, nomination, made.marks(*CHAIRS))
    made.seat(Role.JUROR)
    return made


def test_marks_survive_the_network_the_tab_and_a_second_device(judged, visitor, sign_in, photograph):
    phone = take_the_seat(judged, visitor(**PHONE), photograph)
    bali.declare(phone, judged.selection, judged.nominations[5])
    prepare(phone)
    score_two_on_the_server(phone, judged, photograph)
    phone = score_three_without_a_network(phone, judged, photograph)
    overtake(sign_in(judged.seats[2].user), judged)
    choose_between_both(phone, judged, photograph)
    look_at_the_receipt(phone, judged)
    for number in range(5):
        phone.goto(address(judged, number, "sheet-hand-in"))
        bali.confirm(phone)
    close_without_the_absent(sign_in(judged.seats[0].user), judged, photograph)

    account_for_every_mark(judged)
    sign_out(phone)


def take_the_seat(judged, page, photograph):
    """By the link in the letter, which opens an account and works once."""
    committee = builders.committee(judged.selection)
    terms = {"name": "Juri Undangan", "role": Role.JUROR, "element": "Serikat pekerja"}
    invitations.invite(judged.selection, email=INVITED, by=committee, **terms)
    outbox.send_waiting()
    link = re.search(r"/undangan/\S+/", mail.outbox[0].body).group()
    page.goto(link)
    photograph(page, "invitation-phone")
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    bali.confirm(page)
    page.fill("input[name=login]", INVITED)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(re.compile("/undangan/"))
    bali.confirm(page)
    panels.confirmed(SeatChange.objects.get())
    judged.seats.append(Seat.objects.get(appointment__user__email=INVITED))

    assert page.goto(link).status == 410
    return page


def prepare(page):
    """The device keeps the board and the empty page before the network goes."""
    page.goto(reverse("sheets"))
    page.wait_for_selector("html[data-board=stored]")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def own_marks(judged, number):
    return marks_of(judged, number, seat=judged.seats[2])


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

    assert [own_marks(judged, number) for number in (0, 1)] == FINAL[:2]


def score_three_without_a_network(page, judged, photograph):
    """One begun before the network goes; the tab leads on, is closed and opened again; two more from the kept board."""
    context = page.context
    page.goto(address(judged, 2))
    ready(page)
    context.set_offline(True)
    type_marks(page, "60", "61", "62")
    standing(page, "device")
    page.click("button[value=next]")
    page.wait_for_url(f"**{address(judged, 3)}")
    page.close()

    page = context.new_page()
    page.goto(address(judged, 2))
    ready(page)
    assert [box.input_value() for box in page.locator("input[data-box]").all()] == ["60", "61", "62"]
    assert (page.evaluate(TOO_WIDE), page.evaluate(NAMELESS)) == (0, 0)
    assert page.locator("[data-dossier] dt").count() == 2
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

    assert [own_marks(judged, number) for number in (2, 3, 4)] == [[], [], []]
    return page


def overtake(tablet, judged):
    """A second device fills the sheet that the phone holds unsent."""
    tablet.goto(address(judged, 2))
    ready(tablet)
    type_marks(tablet, "55", "66", "77")
    standing(tablet, "server")
    tablet.wait_for_selector("[data-receipt]:not([hidden])")


def choose_between_both(page, judged, photograph):
    """The tablet wrote 55, 66, 77 where the phone holds 60, 61, 62: mine, theirs, mine."""
    page.context.set_offline(False)
    page.goto(address(judged, 2))
    page.wait_for_selector("[data-clash]")
    photograph(page, "sheet-choice-phone")
    assert page.locator("[data-clash]").count() == 3
    assert own_marks(judged, 2) == [5500, 6600, 7700]
    assert Delivery.objects.filter(outcome="clash").count() == 3

    for mark, choice in [(0, 0), (1, 1), (2, 0)]:
        line = page.locator(f"[data-clash=mark_{judged.marked[mark].pk}]")
        line.locator("button").nth(choice).click()
        line.wait_for(state="detached")
    standing(page, "server")
    assert own_marks(judged, 2) == FINAL[2]


def look_at_the_receipt(page, judged):
    digest = page.get_attribute("[data-receipt]", "data-digest")
    assert AuditEvent.objects.filter(verb="sheet.receipt", detail__digest=digest).count() == 1
    assert receipts.is_current(Receipt.objects.get(digest=digest))
    page.goto(reverse("sheets-receipts", args=[judged.selection.slug]))
    assert digest in page.inner_text("main")


def close_without_the_absent(page, judged, photograph):
    absent = judged.seats[1]
    page.goto(reverse("chair-room", args=[judged.selection.slug]))
    page.click(f"a[href='{reverse('panel-close', args=[judged.selection.slug])}']")
    owing = page.locator("[data-due]").all()
    assert [line.get_attribute("data-due") for line in owing] == [str(absent.pk)]
    page.fill(f"[name=why_{absent.pk}]", "Sakit, surat dokter terlampir")
    photograph(page, "panel-close")
    bali.confirm(page)
    page.wait_for_selector("[data-panel-closed]")
    photograph(page, "chair-room-closed")

    assert Panel.objects.get().closed_by == judged.seats[0].user


def account_for_every_mark(judged):
    """What the database holds of everybody is what was typed, once each, and the absent juror has no mark at all."""
    chair, absent, juror = judged.seats
    expected = {(chair.pk, each.pk): list(CHAIRS) for each in judged.nominations}
    expected |= {(juror.pk, each.pk): marks for each, marks in zip(judged.nominations, FINAL, strict=False)}
    held = {}
    rows = Mark.objects.order_by("criterion__order").values_list("sheet__seat", "sheet__nomination", "value")
    for seat, nomination, value in rows:
        held.setdefault((seat, nomination), []).append(value)
    assert held == expected
    versions = [mark.versions.order_by("version").values_list("value", flat=True) for mark in overtaken_marks(judged)]
    assert [list(values) for values in versions] == [[5500, 6000], [6600], [7700, 6200]]
    told = progress(judged.seats, judged.nominations)
    states = [{told[seat.pk, each.pk] for each in judged.nominations[:5]} for seat in judged.seats]
    assert states == [{Progress.HANDED_IN}, {Progress.ABSENT}, {Progress.HANDED_IN}]
    assert ScoreSheet.objects.submitted().count() == len(expected)
    assert (Conflict.objects.get().seat, Conflict.objects.get().nomination) == (juror, judged.nominations[5])
    assert list(trail.faults()) == []


def overtaken_marks(judged):
    both = Mark.objects.filter(sheet__seat=judged.seats[2], sheet__nomination=judged.nominations[2])
    return both.order_by("criterion__order")


def sign_out(page):
    """With it the device forgets the key and everything it kept."""
    kept = "indexedDB.databases().then((found) => found.filter((one) => one.name.startsWith('paritrana-marks')).length)"
    assert page.evaluate(kept) == 1
    page.goto(reverse("account_logout"))
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: reverse("account_logout") not in url)
    assert page.evaluate(kept) == 0
