"""The public pages as a stranger meets them: light, without a script, on a phone and a laptop, by day and by night."""

import itertools

import pytest

from scoring.public.addresses import address
from tests import builders
from tests.journeys.test_look import SIZES, THEMES, TOO_WIDE
from tests.scoring.public import announced as make

pytestmark = pytest.mark.django_db(transaction=True)

HEAVIEST = 100_000
ROWS = 45
ZONES = ("Sumatera", "Sulawesi")


@pytest.fixture
def addresses():
    """Every public page, with as much on it as one page ever holds."""
    bali = make.at_province("51", "Bali")
    nation = builders.selection("pleno", bali.edition, national=True)
    lines = [make.line(f"PT Perusahaan Nomor {number} dengan Nama Panjang Sekali Tbk", 1) for number in range(ROWS)]
    make.announced(bali, make.ranking(*lines))
    zones = [make.line(f"Kabupaten {zone}", group=zone, group_order=order) for order, zone in enumerate(ZONES)]
    make.announced(nation, make.ranking(*zones, grouping="zone"))
    for number in range(ROWS):
        builders.past_award(bali.province, f"Pemenang Nomor {number} dengan Nama Panjang Sekali")
    names = [("home",), ("public-results",), ("past-winners",), ("public-calendar",), ("public-about",)]
    names += [("public-result", bali.slug), ("public-result", nation.slug)]
    names.append(("public-recipient", "51.01", "kabupaten-sumatera"))
    return [address(*name, language=language) for language in ("id", "en") for name in names]


def visit(page, path):
    """Everything a first visit loads, as it arrives."""
    responses = []
    page.on("response", lambda response: responses.append(response))
    assert page.goto(path).status == 200
    return page, path, responses


def test_a_first_view_is_light_and_loads_no_script(addresses, visitor):
    heavy, kinds = {}, set()
    # Side by side, for each is over only when nothing has come for half a second.
    for page, path, responses in [visit(visitor(), path) for path in addresses]:
        page.wait_for_load_state("networkidle")
        kinds |= {each.request.resource_type for each in responses}
        bytes_loaded = sum(len(each.body()) for each in responses)
        if not 50_000 < bytes_loaded < HEAVIEST:
            heavy[path] = bytes_loaded

    assert heavy == {}
    # The sign in the tab is of no kind of its own.
    assert kinds - {"other"} == {"document", "stylesheet", "font", "image"}


def test_public_pages_fit_and_work_without_a_script(addresses, visitor, photograph):
    """Nothing on them asks once how wide the window is: a window made narrow shows what a narrow one is given."""
    page = visitor(java_script_enabled=False)
    too_wide = {}
    for number, path in enumerate(addresses):
        page.goto(path)
        for size, theme in itertools.product(SIZES, THEMES):
            page.set_viewport_size(SIZES[size])
            page.emulate_media(color_scheme=theme)
            too_wide[path, size, theme] = page.evaluate(TOO_WIDE)
            photograph(page, f"public-{number:02d}-{size}-{theme}")

    assert too_wide == dict.fromkeys(itertools.product(addresses, SIZES, THEMES), 0)


def test_filters_and_the_other_language_are_plain_links_and_forms(addresses, visitor):
    page = visitor(java_script_enabled=False)
    page.goto(address("public-results"))
    page.select_option("select[name=province]", "national")
    page.click("form.filter button")
    found = page.get_attribute("[data-count]", "data-count")
    page.click("a[hreflang=en]")

    assert (found, page.get_attribute("[data-count]", "data-count"), page.get_attribute("html", "lang")) == (
        "2",
        "2",
        "en",
    )
