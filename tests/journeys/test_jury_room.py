"""A panel of nine on laptops and phones: from the declaration to the plenary, and what the chair sees on one screen."""

import pytest
from django.urls import reverse

from awards.models import Letter, Role
from paritrana.accounts import trail
from scoring.assignments.progress import Progress, progress
from scoring.models import Mark, Note, Panel, ScoreSheet
from scoring.plenary.dashboard import room
from tests import builders
from tests.journeys import bali
from tests.journeys.ballroom import PHONE, address, ready, standing, type_marks
from tests.journeys.test_look import TOO_WIDE
from tests.scoring.bench import bench
from tests.scoring.plenary.plenary import hand_in

pytestmark = pytest.mark.django_db(transaction=True)

LAPTOP = {"viewport": {"width": 1366, "height": 768}}
ROLES = [Role.CHAIR, Role.SECRETARY, *[Role.JUROR] * 7]
OFFLINE, LATE = 7, 8
"""Which of the nine loses the network, and which one never finishes."""
LINE = 48
"""Pixels of somebody who owes sheets: one line, however many there are."""
WITHIN = 2_000
"""Milliseconds in which a page says what is true once the network is back."""
SINCE_ONLINE = """() => {
    const before = document.querySelector('[data-device]').dataset.now;
    window.addEventListener('online', () => { window.backAt = performance.now(); }, { once: true, capture: true });
    new MutationObserver(() => {
        const now = document.querySelector('[data-device]').dataset.now;
        if (window.backAt && now !== before) window.took ??= performance.now() - window.backAt;
    }).observe(document.querySelector('[data-device]'), { attributes: true });
}"""


def at(judged, name, *more):
    return reverse(name, args=[judged.selection.slug, *more])


def test_nine_jurors_and_twelve_candidates_fit_one_laptop_screen(sign_in, photograph):
    judged = bench(nominations=12)
    seats = [judged.seat(role) for role in ROLES]
    for seat in seats[:5]:
        for nomination in judged.nominations[:7]:
            hand_in(seat, nomination, judged.marks(8_000, 7_000, 6_000))
    page = sign_in(seats[0].user, **LAPTOP)
    page.goto(at(judged, "chair-room"))
    late = [one.bounding_box()["height"] for one in page.locator("[data-due]").all()]
    table = page.locator("table.matrix")
    table.evaluate("(one) => one.scrollIntoView({ block: 'end', behavior: 'instant' })")

    box, bar = table.bounding_box(), page.locator(".topbar, header").first.bounding_box()
    assert (table.locator("tbody tr").count(), table.locator("thead th").count()) == (12, 11)
    assert box["y"] >= bar["y"] + bar["height"] and box["y"] + box["height"] <= LAPTOP["viewport"]["height"] + 1
    assert page.evaluate("(one) => one.scrollWidth - one.clientWidth", page.query_selector(".grid-scroll")) <= 0
    assert page.evaluate(TOO_WIDE) == 0
    assert (len(late), max(late) <= LINE) == (9, True)
    photograph(page, "matrix-9x12")


@pytest.mark.complete
def test_back_from_offline_a_sheet_says_what_is_true_within_two_seconds(sign_in):
    judged = bench(nominations=1)
    page = sign_in(judged.seat().user, **PHONE)
    page.goto(address(judged, 0))
    ready(page)
    took = []
    for mark in ("60", "61", "62"):
        page.context.set_offline(True)
        page.locator("input[data-box]").first.fill(mark)
        standing(page, "device")
        page.evaluate("() => { delete window.took; delete window.backAt; }")
        page.evaluate(SINCE_ONLINE)
        page.context.set_offline(False)
        standing(page, "server")
        took.append(page.evaluate("window.took"))

    assert min(took) <= WITHIN
    assert list(Mark.objects.values_list("value", flat=True)) == [6_200]


@pytest.mark.complete
def test_a_sheet_opened_without_a_network_shows_what_the_server_held_last(sign_in):
    judged = bench(nominations=1)
    page = sign_in(judged.seat().user, **PHONE)
    page.goto(reverse("sheets"))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(address(judged, 0))
    page.wait_for_selector("html[data-board=stored]")
    type_marks(page, "60", "70", "80")
    standing(page, "server")
    page.context.set_offline(True)
    page.reload()
    ready(page)

    assert [box.input_value() for box in page.locator("input[data-box]").all()] == ["60,00", "70,00", "80,00"]


