"""Whoever closes the window in the middle of a form finds what was typed when it is opened again."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import TimeoutError

from paritrana.accounts.models import FormDraft
from tests.access.page_forms import forms_of
from tests.access.policy import POLICY
from tests.access.rules import SIGNED_IN
from tests.access.world import build
from tests.builders import branch_staff, coverage, person, regency

pytestmark = pytest.mark.django_db(transaction=True)

OWN = {"data-keep", "data-sheet"}
"""Forms that keep themselves: the grid of coverage and score sheets; their journeys close the window as well."""
MANY = 5
WORDS = "Belum selesai ditulis"
BOX = "main form textarea:visible"
TEXTS = "textarea:visible, input[type=text]:visible, input[type=email]:visible, input[type=url]:visible"
OTHERS = "input[type=number]:visible, select:visible, input[type=checkbox]:visible, input[type=radio]:visible"
LEAST = 50
"""So many different forms at least; fewer would mean the walk went past them."""


def deserves_draft(form):
    has_much = "textarea" in form.kinds or len(form.written) > MANY
    return form.is_post and has_much and "password" not in form.kinds and not OWN & form.attributes.keys()


def forms_to_walk(world):
    """(address, place of the form on its page, somebody who sees it): every form of every page, once each."""
    known = set()
    for name, rule in POLICY.items():
        for persona in sorted(rule.allow & SIGNED_IN) if "GET" in rule.methods else ():
            user = world.everywhere.get(persona) or world.bali.people[persona]
            client, address = Client(), reverse(name, kwargs=rule.of(world.bali) if rule.of else {})
            client.force_login(user)
            response = client.get(address)
            if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
                continue
            for place, form in enumerate(forms_of(response.content.decode())):
                if deserves_draft(form) and (key := (name, form.action, *sorted(form.written))) not in known:
                    known.add(key)
                    yield address, place, user


def unfolded(page, address):
    """The page with all its folds open; a form may wait behind one."""
    page.set_default_timeout(15_000)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")


def first_box(page, place):
    form = page.locator("form").nth(place)
    found = [boxes.first for boxes in (form.locator(TEXTS), form.locator(OTHERS)) if boxes.count()]
    return found[0] if found else None


def content(box):
    return box.evaluate("(box) => ['checkbox', 'radio'].includes(box.type) ? String(box.checked) : box.value")


def change(box):
    """Something else than what stands there."""
    kind = box.evaluate("(box) => box.type")
    if kind in {"checkbox", "radio"}:
        box.set_checked(not box.is_checked() or kind == "radio")
    elif kind == "select-one":
        box.select_option(index=1 if box.evaluate("(box) => box.selectedIndex") == 0 else 0)
    else:
        box.fill("7" if kind == "number" else WORDS[: int(box.get_attribute("maxlength") or len(WORDS))])


def typed(page, address, place):
    """What the first box in sight was changed to before the window was closed, "" where nobody kept it; None where no
    box is in sight, such as a part not chosen.
    """
    unfolded(page, address)
    box = first_box(page, place)
    if box is None:
        page.close()
        return None
    try:
        with page.expect_response(lambda response: reverse("form-draft") in response.url):
            change(box)
        return content(box)
    except TimeoutError:
        return ""
    finally:
        page.close()


def comes_back(page, address, place, words):
    unfolded(page, address)
    try:
        page.wait_for_selector("[data-form-draft]")
        return content(first_box(page, place)) == words
    except TimeoutError:
        return False
    finally:
        page.close()


@pytest.mark.complete
def test_every_form_with_free_text_or_many_fields_comes_back_after_its_window_was_closed(sign_in):
    lost, walked, windows = [], 0, {}
    for address, place, user in forms_to_walk(build()):
        if user.pk not in windows:
            windows[user.pk] = sign_in(user).context
        words = typed(windows[user.pk].new_page(), address, place)
        walked += words is not None
        if words == "" or (words and not comes_back(windows[user.pk].new_page(), address, place, words)):
            lost.append((address, place))

    assert lost == []
    assert walked >= LEAST


def test_what_was_typed_can_be_discarded(sign_in):
    region = regency()
    coverage(region, 2024, verified_at=timezone.now(), verified_by=person())
    page = sign_in(branch_staff(region))
    page.goto(reverse("correction-propose", args=[region.code, 2024, "PU"]))
    page.wait_for_load_state("networkidle")
    with page.expect_response(lambda response: reverse("form-draft") in response.url):
        page.fill(BOX, WORDS)
    page.reload()
    page.wait_for_selector("[data-form-draft]")
    assert page.input_value(BOX) == WORDS

    with page.expect_response(lambda response: reverse("form-draft") in response.url):
        page.click("[data-form-discard]")

    assert page.input_value(BOX) == ""
    assert FormDraft.objects.count() == 0
