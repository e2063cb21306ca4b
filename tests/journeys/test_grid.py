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
    page.wait_for_selector("[data-coverage-grid]")
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


def save(page):
    with page.expect_navigation():
        page.click("[data-coverage-grid] [value=stay]")


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
    save(page)
    assert page.locator("[data-errors] a").count() == 2

    page.fill(box("participants", "BPU"), "1.234")
    page.fill(box("workers", "JAKON"), "120")
    kept(page)
    save(page)
    saved = Coverage.objects.filter(year=YEAR).values_list("segment__code", "workers", "participants")
    assert sorted(saved) == [("BPU", 2000, 1234), ("JAKON", 120, 7), ("PU", 1000, 400)]
    assert CoverageDraft.objects.count() == 0


@pytest.mark.complete
def test_percentage_and_growth_follow_the_typing(grid):
    line = grid.locator("[data-region='51.01'] [data-line=PU]")

    grid.fill(box("workers", "PU"), "1.000")
    grid.fill(box("participants", "PU"), "355")

    assert line.locator("[data-share]").all_inner_texts() == ["30,00\u00a0%", "35,50\u00a0%"]
    assert line.locator("[data-growth]").inner_text() == "+5,50"


def values(page, *places):
    return [page.input_value(box(*place)) for place in places]


def test_the_button_that_undoes_a_paste_goes_with_the_next_change(grid):
    button = grid.locator("[data-undo-paste]")
    paste(grid, box("workers", "PU"), "1.000\t400\n2.000\t900")
    assert button.is_visible()

    grid.focus(box("workers", "PU"))
    grid.keyboard.press("Shift+ArrowDown")
    grid.keyboard.press("Delete")

    assert grid.input_value(box("workers", "PU")) == ""
    assert button.is_hidden()


def test_a_paste_is_undone_and_redone_as_one(grid):
    grid.fill(box("workers", "PU"), "5")
    paste(grid, box("workers", "PU"), "1.000\t400\n2.000\t900")
    places = ("workers", "PU"), ("participants", "BPU")

    grid.keyboard.press("Control+z")
    assert values(grid, *places) == ["5", ""]
    grid.keyboard.press("Control+z")
    assert values(grid, *places) == ["", ""]
    grid.keyboard.press("Control+y")
    grid.keyboard.press("Control+y")
    assert values(grid, *places) == ["1.000", "900"]


SHEET = f"""Rekap cakupan
No\tWilayah\tSegmen\t{YEAR - 1}\t\t\t{YEAR}\t\t
\t\t\tPekerja\tPeserta\t%\tPekerja\tPeserta\t%
1\tKab. Tabanan\tPU\t1.000\t500\t50,00\t1.100\t600\t54,55
2\t\tBPU\t2.000\t700\t35,00\t2.100\t800\t38,10
\tJumlah\t\t3.000\t1.200\t40,00\t3.200\t1.400\t43,75
3\tKabupaten Jembrana\tJAKON\t10\t5\t50,00\t11\t6\t54,55
4\tKabupaten Klungkung\tPU\t9\t9\t100,00\t9\t9\t100,00
\t\tBPU\t9\t9\t100,00\t9\t9\t100,00
"""


def test_a_paste_goes_where_its_names_and_headings_say_and_names_what_does_not_fit(grid):
    paste(grid, box("workers", "PU", year=YEAR - 1), SHEET)

    tabanan = [("workers", "PU", "51.02"), ("participants", "BPU", "51.02"), ("workers", "BPU", "51.02", YEAR - 1)]
    assert values(grid, *tabanan) == ["1.100", "800", "2.000"]
    assert values(grid, ("participants", "JAKON"), ("participants", "JAKON", "51.01", YEAR - 1)) == ["6", "5"]
    assert values(grid, ("participants", "PU", "51.01", YEAR - 1), ("workers", "PU")) == ["300", ""]
    report = grid.locator("[data-report]").inner_text()
    assert "12" in report
    assert grid.locator("[data-report-rows] li").count() == 2
    assert report.count("Klungkung") == 2


@pytest.mark.complete
def test_rows_below_a_region_that_is_not_here_are_not_given_to_the_one_before(grid):
    titled = "Kab. Jembrana\nPU\t10\t5\nKab. Klungkung\nBPU\t20\t6\nKab. Tabanan\nPU\t30\t7\n"

    paste(grid, box("workers", "PU"), titled)

    assert values(grid, ("workers", "PU"), ("workers", "BPU"), ("workers", "PU", "51.02")) == ["10", "", "30"]
    assert "Klungkung · BPU" in grid.locator("[data-report-rows]").inner_text()


