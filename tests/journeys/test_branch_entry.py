"""Banjarmasin enters two years of its area from a spreadsheet: what it costs in clicks, pastes and round trips."""

import pytest
from django.urls import reverse
from django.utils import timezone

from regions.models import Coverage, Region, State
from tests.builders import SEGMENTS, branch_staff, definition, province, regency, segment
from tests.journeys.test_axe import AXE, DESK, FAULTS, PHONE
from tests.journeys.test_grid import box, kept, paste

pytestmark = pytest.mark.django_db(transaction=True)

YEAR = timezone.localdate().year - 1
NAMES = ["Tanah Laut", "Kotabaru", "Banjar", "Barito Kuala", "Tapin", "Hulu Sungai Selatan", "Hulu Sungai Tengah"]
NAMES += ["Hulu Sungai Utara", "Tabalong", "Tanah Bumbu"]
NUMBERS, MOST_TRIPS = 308, 6
HIGHEST_ROW, LEAST_ROWS = 28, 18
ROWS_IN_SIGHT = """() => {
    const top = document.querySelector("[data-coverage-grid] thead").getBoundingClientRect().bottom;
    const bottom = document.querySelector(".grid-end").getBoundingClientRect().top;
    const rows = [...document.querySelectorAll("[data-line]")].map((row) => row.getBoundingClientRect());
    return [rows.filter((row) => row.top >= top - 1 && row.bottom <= bottom + 1).length,
        Math.max(...rows.map((row) => row.height))];
}"""
COLUMNS = "[...document.querySelectorAll('thead th')].map((cell) => cell.getBoundingClientRect().left)"
IN_SIGHT = """(selector) => {
    const one = document.querySelector(selector), at = one.getBoundingClientRect();
    const seen = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
    return at.bottom <= innerHeight && (one === seen || one.contains(seen));
}"""


@pytest.fixture
def area(transactional_db):
    for code in SEGMENTS:
        segment(code)
    definition("regency or city")
    province("63", "Kalimantan Selatan")
    codes = [f"63.{number:02d}" for number in range(1, 11)]
    area = [regency(code, f"Kabupaten {name}") for code, name in zip(codes, NAMES, strict=True)]
    return [*area, regency("63.71", "Kota Banjarmasin")]


def spreadsheet(area: list[Region]) -> str:
    """As a branch has it: a title, headings on two rows, a percentage beside each pair, a total below each region."""
    lines = [f"Rekapitulasi\n\t\t{YEAR - 1}\t\t\t{YEAR}\t\t", "Wilayah\tSegmen" + "\tPekerja\tPeserta\tCakupan" * 2]
    for at, region in enumerate(area):
        for number, code in enumerate(SEGMENTS):
            workers = 10_000 + 731 * at + 97 * number
            pairs = [(workers, 3_000 + 53 * at + 29 * number), (workers + 211, 3_400 + 61 * at + 37 * number)]
            cells = [f"{of:,}\t{some:,}\t{100 * some / of:.2f}%".replace(",", ".") for of, some in pairs]
            lines.append("\t".join([region.name if number == 0 else "", code, *cells]))
        lines.append("Jumlah" + "\t" * 7)
    return "\n".join(lines) + "\n"


class Effort:
    """Counts what the person does and how often the page asks the server while they wait."""

    def __init__(self, page):
        self.page, self.clicks, self.pastes, self.trips = page, 0, 0, 0
        page.on("request", self.asked)

    def asked(self, request):
        self.trips += request.resource_type in ("document", "fetch", "xhr")

    def click(self, selector):
        self.clicks += 1
        self.page.click(selector)

    def go(self, selector):
        with self.page.expect_navigation():
            self.click(selector)

    def paste(self, where, text):
        self.pastes += 1
        paste(self.page, where, text)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["laptop", "phone"])
