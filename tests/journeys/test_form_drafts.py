"""Whoever closes the window in the middle of a form finds what was typed when it is opened again."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import TimeoutError

from paritrana.accounts.models import FormDraft
from tests.access.policy import POLICY
from tests.access.rules import SIGNED_IN
from tests.access.world import build
from tests.builders import branch_staff, coverage, person, regency

pytestmark = pytest.mark.django_db(transaction=True)

FORM_WITH_TEXT = re.compile(r'<form[^>]*method="post"[^>]*>(?:(?!</form>).)*<textarea', re.DOTALL)
OWN = ("data-keep", "data-sheet")
BOX = "main form textarea:visible"
WORDS = "Belum selesai ditulis"
LEAST = 20
"""So many different forms at least; fewer would mean the walk went past them."""


def forms_with_text(world):
    """Each address with a form that takes free text and has no draft of its own, and somebody who may use it."""
    for name, rule in POLICY.items():
        for persona in sorted(rule.allow & SIGNED_IN) if {"GET", "POST"} <= set(rule.methods) else ():
            user = world.everywhere.get(persona) or world.bali.people[persona]
            client, address = Client(), reverse(name, kwargs=rule.of(world.bali) if rule.of else {})
            client.force_login(user)
            response = client.get(address)
            if response.status_code == 200 and (form := FORM_WITH_TEXT.search(response.content.decode())):
                if not any(mark in form[0] for mark in OWN):
                    yield address, user
                break


def unfolded(page, address):
    """The page with all its folds open; a form may wait behind one."""
    page.set_default_timeout(15_000)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")


def is_kept(page, address):
    """Type into the first text of the page and close it; None where no text is in sight, such as a part not chosen."""
    unfolded(page, address)
    if page.locator(BOX).count() == 0:
        return None
    try:
        with page.expect_response(lambda response: reverse("form-draft") in response.url):
            page.locator(BOX).first.fill(WORDS)
    except TimeoutError:
        return False
    finally:
        page.close()
    return True


def comes_back(page, address):
    unfolded(page, address)
    try:
        page.wait_for_selector("[data-form-draft]")
        return page.locator(BOX).first.input_value() == WORDS
    except TimeoutError:
        return False
    finally:
        page.close()


@pytest.mark.complete
def test_every_form_with_free_text_comes_back_after_its_window_was_closed(sign_in):
    lost, walked, windows = [], 0, {}
    for address, user in forms_with_text(build()):
        if user.pk not in windows:
            windows[user.pk] = sign_in(user).context
        typed = is_kept(windows[user.pk].new_page(), address)
        walked += typed is not None
        if typed is False or (typed and not comes_back(windows[user.pk].new_page(), address)):
            lost.append(address)

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
