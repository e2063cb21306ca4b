"""The map in a real browser: keys, choosing without a new page, and everything without script."""

import pytest
from django.urls import reverse

from tests import builders as make
from tests.journeys.test_look import SIZES, THEMES, TOO_WIDE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer(sign_in):
    """A head officer; Bali and its two neighbours on the map have figures of 2022 and 2023."""
    user = make.head_officer()
    for number, code in enumerate(("35", "51", "52")):
        for year in (2022, 2023):
            for segment in ("PU", "BPU"):
                make.coverage(make.province(code, f"Provinsi {code}"), year, segment, participants=300 + 200 * number)
    return lambda **options: sign_in(user, **options)


def focused(page) -> str | None:
    return page.evaluate("document.activeElement.dataset.code")


def test_arrow_keys_walk_the_archipelago_and_enter_opens_the_province(officer):
    page = officer()
    page.goto(reverse("atlas"))
    page.focus("[data-code='51']")
    walked = []
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        walked.append(focused(page))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/peta/35/" in url)

    assert walked == ["52", "51", "35"]


def test_choosing_a_year_changes_the_map_and_its_address_at_once(officer):
    page = officer()
    page.goto(reverse("atlas"))
    page.select_option("select[name=year]", "2022")
    page.wait_for_url(lambda url: "year=2022" in url)

    assert "2022" in page.inner_text("#atlas-title")
    assert page.locator(".atlas-tile").count() == 3


@pytest.mark.complete
def test_without_script_the_button_shows_what_was_chosen(officer):
    page = officer(java_script_enabled=False)
    page.goto(reverse("atlas"))
    page.select_option("select[name=segment]", "PU")
    page.click(".atlas-choice button")

    assert page.locator("[data-code='52']").get_attribute("data-step") == "7"


@pytest.mark.parametrize("size", SIZES)
def test_the_map_fits_by_day_and_by_night(officer, photograph, size):
    page = officer(viewport=SIZES[size])
    page.goto(reverse("atlas"))

    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        photograph(page, f"atlas-{size}-{theme}")
        assert page.evaluate(TOO_WIDE) == 0
