"""Whoever designs an edition moves a weight over a sealed result: the places move with it."""

import pytest
from django.urls import reverse

from awards.models import Role
from scoring.models import Mark
from scoring.standings import store
from tests import builders
from tests.journeys.test_look import SIZES, TOO_WIDE
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sealed():
    """The second is best in innovation, the first in regulation."""
    made = plenary.plenary(("perda", "edaran", "tidak-ada"))
    plenary.given(Mark.objects.filter(sheet__nomination=made.nominations[1], criterion__slug="inovasi"), 10_000)
    store.refresh(made.selection)
    plenary.sealed(made)
    return made


@pytest.mark.parametrize("size", SIZES)
def test_one_slider_moves_the_other_weights_and_the_places_at_once(sealed, sign_in, photograph, size):
    designer = builders.appointed(Role.NATIONAL_COMMITTEE, sealed.selection.edition)
    page = sign_in(designer, viewport=SIZES[size])
    page.goto(reverse("what-if", args=[sealed.selection.slug, "pemerintah-kabupaten-kota", "terbaik"]))
    rows = page.locator("#supposed [data-code]")
    before = [each.get_attribute("data-code") for each in rows.all()]

    slider = page.locator(
        "input[name=bobot-inovasi] ~ input[type=range], .field:has([name=bobot-inovasi]) [type=range]"
    )
    slider.first.focus()
    page.keyboard.press("End")

    page.wait_for_selector(f"#supposed [data-code='{before[1]}'][data-place='1']")
    assert "100,00" in page.inner_text("[data-together]")
    assert page.locator("#supposed [data-steadiness]").count() == 1
    boxes = page.locator("input[name^=bobot-]").all()
    assert [each.input_value() for each in boxes].count("0,00") == len(boxes) - 1
    assert page.evaluate(TOO_WIDE) == 0
    photograph(page, f"what-if-{size}")
