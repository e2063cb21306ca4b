"""A score sheet on a laptop and on a phone: evidence beside the marks or one press away, the total always in sight."""

import pytest

from awards.models import Role
from tests.journeys.ballroom import PHONE, address, ready, type_marks
from tests.journeys.test_look import TOO_WIDE
from tests.scoring.bench import bench

pytestmark = pytest.mark.django_db(transaction=True)

LAPTOP = {"viewport": {"width": 1366, "height": 768}}


@pytest.fixture
def judged():
    made = bench(nominations=1)
    made.seat(Role.JUROR)
    return made


def test_on_a_laptop_evidence_stands_beside_the_marks_down_to_the_last(judged, sign_in, photograph):
    page = sign_in(judged.seats[0].user, **LAPTOP)
    page.goto(address(judged, 0))
    ready(page)
    type_marks(page, "80", "85,25", "78")
    photograph(page, "sheet-laptop")
    page.locator("textarea[name=remark]").scroll_into_view_if_needed()

    marks, evidence = page.locator("#nilai").bounding_box(), page.locator("#bukti").bounding_box()
    assert marks["x"] + marks["width"] <= evidence["x"]
    assert 0 <= evidence["y"] < LAPTOP["viewport"]["height"] / 2
    assert not page.locator(".sheet-tabs").is_visible()
    assert total_in_sight(page) == "24,43"


@pytest.mark.parametrize("scripts", [True, pytest.param(False, marks=pytest.mark.complete)])
def test_on_a_phone_one_press_changes_between_evidence_and_marks(judged, sign_in, photograph, scripts):
    page = sign_in(judged.seats[0].user, **PHONE, java_script_enabled=scripts)
    page.goto(address(judged, 0))
    marks, evidence = page.locator("#nilai"), page.locator("#bukti")

    assert (marks.is_visible(), evidence.is_visible()) == (True, False)
    type_marks(page, "80", "85,25", "78")
    page.click(".sheet-tabs a[href='#bukti']")
    assert (marks.is_visible(), evidence.is_visible()) == (False, True)
    if scripts:
        assert total_in_sight(page) == "24,43"
        assert page.evaluate(TOO_WIDE) == 0
        photograph(page, "sheet-evidence-phone")
    page.click(".sheet-tabs a[href='#nilai']")
    assert (marks.is_visible(), evidence.is_visible()) == (True, False)
    assert [box.input_value().removesuffix(",00") for box in page.locator("input[data-box]").all()] == [
        "80",
        "85,25",
        "78",
    ]


def total_in_sight(page):
    """The running total, once it is on the screen without scrolling."""
    box = page.locator("[data-running]").bounding_box()
    assert 0 <= box["y"] <= page.viewport_size["height"] - box["height"]
    return page.inner_text("[data-running]")
