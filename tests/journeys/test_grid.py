"""A branch at the grid: a block pasted from a spreadsheet, keys, what the server says of it, and saving."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from regions.models import Coverage, CoverageDraft
from tests.builders import branch_staff, coverage, definition, regency, segment

pytestmark = pytest.mark.django_db(transaction=True)

YEAR = timezone.localdate().year - 1
BLOCK = "1.000\t400\n2.000\t1,234\n12O\t7\n"
"""Four columns wide would be both years; this is workers and participants of three segments, with two mistakes."""


@pytest.fixture
def staff(transactional_db):
    for code in ("PU", "BPU", "JAKON"):
        segment(code)
    definition("regency or city")
    area = [regency("51.01", "Kabupaten Jembrana"), regency("51.02", "Kabupaten Tabanan")]
    coverage(area[0], YEAR - 1, "PU", workers=1000, participants=300)
    return branch_staff(*area)


@pytest.fixture
def grid(sign_in, staff):
    page = sign_in(staff)
    page.goto(reverse("coverage"))
    page.click(f"main a[href='{reverse('coverage-grid')}']")
    page.wait_for_selector("[data-grid]")
    page.wait_for_load_state()  # with its scripts: what is pasted before nobody spreads
    return page


def box(name, code, region="51.01", year=YEAR):
    return f"[name='{name}-{region}-{year}-{code}']"


def paste(page, where, text):
    page.focus(where)
    page.evaluate(
        """([selector, text]) => {
            const carried = new DataTransfer();
            carried.setData("text/plain", text);
            const paste = new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true });
            document.querySelector(selector).dispatchEvent(paste);
        }""",
        [where, text],
    )


def kept(page):
    """Wait until what was typed is on the server."""
    page.wait_for_selector("[data-kept] [data-figure]", state="attached")
    page.wait_for_function("() => document.querySelector('[data-said]').textContent === ''")


def test_a_pasted_block_is_spread_kept_checked_mended_and_saved(grid, photograph):
    page = grid
    paste(page, box("workers", "PU"), BLOCK)
    assert page.input_value(box("participants", "BPU")) == "1,234"
    kept(page)

    bad = page.eval_on_selector_all("[aria-invalid=true]", "boxes => boxes.map((one) => one.name)")
    assert bad == [f"participants-51.01-{YEAR}-BPU", f"workers-51.01-{YEAR}-JAKON"]
    assert Coverage.objects.filter(year=YEAR).count() == 0
    assert CoverageDraft.objects.count() == 3

    page.reload()
    photograph(page, "grid-draft")
    assert page.input_value(box("participants", "BPU")) == "1,234"
    page.click("[data-grid] button[type=submit]")
    page.wait_for_selector("[data-errors]")
    assert page.locator("[data-errors] a").count() == 2

    page.fill(box("participants", "BPU"), "1.234")
    page.fill(box("workers", "JAKON"), "120")
    kept(page)
    with page.expect_navigation():
        page.click("[data-grid] button[type=submit]")
    saved = Coverage.objects.filter(year=YEAR).values_list("segment__code", "workers", "participants")
    assert sorted(saved) == [("BPU", 2000, 1234), ("JAKON", 120, 7), ("PU", 1000, 400)]
    assert CoverageDraft.objects.count() == 0


def test_percentage_and_growth_follow_the_typing(grid):
    line = grid.locator("[data-region='51.01'] [data-line=PU]")

    grid.fill(box("workers", "PU"), "1.000")
    grid.fill(box("participants", "PU"), "355")

    assert line.locator("[data-share]").all_inner_texts() == ["30,00\u00a0%", "35,50\u00a0%"]
    assert line.locator("[data-growth]").inner_text() == "+5,50"


def test_enter_and_arrows_move_from_box_to_box(grid):
    focused = "document.activeElement.name"
    grid.focus(box("workers", "PU"))

    grid.keyboard.press("Enter")
    assert grid.evaluate(focused) == f"workers-51.01-{YEAR}-BPU"
    grid.keyboard.press("ArrowRight")
    assert grid.evaluate(focused) == f"participants-51.01-{YEAR}-BPU"
    grid.keyboard.press("ArrowUp")
    assert grid.evaluate(focused) == f"participants-51.01-{YEAR}-PU"
    grid.keyboard.press("Shift+Enter")
    assert grid.evaluate(focused) == f"participants-51.01-{YEAR}-PU"


def test_who_was_signed_out_meanwhile_reads_that_nothing_is_kept(grid):
    Session.objects.all().delete()

    with grid.expect_response(lambda response: reverse("account_login") in response.url):
        grid.fill(box("workers", "PU"), "1.000")
    grid.wait_for_function("() => document.querySelector('[data-said]').textContent !== ''")
    assert grid.locator("[data-said]").inner_text() == grid.get_attribute("[data-grid]", "data-said-unsaved")
    assert CoverageDraft.objects.count() == 0


def test_a_phone_shows_one_region_at_a_time(sign_in, staff, photograph):
    page = sign_in(staff, viewport={"width": 390, "height": 844})
    page.goto(reverse("coverage-grid"))

    shown = "[...document.querySelectorAll('[data-region]')].filter((r) => r.offsetParent).map((r) => r.dataset.region)"
    assert page.evaluate(shown) == ["51.01"]
    page.click("[data-step='1']")
    assert page.evaluate(shown) == ["51.02"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    photograph(page, "grid-phone")