def test_two_years_of_eleven_regions_take_four_clicks_one_paste_and_six_round_trips(sign_in, area, photograph, size):
    page = sign_in(branch_staff(*area, name="Banjarmasin"), viewport=size)
    page.goto(reverse("home"))
    effort = Effort(page)
    first = box("workers", "PU", "63.01", YEAR - 1)

    effort.go(f"main a[href='{reverse('coverage-grid')}']")
    photograph(page, f"grid-empty-{size['width']}")
    effort.click(first)
    effort.paste(first, spreadsheet(area))
    kept(page)
    photograph(page, f"grid-filled-{size['width']}")
    assert page.locator("[data-report-rows] li").count() == 0
    effort.go("[value=send]")
    effort.go("main form button[type=submit]")

    assert Coverage.objects.filter(state=State.SENT).count() * 2 == NUMBERS
    last = Coverage.objects.get(region__code="63.71", year=YEAR, segment__code="RENTAN")
    assert (last.workers, last.participants) == (10_000 + 7310 + 582 + 211, 3_400 + 610 + 222)
    assert [effort.clicks, effort.pastes] == [4, 1]
    assert effort.trips <= MOST_TRIPS


def test_a_laptop_shows_eighteen_rows_on_arrival_and_one_scroll_keeps_headings_and_names(sign_in, area, photograph):
    page = sign_in(branch_staff(*area), viewport=DESK)
    page.goto(reverse("coverage-grid"))

    rows, highest = page.evaluate(ROWS_IN_SIGHT)
    assert rows >= LEAST_ROWS
    assert highest <= HIGHEST_ROW
    assert (
        page.evaluate(
            "[...document.querySelectorAll('main *')].filter((one) => one.scrollHeight > one.clientHeight + 1"
            " && ['auto', 'scroll'].includes(getComputedStyle(one).overflowY)).length"
        )
        == 0
    )

    page.mouse.wheel(0, 1500)
    page.wait_for_function("scrollY > 1000")
    assert page.evaluate(IN_SIGHT, "[data-coverage-grid] thead th")
    names = "[...document.querySelectorAll('.grid-region a')].some((one) => { const at = one.getBoundingClientRect();"
    assert page.evaluate(names + " return at.top > 64 && at.bottom < innerHeight; })")
    photograph(page, "grid-scrolled")


@pytest.mark.complete
def test_columns_stay_where_they_are_whatever_is_typed(sign_in, area):
    page = sign_in(branch_staff(*area), viewport=DESK)
    page.goto(reverse("coverage-grid"))
    before = page.evaluate(COLUMNS)

    page.fill(box("workers", "PU", "63.01", YEAR), "999.999.999.999")
    page.fill(box("participants", "PU", "63.01", YEAR), "999.999.999.999")
    kept(page)

    assert page.evaluate(COLUMNS) == before


def test_a_phone_shows_the_first_box_on_arrival(sign_in, area):
    page = sign_in(branch_staff(*area), viewport=PHONE)
    page.goto(reverse("coverage-grid"))

    assert page.evaluate(IN_SIGHT, box("workers", "PU", "63.01", YEAR - 1))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["laptop", "phone"])
def test_the_filled_grid_is_free_of_axe_violations(sign_in, area, size):
    page = sign_in(branch_staff(*area), viewport=size)
    page.goto(reverse("coverage-grid"))
    first = box("workers", "PU", "63.01", YEAR - 1)
    paste(page, first, spreadsheet(area) + "Kota Banjarbaru\tPU\t1\t1\n")
    page.focus(first)
    page.keyboard.press("Shift+ArrowDown")
    kept(page)

    page.evaluate(AXE.read_text())
    assert page.evaluate(FAULTS) == []


def test_without_scripts_the_grid_is_a_plain_form(sign_in, area):
    page = sign_in(branch_staff(*area), viewport=DESK, java_script_enabled=False)
    page.goto(reverse("coverage-grid"))
    page.fill(box("workers", "PU", "63.01"), "1.000")
    page.fill(box("participants", "PU", "63.01"), "400")

    page.click("[value=send]")

    assert Coverage.objects.values_list("workers", "participants").get() == (1000, 400)
    assert page.locator("[data-parcel]").count() == 1
