"""The evening: a committee on a projector, without a network after the first minute."""

import pytest
from django.urls import reverse

from tests import builders
from tests.scoring.public import announced as make

pytestmark = pytest.mark.django_db(transaction=True)

PROJECTOR = {"viewport": {"width": 1920, "height": 1080}}
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
NAMES = ["Kabupaten Bangli", "Kota Denpasar", "Kabupaten Badung", "Kabupaten Jembrana", "Kabupaten Gianyar"]


@pytest.fixture
def evening():
    """Bali's selection with a ranked title that ends in a shared third place and a Harapan, and a joint title."""
    bali = make.at_province("51", "Bali")
    committee = builders.committee(bali)
    places = [1, 2, 3, 3, 5]
    ranked = [make.line(name, place, region=name) for name, place in zip(NAMES, places, strict=True)]
    joint = [make.line("PT Sawit Makmur Sejahtera Nusantara Abadi Tbk", 1), make.line("Koperasi Tani Ñusa", 2)]
    rankings = (
        make.ranking(*ranked, places=3, harapan=2),
        make.ranking(*joint, title="bersama", awarding="joint", places=2, category="perusahaan"),
    )
    return bali, committee, rankings


def shown(page) -> list[str]:
    return [each.inner_text() for each in page.locator("[data-step].is-shown:visible strong").all()]


def press(page, *keys) -> None:
    """Each key once the page has drawn what the one before it did."""
    for key in keys:
        page.keyboard.press(key)
        page.evaluate("() => new Promise(requestAnimationFrame)")


def at(page) -> str:
    return page.get_attribute("body", "data-at")


def fits(page) -> bool:
    """Nothing of what is shown is off the screen."""
    return page.evaluate(
        """[...document.querySelectorAll('[data-slide]:not([hidden]) *')].every((each) => {
            const box = each.getBoundingClientRect();
            return box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
        })"""
    )


def test_the_keys_lead_from_the_last_place_to_the_first_without_a_network(evening, sign_in, photograph):
    bali, committee, rankings = evening
    page = sign_in(committee, **PROJECTOR)
    stage = reverse("ceremony", args=[bali.slug])
    assert page.goto(stage).status == 403

    make.sealed(bali, *rankings)
    assert page.goto(stage).status == 200
    page.wait_for_selector("body[data-ready]")
    page.context.set_offline(True)
    photograph(page, "ceremony-cover")
    requests = []
    page.on("request", lambda request: requests.append(request.url))

    press(page, " ")
    told = [shown(page)]
    for key in ["ArrowRight", "PageDown", " ", "Enter"]:
        press(page, key)
        told.append(shown(page))
    page.wait_for_timeout(600)
    photograph(page, "ceremony-ranked")
    assert told == [[], NAMES[4:], NAMES[2:], NAMES[1:], NAMES]
    assert fits(page)

    press(page, "ArrowLeft")
    assert shown(page) == NAMES[1:]
    press(page, "ArrowDown")
    assert (shown(page), at(page)) == ([], "2.0")
    press(page, " ")
    assert len(shown(page)) == 2
    page.wait_for_timeout(600)
    photograph(page, "ceremony-joint")
    assert fits(page)
    press(page, " ")
    assert at(page) == "3.0"
    assert requests == []


