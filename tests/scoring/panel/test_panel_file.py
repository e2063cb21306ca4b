"""Members of a panel by a file: each is invited."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from awards.letters import outbox
from awards.stages import Stage
from paritrana.accounts.models import User
from paritrana.intake import pages
from scoring.models import Invitation, Seat, SeatChange
from scoring.panel import invitations
from tests import builders as make
from tests.paritrana.intake.confirming import answer, asked, confirm
from tests.scoring.panel import panels

pytestmark = pytest.mark.django_db
HEAD = "surel;nama;jabatan;peran;unsur yang diwakili;pengamat"


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A busy machine must not show the progress where a test looks for the result."""
    monkeypatch.setattr(pages, "PATIENCE", 60)


@pytest.fixture
def selection():
    return make.selection(Stage.NOMINATION)


@pytest.fixture
def committee(client, selection):
    user = make.committee(selection)
    client.force_login(user)
    return user


def hand_in(client, selection, *lines):
    file = SimpleUploadedFile("panel.csv", "\n".join([HEAD, *lines]).encode())
    return client.post(reverse("panel-upload", args=[selection.slug]), {"file": file}, follow=True)


def faults(page):
    return [(fault["row"], fault["column"]) for fault in page.context["faults"]]


KETUA = "ketua@contoh.id;Dr. Ketua;Dosen;ketua tim penilai;Akademisi;"
JURI = "juri@contoh.id;Juri;;juri;Serikat pekerja;ya"


def test_every_member_is_invited_whether_there_is_an_account_or_not(client, selection, committee):
    known = User.objects.create_user("juri@contoh.id", name="Juri")

    page = hand_in(client, selection, KETUA, JURI)
    assert faults(page) == []
    confirm(client, page)
    panels.confirmed(invitations.accept(Invitation.objects.get(email=known.email), by=known))

    (seat,) = Seat.objects.all()
    assert (seat.user, seat.appointment.role, seat.element, seat.is_observer) == (
        known,
        "juror",
        "Serikat pekerja",
        True,
    )
    invitation = Invitation.objects.open().get()
    assert (invitation.email, invitation.name, invitation.role) == ("ketua@contoh.id", "Dr. Ketua", "chair")
    outbox.send_waiting()
    assert {"ketua@contoh.id", "juri@contoh.id"} <= {address for letter in mail.outbox for address in letter.to}


def test_a_second_time_there_is_nothing_to_do(client, selection, committee):
    known = User.objects.create_user("juri@contoh.id", name="Juri")
    confirm(client, hand_in(client, selection, KETUA, JURI))
    invitations.accept(Invitation.objects.get(email=known.email), by=known)

    page = hand_in(client, selection, KETUA, JURI).context["preview"]

    assert (page.same, page.changes, Invitation.objects.count(), SeatChange.objects.count()) == (2, [], 2, 1)


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ([KETUA, "lain@contoh.id;Lain;;ketua tim penilai;Akademisi;"], [(2, "D · Peran"), (3, "D · Peran")]),
        (["ketua@contoh.id;Ketua;;ketua tim penilai;Akademisi;ya"], [(2, "F · Pengamat")]),
        (["juri@contoh.id;Juri;;penonton;Akademisi;"], [(2, "D · Peran")]),
        (["juri@contoh.id;Juri;;juri;;"], [(2, "E · Unsur yang diwakili")]),
    ],
)
def test_what_a_panel_cannot_be_is_a_fault_and_nobody_is_invited(client, selection, committee, lines, wrong):
    page = hand_in(client, selection, *lines)

    assert faults(page) == wrong
    assert confirm(client, page).status_code == 409
    assert (Invitation.objects.count(), mail.outbox) == (0, [])


def test_other_terms_than_a_seat_or_an_invitation_has_are_refused(client, selection, committee):
    confirm(client, hand_in(client, selection, JURI))

    assert faults(hand_in(client, selection, JURI.replace("Serikat pekerja", "Akademisi"))) == [
        (2, "E · Unsur yang diwakili")
    ]


def test_a_second_chair_is_refused_while_the_first_one_sits(client, selection, committee):
    chair = User.objects.create_user("ketua@contoh.id", name="Ketua")
    confirm(client, hand_in(client, selection, KETUA))
    panels.confirmed(invitations.accept(Invitation.objects.get(), by=chair))

    assert faults(hand_in(client, selection, "lain@contoh.id;Lain;;ketua tim penilai;Akademisi;")) == [(2, "D · Peran")]


def test_the_command_needs_somebody_who_may_manage_the_panel(tmp_path, selection):
    path = tmp_path / "panel.csv"
    path.write_text("\n".join([HEAD, JURI]))
    committee, stranger = make.committee(selection), make.person()

    with pytest.raises(CommandError) as refusal:
        call_command("import_panel", str(path), selection.slug, by=stranger.email, verbosity=0)
    call_command("import_panel", str(path), selection.slug, by=committee.email, verbosity=0)

    assert (refusal.value.returncode, Invitation.objects.count()) == (1, 1)


def test_whether_a_name_with_another_address_is_another_person_is_asked(client, selection, committee):
    confirm(client, hand_in(client, selection, JURI))
    lines = [line.format(JURI) for line in ("{0}", "lain@contoh.id;JURI;;juri;Akademisi;")]

    page = hand_in(client, selection, *lines)
    before = asked(page)
    answer(client, page, **{"3": "juri@contoh.id"})
    left = Invitation.objects.count()
    answer(client, hand_in(client, selection, *lines), **{"3": "new"})

    assert (before, left, Invitation.objects.count()) == ({"3": ["juri@contoh.id", "new"]}, 1, 2)


def test_whether_the_seated_chair_has_another_address_is_asked(client, selection, committee):
    chair = User.objects.create_user("ketua@contoh.id", name="Dr. Ketua")
    confirm(client, hand_in(client, selection, KETUA))
    panels.confirmed(invitations.accept(Invitation.objects.get(), by=chair))

    page = hand_in(client, selection, KETUA.replace("ketua@contoh.id", "lain@contoh.id"), JURI)
    second = confirm(client, page, **{"2": "new"})
    answer(client, page, **{"2": "ketua@contoh.id"})

    assert (faults(page), asked(page)) == ([], {"2": ["ketua@contoh.id", "new"]})
    assert (second.status_code, second.context["preview"].questions[0]["answer"]) == (422, "")
    assert Invitation.objects.open().get().email == "juri@contoh.id"