@pytest.mark.complete
def test_nine_jurors_judge_from_the_declaration_to_the_plenary(sign_in, photograph):
    judged = bench(nominations=3)
    for role in ROLES:
        judged.seat(role, declared=False)
    committee = builders.committee(judged.selection)
    chair = None
    for number, seat in enumerate(judged.seats):
        page = sign_in(seat.user, **(PHONE if number % 2 else LAPTOP))
        chair = chair or page
        bali.declare(page, judged.selection)
        mark_everything(page, judged, number)
        hand_in_all(page, judged, photograph if number < 2 else None)
    told_who_is_late(chair, judged, photograph)
    close(chair, judged)
    discuss(chair, judged, photograph)
    bali.open_next_stage(sign_in(committee, **LAPTOP), judged.selection)
    read_in_the_plenary(chair, judged, photograph)

    held = progress(judged.seats, judged.nominations)
    absent = {key for key, state in held.items() if state == Progress.ABSENT}
    assert absent == {(judged.seats[LATE].pk, judged.nominations[2].pk)}
    assert ScoreSheet.objects.submitted().count() == 9 * 3 - 1
    assert list(trail.faults()) == []


def marks_for(number, candidate):
    """Evenly, but for the first criterion of the last candidate."""
    return ("40" if number % 2 else "95", "70", "75") if candidate == 2 else ("80", "70", "75")


def mark_everything(page, judged, number):
    page.goto(reverse("sheets"))
    page.wait_for_selector("html[data-board=stored]")
    for candidate in range(3):
        if (number, candidate) == (LATE, 2):
            return
        page.goto(address(judged, candidate))
        ready(page)
        if (number, candidate) == (OFFLINE, 1):
            page.context.set_offline(True)
            type_marks(page, *marks_for(number, candidate))
            standing(page, "device")
            page.context.set_offline(False)
        else:
            type_marks(page, *marks_for(number, candidate))
        standing(page, "server")


def hand_in_all(page, judged, photograph):
    """After a look at the own order."""
    page.goto(at(judged, "sheets-compare"))
    if photograph:
        photograph(page, f"own-marks-{page.viewport_size['width']}")
    page.click(f"main a[href='{at(judged, 'sheets-hand-in')}']")
    for box in page.locator("input[type=checkbox][name^=sheet_]").all():
        box.check()
    if photograph:
        photograph(page, f"hand-in-all-{page.viewport_size['width']}")
    bali.confirm(page)


def told_who_is_late(page, judged, photograph):
    late = judged.seats[LATE]
    page.goto(at(judged, "chair-room"))
    assert [each.get_attribute("data-due") for each in page.locator("[data-due]").all()] == [str(late.pk)]
    with page.expect_navigation():
        page.locator(f"[data-due='{late.pk}'] form button").first.click()
    assert Letter.objects.get().to == late.user
    assert "1 surat" in page.inner_text(f"[data-due='{late.pk}']")
    photograph(page, "chair-room-late")


def close(page, judged):
    page.goto(at(judged, "panel-close"))
    page.fill(f"[name=why_{judged.seats[LATE].pk}]", "Sakit, surat dokter terlampir")
    bali.confirm(page)
    assert Panel.objects.exclude(closed_at=None).count() == 1


def discuss(page, judged, photograph):
    """As soon as the panel is closed, before the plenary, without a mark."""
    last = judged.nominations[2]
    page.goto(at(judged, "chair-room"))
    assert page.get_attribute("[data-to-discuss]", "data-to-discuss") == "1"
    photograph(page, "chair-room-to-discuss")
    page.click(f"[data-to-discuss] a[href='{at(judged, 'chair-candidate', last.pk)}']")
    page.fill("textarea[name=text]", "Pleno membahas inovasi; nilai tetap")
    page.select_option("select[name=said_by]", str(judged.seats[1].pk))
    bali.confirm(page)
    assert (Note.objects.get().said_by, Note.objects.get().nomination) == (judged.seats[1], last)
    page.goto(at(judged, "chair-room"))
    assert page.get_attribute("[data-to-discuss]", "data-to-discuss") == "0"


def read_in_the_plenary(page, judged, photograph):
    """One path through the candidates, with every mark."""
    judged.selection.refresh_from_db()
    assert room(judged.selection, judged.seats[0].user).shows_marks
    page.goto(at(judged, "chair-candidate", judged.nominations[0].pk))
    for following in judged.nominations[1:]:
        page.click("a[rel=next]")
        page.wait_for_url(f"**{at(judged, 'chair-candidate', following.pk)}")
    assert page.locator("a[rel=next]").count() == 0
    assert "95,00" in page.inner_text("main")
    photograph(page, "chair-candidate-plenary")
