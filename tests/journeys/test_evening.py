"""A province's evening as pictures: its winners, the stage and the phone that leads it."""

import pytest
from django.urls import reverse

from scoring.public.addresses import address
from tests import builders
from tests.journeys.test_look import TOO_WIDE
from tests.scoring.public import announced as make

pytestmark = pytest.mark.django_db(transaction=True)

DESK, PHONE = ({"viewport": size} for size in ({"width": 1280, "height": 800}, {"width": 390, "height": 844}))
GOVERNMENTS = ("Kabupaten Badung", "Kota Denpasar", "Kabupaten Gianyar", "Kabupaten Bangli")
COMPANIES = {"PT Pesisir Contoh": "Kabupaten Badung", "Koperasi Tani Contoh": "Kabupaten Gianyar"}


@pytest.fixture
def evening():
    """Invented winners of a province, announced."""
    bali = make.at_province("51", "Bali")
    first = [make.line(name, place, region=name, code=f"51.0{place}") for place, name in enumerate(GOVERNMENTS, 1)]
    second = [make.line(name, place, region=home) for place, (name, home) in enumerate(COMPANIES.items(), 1)]
    make.announced(
        bali,
        make.ranking(*first, title="pemerintah daerah terbaik", category="pemerintah kabupaten/kota", harapan=1),
        make.ranking(*second, title="badan usaha terbaik", category="badan usaha"),
    )
    return bali


def test_the_public_reads_what_the_stage_has_shown(evening, sign_in, visitor, photograph):
    page = visitor(java_script_enabled=False, **DESK)
    page.goto(address("public-result", evening.slug))
    assert page.evaluate(TOO_WIDE) == 0
    read = page.locator(".winner-name").all_inner_texts()
    photograph(page, "pemenang")

    committee = builders.committee(evening)
    stage, phone = sign_in(committee, **DESK), sign_in(committee, **PHONE)
    stage.goto(f"{reverse('ceremony', args=[evening.slug])}#1.4")
    stage.wait_for_selector("body[data-ready]:not(.is-awake)")
    stage.keyboard.press("r")
    phone.goto(reverse("ceremony-remote", args=[evening.slug]))
    phone.wait_for_selector("body[data-at='1.4']")
    phone.wait_for_selector("[data-contact][data-state=away]")
    told = stage.locator("[data-step].is-shown:visible strong").all_inner_texts()
    photograph(stage, "panggung")
    photograph(phone, "layar-kedua")

    assert told == read[: len(GOVERNMENTS)] == list(GOVERNMENTS)
