"""The look in a real browser: every component, nothing wider than the page, nothing refused."""

import itertools

import pytest
from django.urls import reverse

from paritrana.accounts.models import User
from paritrana.pages.style_guide import PARTS

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
THEMES = ("light", "dark")
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def administrator(sign_in):
    """A window at the home page: ``page = administrator(color_scheme="dark")``."""
    user = User.objects.create_superuser("admin@paritrana.example", name="Admin")

    def at_home(**options):
        page = sign_in(user, **options)
        page.goto(reverse("home"))
        return page

    return at_home


@pytest.mark.parametrize("size", SIZES)
def test_every_component_fits_by_day_and_by_night(administrator, photograph, size):
    page = administrator(viewport=SIZES[size])
    too_wide = {}
    for part in PARTS:
        page.goto(reverse("style", args=[part]))
        page.evaluate("document.fonts.ready")
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            too_wide[part, theme] = page.evaluate(TOO_WIDE)
            photograph(page, f"style-{part}-{size}-{theme}")

    assert too_wide == dict.fromkeys(itertools.product(PARTS, THEMES), 0)


def test_the_drawer_opens_and_closes_without_script(administrator):
    page = administrator(viewport=SIZES["phone"], java_script_enabled=False)
    menu = page.locator("#menu")
    seen = [menu.is_visible()]
    page.click("button[popovertarget=menu]:not([popovertargetaction])")
    seen.append(menu.is_visible())
    page.click("button[popovertargetaction=hide]")
    seen.append(menu.is_visible())

    assert seen == [False, True, False]


@pytest.mark.complete
def test_the_appearance_changes_at_once_and_stays(administrator):
    page = administrator(color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.click("details.account > summary")
    with page.expect_response(lambda response: response.url.endswith(reverse("theme"))):
        page.click("[data-theme-form] button[value=dark]")
    dark = page.evaluate(ground)
    page.reload()

    assert light != dark
    assert (page.evaluate(ground), page.get_attribute("html", "data-theme")) == (dark, "dark")


@pytest.mark.complete
def test_a_hidden_column_stays_hidden_on_the_next_visit(administrator):
    page = administrator()
    page.goto(reverse("style", args=["tables"]))
    page.click("[data-columns] > summary")
    page.locator("[data-columns-list] label").first.click()
    still_open = page.get_attribute("[data-columns]", "open")
    page.reload()

    assert still_open is not None
    assert page.locator("[data-grid=regions] thead th:not(.is-hidden)").count() == 7


def test_on_a_phone_the_routine_cells_of_a_row_wait_behind_a_button_of_their_own(administrator):
    administrator()  # signing in a second time makes a second row
    page = administrator(viewport=SIZES["phone"])
    page.goto(reverse("trail"))
    rows = page.locator("[data-sequence]:has(.fold)")
    cell, button, other = rows.first.locator("[data-fold]"), rows.first.locator(".fold button"), rows.nth(1)
    seen = [(cell.is_visible(), button.get_attribute("aria-expanded"))]
    for _press in range(2):
        button.click()
        seen.append((cell.is_visible(), button.get_attribute("aria-expanded")))

    assert seen == [(False, "false"), (True, "true"), (False, "false")]
    assert (rows.count() > 1, other.locator("[data-fold]").is_visible()) == (True, False)


@pytest.mark.complete
def test_on_a_desk_nothing_is_folded(administrator):
    page = administrator(viewport=SIZES["desk"])
    page.goto(reverse("trail"))
    row = page.locator("[data-sequence]").first

    assert (row.locator("[data-fold]").is_visible(), row.locator(".fold").is_visible()) == (True, False)


def test_an_explanation_is_seen_on_focus_and_goes_with_escape(administrator):
    page = administrator()
    page.goto(reverse("style", args=["tables"]))
    tip = "getComputedStyle(document.querySelector('tbody .explained-tip')).clipPath"
    before = page.evaluate(tip)
    page.locator("tbody .explained").first.focus()
    focused = page.evaluate(tip)
    page.keyboard.press("Escape")

    assert (before != "none", focused, page.evaluate(tip)) == (True, "none", before)


def test_a_chart_is_drawn_with_its_table_behind(administrator):
    page = administrator()
    page.goto(reverse("style", args=["components"]))
    page.wait_for_selector("[data-drawn] svg")
    page.click("figure details > summary")

    assert page.locator("figure tbody tr").count() == 9
    assert page.locator("figure tbody tr").first.is_visible()


def test_ctrl_k_goes_to_the_search(administrator):
    page = administrator()
    page.keyboard.press("Control+k")

    assert page.evaluate("document.activeElement.name") == "q"


def test_after_a_fault_the_summary_has_the_focus_and_leads_to_the_field(page, live_server):
    page.goto(reverse("account_login"))
    page.click("main button[type=submit] >> nth=0")
    page.wait_for_function("() => document.activeElement?.hasAttribute('data-errors')")
    page.click("[data-field=login]")

    assert page.evaluate("document.activeElement.name") == "login"
