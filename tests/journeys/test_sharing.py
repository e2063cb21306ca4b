"""An invitation is passed on by whoever sends it: copied with one press, or selected by hand without scripts."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import Role
from awards.stages import Stage
from scoring.panel import invitations
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def share(live_server):
    """Invite a juror and press the button on the panel in this window, as the committee."""
    selection = builders.selection(Stage.PREPARATION)
    committee = builders.committee(selection)
    terms = {"name": "Dr. Contoh", "element": "Pakar", "role": Role.JUROR}
    invitations.invite(selection, email="juri@contoh.example", by=committee, **terms)

    def press(page):
        client = Client()
        client.force_login(committee)
        cookie = client.cookies["session"]
        page.context.add_cookies([{"name": "session", "value": cookie.value, "url": live_server.url}])
        page.goto(reverse("panel", args=[selection.slug]))
        page.get_by_role("button", name="Salin atau WhatsApp").click()
        return page.get_by_role("textbox", name="Teks pesan")

    return press


def test_the_message_is_copied_and_that_is_announced(visitor, share):
    page = visitor(permissions=["clipboard-read", "clipboard-write"])
    box = share(page)

    page.get_by_role("button", name="Salin pesan").click()

    page.get_by_role("status").filter(has_text="Pesan telah disalin.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == box.input_value()


def test_where_copying_is_refused_the_message_is_selected(visitor, share):
    page = visitor()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    box = share(page)

    page.get_by_role("button", name="Salin pesan").click()

    page.get_by_role("status").filter(has_text="Pesan sudah dipilih").wait_for()
    assert page.evaluate("document.getSelection().toString()") == box.input_value()


def test_without_scripts_the_message_can_be_selected_and_no_dead_button_is_shown(visitor, share):
    page = visitor(java_script_enabled=False)
    box = share(page)

    assert (box.get_attribute("readonly"), "/undangan/" in box.input_value()) == ("", True)
    assert page.get_by_role("button", name="Salin pesan").count() == 0
    assert page.get_by_role("link", name="Bagikan lewat WhatsApp").get_attribute("href").startswith("https://wa.me/?text=")