@pytest.mark.complete
def test_it_goes_on_where_it_was_and_helps_with_its_keys(evening, sign_in, photograph):
    bali, committee, rankings = evening
    make.sealed(bali, *rankings)
    page = sign_in(committee, reduced_motion="reduce", **LAPTOP)
    page.goto(reverse("ceremony", args=[bali.slug]))
    page.wait_for_selector("body[data-ready]")
    press(page, " ", " ", " ")
    page.reload()
    assert (at(page), shown(page)) == ("1.2", NAMES[2:])
    assert page.evaluate("getComputedStyle(document.querySelector('.is-shown')).transitionDuration") == "0s"

    press(page, "?")
    assert page.locator("dialog[open]").count() == 1
    photograph(page, "ceremony-keys-laptop")
    press(page, "ArrowRight", "Escape")
    assert (page.locator("dialog[open]").count(), at(page)) == (0, "1.2")
    press(page, " ", " ")
    photograph(page, "ceremony-laptop")
    assert (shown(page), fits(page)) == (NAMES, True)

    press(page, "f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    press(page, "f")
    page.wait_for_function("() => document.fullscreenElement === null")
    press(page, "Home")
    assert at(page) == "0.0"


@pytest.mark.parametrize("many", [*(pytest.param(few, marks=pytest.mark.complete) for few in (3, 6)), 12])
def test_long_names_and_many_winners_stay_on_the_screen(evening, sign_in, photograph, many):
    bali, committee, _rankings = evening
    long = "Perusahaan Perseroan Daerah Perkebunan dan Peternakan Sejahtera Bersama Nusantara Tbk"
    lines = [make.line(f"{long} {place}", place, region="Kabupaten Badung, Bali") for place in range(1, many + 1)]
    make.sealed(bali, make.ranking(*lines, places=many))
    page = sign_in(committee, **LAPTOP)
    page.goto(f"{reverse('ceremony', args=[bali.slug])}#1.{many}")
    page.wait_for_selector("body[data-ready]")
    page.wait_for_timeout(600)
    photograph(page, f"ceremony-long-{many}")

    assert (len(shown(page)), fits(page)) == (many, True)


def test_without_a_script_the_stage_is_a_list_to_read(evening, sign_in):
    bali, committee, rankings = evening
    make.sealed(bali, *rankings)
    page = sign_in(committee, java_script_enabled=False)
    page.goto(reverse("ceremony", args=[bali.slug]))

    assert page.locator(".place strong:visible").count() == 7


def test_a_second_screen_leads_the_stage_without_a_network(evening, sign_in):
    bali, committee, rankings = evening
    make.sealed(bali, *rankings)
    page = sign_in(committee, **PROJECTOR)
    page.goto(reverse("ceremony", args=[bali.slug]))
    page.wait_for_selector("body[data-ready]")
    remote = page.context.new_page()
    remote.goto(reverse("ceremony-remote", args=[bali.slug]))
    remote.wait_for_selector("body[data-at]")
    page.context.set_offline(True)

    for _press in range(2):
        remote.click(".remote-main")
    page.wait_for_selector("body[data-at='1.1']")

    remote.wait_for_selector("body[data-at='1.1']")
    assert [name for name in shown(page) if name in remote.inner_text("[data-now]")] == shown(page)


def test_a_phone_leads_the_stage_of_another_device_and_the_keys_go_on_without_it(evening, sign_in, photograph):
    bali, committee, rankings = evening
    make.sealed(bali, *rankings)
    page, phone = sign_in(committee, **PROJECTOR), sign_in(committee, viewport={"width": 390, "height": 844})
    page.goto(reverse("ceremony", args=[bali.slug]))
    page.wait_for_selector("body[data-ready]")
    press(page, " ", "r")
    phone.goto(reverse("ceremony-remote", args=[bali.slug]))

    phone.wait_for_selector("body[data-at='1.0']")
    phone.click(".remote-main")
    page.wait_for_selector("body[data-at='1.1']")
    phone.wait_for_selector("[data-contact][data-state=away]")
    photograph(phone, "ceremony-remote-phone")
    assert [name for name in shown(page) if name in phone.inner_text("[data-now]")] == shown(page)

    press(page, " ")
    phone.wait_for_selector("body[data-at='1.2']")
    page.context.set_offline(True)
    phone.click(".remote-main")
    phone.wait_for_selector("[data-contact][data-state=lost]")
    press(page, " ", " ")
    assert at(page) == "1.4"
    page.context.set_offline(False)
    phone.wait_for_selector("body[data-at='1.4']")
