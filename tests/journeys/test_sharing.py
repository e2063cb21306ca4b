"""An invitation is passed on by whoever sends it: copied with one press, or selected by hand without scripts."""

import pytest
from django.urls import reverse

from awards.models import Role
from awards.stages import Stage
from scoring.panel import invitations
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def share(sign_in):
    """Invite a juror and press the button on the panel, in a window of the committee with these options."""
    selection = builders.selection(Stage.PREPARATION)
    committee = builders.committee(selection)
    terms = {"name": "Dr. Contoh", "element": "Pakar", "role": Role.JUROR}
    invitations.invite(selection, email="juri@contoh.example", by=committee, **terms)

    def press(script="", **options):
        page = sign_in(committee, **options)
        page.add_init_script(script)
        page.goto(reverse("panel", args=[selection.slug]))
        page.get_by_role("button", name="Salin atau WhatsApp").click()
        return page, page.get_by_role("textbox", name="Teks pesan")

    return press


def test_the_message_is_copied_and_that_is_announced(share):
    page, box = share(permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Salin pesan").click()

    page.get_by_role("status").filter(has_text="Pesan telah disalin.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == box.input_value()


@pytest.mark.complete
def test_where_copying_is_refused_the_message_is_selected(share):
    page, box = share("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")

    page.get_by_role("button", name="Salin pesan").click()

    page.get_by_role("status").filter(has_text="Pesan sudah dipilih").wait_for()
    assert page.evaluate("document.getSelection().toString()") == box.input_value()


@pytest.mark.complete
def test_without_scripts_the_message_can_be_selected_and_no_dead_button_is_shown(share):
    page, box = share(java_script_enabled=False)

    assert (box.get_attribute("readonly"), "/undangan/" in box.input_value()) == ("", True)
    assert page.get_by_role("button", name="Salin pesan").count() == 0
    assert (
        page.get_by_role("link", name="Bagikan lewat WhatsApp").get_attribute("href").startswith("https://wa.me/?text=")
    )