def test_a_row_whose_numbers_are_shifted_is_named_and_left_out_until_the_paste_is_undone(grid):
    shifted = SHEET.replace("BPU\t2.000", "BPU\t\t2.000")

    paste(grid, box("workers", "PU", year=YEAR - 1), shifted)

    assert values(grid, ("participants", "BPU", "51.02"), ("workers", "PU", "51.02")) == ["", "1.100"]
    assert "BPU · 2.000" in grid.locator("[data-report-rows]").inner_text()
    grid.keyboard.press("Control+z")
    assert not grid.locator("[data-report]").is_visible()


@pytest.mark.complete
def test_rows_past_the_end_are_counted_and_nothing_of_them_is_placed(grid):
    paste(grid, box("workers", "JAKON", "51.02"), "1\t1\n2\t2\n3\t3")

    assert values(grid, ("workers", "JAKON", "51.02")) == ["1"]
    assert grid.locator("[data-report-rows] li").count() == 2


@pytest.mark.complete
def test_a_paste_over_other_numbers_says_how_many_it_replaced(grid):
    paste(grid, box("participants", "PU", year=YEAR - 1), "301")

    paste(grid, box("workers", "PU", year=YEAR - 1), "1.000\t302")

    words = grid.locator("[data-report-words]").inner_text()
    assert grid.locator("[data-words]").get_attribute("data-replaced").replace("{n}", "1") in words


@pytest.mark.complete
def test_regions_beside_segments_as_headings_are_placed_too(grid):
    wide = "\tPU\t\tBPU\t\n\tPekerja\tPeserta\tPekerja\tPeserta\nJembrana\t10\t5\t20\t6\nTabanan\t30\t7\t40\t8\n"

    paste(grid, box("workers", "PU"), wide)

    placed = [("workers", "PU"), ("participants", "BPU"), ("workers", "PU", "51.02"), ("participants", "BPU", "51.02")]
    assert values(grid, *placed) == ["10", "6", "30", "8"]


COPIED = """() => {
    const carried = new DataTransfer();
    const copy = new ClipboardEvent("copy", { clipboardData: carried, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(copy);
    return carried.getData("text/plain");
}"""


def test_boxes_chosen_together_are_copied_filled_and_cleared(grid):
    paste(grid, box("workers", "PU"), "1.000\t400\n2.000\t900\n30\t7")
    grid.focus(box("workers", "PU"))
    grid.keyboard.press("Shift+ArrowDown")
    grid.keyboard.press("Shift+ArrowRight")
    assert grid.evaluate(COPIED) == "1000\t400\n2000\t900"

    grid.keyboard.press("Control+d")
    assert values(grid, ("workers", "BPU"), ("participants", "BPU")) == ["1.000", "400"]
    grid.keyboard.press("Delete")
    assert values(grid, ("workers", "PU"), ("participants", "BPU"), ("workers", "JAKON")) == ["", "", "30"]
    grid.keyboard.press("Control+z")
    assert values(grid, ("workers", "PU"), ("participants", "BPU")) == ["1.000", "400"]


@pytest.mark.complete
def test_dragging_chooses_boxes(grid):
    start, end = grid.locator(box("workers", "PU")), grid.locator(box("participants", "JAKON"))
    start.hover()
    grid.mouse.down()
    end.hover()
    grid.mouse.up()

    assert grid.locator("[data-selected]").count() == 6


def test_half_a_pair_is_unfinished_and_holds_back_nothing_else(grid):
    grid.fill(box("workers", "PU"), "1.000")
    grid.fill(box("workers", "BPU"), "2.000")
    grid.fill(box("participants", "BPU"), "700")
    kept(grid)
    grid.wait_for_selector("[data-unfinished='1']")
    assert grid.locator("[aria-invalid=true]").count() == 0

    save(grid)
    assert list(Coverage.objects.filter(year=YEAR).values_list("segment__code", "workers")) == [("BPU", 2000)]
    assert values(grid, ("workers", "PU")) == ["1.000"]


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
    assert grid.locator("[data-said]").inner_text() == grid.get_attribute("[data-words]", "data-unsaved")
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
