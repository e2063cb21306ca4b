"""Members of a panel pasted as a list: the portal decides who gets a seat and who an invitation, all at once."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.models import Role
from awards.stages import Stage
from paritrana.accounts.models import User
from paritrana.intake import pages
from scoring.models import Invitation
from scoring.panel.pasted import read_members
from tests import builders as make

LIST = """Dr. Ketua, S.H. <Ketua@contoh.id>; Ketua; Akademisi
juri@contoh.id\tJuri Satu

"Juri Dua" <dua@contoh.id>;Serikat pekerja"""


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    monkeypatch.setattr(pages, "PATIENCE", 60)


@pytest.fixture
def selection(db):
    return make.selection(Stage.NOMINATION)


@pytest.fixture
def address(client, selection):
    client.force_login(make.committee(selection))
    return reverse("panel-paste", args=[selection.slug])


def test_a_line_is_a_name_and_an_address_in_either_order_a_role_and_an_element_may_follow():
    told = [(one.line, one.name, one.email, one.role, one.element) for one in read_members(LIST)]

    assert told == [
        (1, "Dr. Ketua, S.H.", "ketua@contoh.id", Role.CHAIR, "Akademisi"),
        (2, "Juri Satu", "juri@contoh.id", "", ""),
        (4, "Juri Dua", "dua@contoh.id", "", "Serikat pekerja"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Tanpa Alamat",
        "<hanya@contoh.id>",
        "A <a@contoh.id>; juri; Unsur; lebih",
        "A <a@contoh.id>; B <b@contoh.id>; C; D",
    ],
)
def test_a_line_that_is_not_understood_is_named_and_nothing_is_taken(line):
    with pytest.raises(ValidationError) as refused:
        read_members(f"Satu <satu@contoh.id>\n{line}")

    assert {error.params["line"] for error in refused.value.error_list} == {2}


def test_more_lines_than_a_panel_has_are_refused():
    with pytest.raises(ValidationError) as refused:
        read_members("\n".join(f"Juri {n} <j{n}@contoh.id>" for n in range(61)))

    assert refused.value.code == "many"


def test_nobody_is_invited_before_the_preview_is_confirmed_and_then_everybody(client, address, selection):
    User.objects.create_user("juri@contoh.id", name="Juri")

    page = client.post(address, {"members": LIST, "element": "Apindo"}, follow=True)

    assert not Invitation.objects.exists()

    upload, preview = page.context["upload"], page.context["preview"]
    sent = {"digest": upload.digest, "fingerprint": preview.fingerprint}
    client.post(reverse("panel-upload-read", args=[selection.slug, upload.key]), sent)

    assert set(Invitation.objects.values_list("email", "role", "element")) == {
        ("ketua@contoh.id", Role.CHAIR, "Akademisi"),
        ("juri@contoh.id", Role.JUROR, "Apindo"),
        ("dua@contoh.id", Role.JUROR, "Serikat pekerja"),
    }


def test_lines_without_an_element_need_one_and_what_was_pasted_stays(client, address):
    page = client.post(address, {"members": LIST, "element": ""})

    assert page.context["form"].errors.as_data()["element"][0].params["lines"] == "2"
    assert b"dua@contoh.id" in page.content


def test_a_name_that_begins_like_a_formula_stays_text(client, address):
    page = client.post(address, {"members": '=1+1 "x" <a@contoh.id>', "element": "Apindo"}, follow=True)

    cells = page.context["preview"].changes[0]["cells"]
    assert [cell["value"] for cell in cells if cell["column"] == "name"] == ['=1+1 "x']


def test_a_line_of_great_length_is_read_in_one_go():
    """Searched from each of its letters anew, this one would take a day."""
    with pytest.raises(ValidationError):
        read_members("Nama" + " " * 1_000_000 + "a" * 1_000_000)
