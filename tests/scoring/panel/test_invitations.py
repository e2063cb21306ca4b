"""Invitations to the panel: one link, one use, one person."""

import datetime
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone, translation

from awards.letters import outbox
from awards.models import Letter, Role
from awards.stages import Stage
from paritrana.accounts.address_changes import digest_of
from paritrana.accounts.models import AuditEvent, User
from scoring.models import Invitation, Seat, SeatChange
from scoring.panel import invitations
from tests import builders
from tests.letters import last_link, path_in
from tests.refusals import refused
from tests.scoring.panel import panels

pytestmark = pytest.mark.django_db
PASSWORD = "kelapa-muda-di-pantai-9"


@pytest.fixture
def committee(selection):
    return builders.committee(selection)


def invite(selection, by, email="juri@contoh.example", role=Role.JUROR, **terms):
    terms = {"name": "Dr. Contoh", "element": "Pakar", "role": role} | terms
    return invitations.invite(selection, email=email, by=by, **terms)


def choose(client, password=PASSWORD, again=PASSWORD):
    return client.post(last_link(), {"password": password, "again": again})


def accept(client, email="juri@contoh.example"):
    """Signed in as the invited, by the link in the last letter."""
    client.force_login(User.objects.get(email=email))
    return client.post(last_link())


def test_the_database_keeps_the_digest_of_a_link_never_the_link(selection, committee):
    made = invite(selection, committee)
    token = last_link().strip("/").split("/")[-1]

    assert made.digest == digest_of(token)
    assert token not in repr(list(AuditEvent.objects.values("detail"))) + repr(Invitation.objects.values().get())


def test_somebody_without_an_account_chooses_a_password_signs_in_and_sits(client, selection, committee):
    invite(selection, committee, office="Dosen", is_observer=True)

    assert client.get(last_link()).status_code == 200
    answer = choose(client)
    accept(client)
    waited = Invitation.objects.get().state, Seat.objects.count()
    panels.confirmed(SeatChange.objects.get())

    assert waited == (Invitation.State.ANSWERED, 0)
    user = User.objects.get(email="juri@contoh.example")
    seat = Seat.objects.get()
    assert (answer.status_code, user.name, user.office, user.check_password(PASSWORD)) == (
        302,
        "Dr. Contoh",
        "Dosen",
        True,
    )
    assert (seat.user, seat.element, seat.is_observer, seat.appointment.role) == (user, "Pakar", True, "juror")
    assert Invitation.objects.get().state == Invitation.State.ACCEPTED


@pytest.mark.parametrize("spoken", ["id", "en"])
def test_the_account_keeps_the_language_the_invitation_was_accepted_in(client, selection, committee, spoken):
    invite(selection, committee)
    client.cookies["language"] = spoken

    choose(client)

    assert User.objects.get(email="juri@contoh.example").language == spoken


def test_a_link_works_once(client, selection, committee):
    invite(selection, committee)
    used = last_link()
    choose(client)
    accept(client)

    again = client.post(used)
    assert (client.get(used).status_code, again.status_code) == (410, 410)
    assert (SeatChange.objects.count(), Seat.objects.count()) == (1, 0)


@pytest.mark.parametrize(("password", "again"), [("123", "123"), (PASSWORD, "lain-sama-sekali-7")])
def test_a_weak_or_mistyped_password_opens_nothing(client, selection, committee, password, again):
    invite(selection, committee)

    assert choose(client, password, again).status_code == 200
    assert (User.objects.filter(email="juri@contoh.example").count(), Seat.objects.count()) == (0, 0)


def test_whoever_has_an_account_signs_in_and_accepts(client, selection, committee):
    juror = builders.person()
    invite(selection, committee, email=juror.email.upper())

    accept(client, juror.email)
    panels.confirmed(SeatChange.objects.get())

    assert Seat.objects.get().user == juror


def test_nobody_else_accepts_an_invitation(client, selection, committee):
    invite(selection, committee)
    other = builders.person()
    client.force_login(other)

    client.post(last_link())

    assert Seat.objects.count() == 0
    refused("not-yours", invitations.accept, Invitation.objects.get(), by=other)


def test_an_expired_link_takes_nobody_in_until_it_is_sent_again(client, selection, committee):
    made = invite(selection, committee)
    old = last_link()
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert (Invitation.objects.get().state, client.get(old).status_code) == (Invitation.State.EXPIRED, 410)

    client.force_login(committee)
    client.post(reverse("invitation-resend", args=[selection.slug, made.pk]))
    client.logout()

    assert (client.get(old).status_code, client.get(last_link()).status_code) == (404, 200)


def test_a_withdrawn_invitation_is_dead_and_the_person_may_be_invited_again(client, selection, committee):
    made = invite(selection, committee)
    refused("already-invited", invite, selection, committee)
    client.force_login(committee)

    client.post(reverse("invitation-withdraw", args=[selection.slug, made.pk]))

    assert client.get(last_link()).status_code == 410
    refused("closed", invitations.resend, Invitation.objects.get(), by=committee)
    assert invite(selection, committee).state == Invitation.State.SENT


def test_rules_of_the_panel_hold_when_inviting_and_again_when_accepting(selection, committee):
    chair = builders.person()
    made = invite(selection, committee, email=chair.email, role=Role.CHAIR)
    panels.seated(selection, committee, Role.CHAIR)

    refused("role-taken", invite, selection, committee, "lain@contoh.example", Role.CHAIR)
    refused("role-taken", invitations.accept, made, by=chair)
    refused("observer-role", invite, selection, committee, "lain@contoh.example", Role.SECRETARY, is_observer=True)


def test_no_seat_is_taken_once_the_panel_is_closed(selection, committee):
    juror = builders.person()
    made = invite(selection, committee, email=juror.email)
    selection.stage = Stage.PLENARY
    selection.save()

    refused("too-late", invitations.accept, made, by=juror)


def test_only_those_who_manage_the_panel_invite(selection):
    with pytest.raises(PermissionDenied):
        invite(selection, builders.appointed(Role.CHAIR, selection))
    assert not Letter.objects.exists()


def test_the_committee_sees_that_an_invitation_could_not_be_mailed_and_never_its_link(
    client, selection, committee, settings
):
    settings.MAIL_DELIVERY = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    invite(selection, committee)

    outbox.send_waiting()
    client.force_login(committee)
    page = client.get(reverse("letters"))

    assert [letter.state for letter in page.context["page"]] == [Letter.State.FAILED]
    assert Letter.objects.get().body not in page.content.decode()


@pytest.mark.parametrize(("stored", "spoken"), [("en", "en"), ("id", "id"), (None, "id")])
def test_an_invitation_speaks_the_language_of_whoever_is_invited(selection, committee, stored, spoken):
    if stored:
        User.objects.create_user("juri@contoh.example", name="Dr. Contoh", language=stored)

    with translation.override("id" if spoken == "en" else "en"):
        invite(selection, committee)

    outbox.send_waiting()
    assert mail.outbox[-1].body.startswith({"en": "Dear ", "id": "Yth. "}[spoken])


def test_nobody_is_invited_by_themselves(selection, committee):
    refused("oneself", invite, selection, committee, committee.email)
    assert Invitation.objects.count() == 0


def shared(client, selection, made):
    return client.post(reverse("invitation-share", args=[selection.slug, made.pk]))


def test_the_sender_sees_the_message_that_was_mailed_and_opens_it_in_whatsapp(client, selection, committee):
    made = invite(selection, committee)
    client.force_login(committee)

    page = shared(client, selection, made)
    address = urlsplit(
        re.search(r'href="(https://wa\.me/[^"]*)" target="_blank" rel="([^"]*)"', page.content.decode())[1]
    )
    outbox.send_waiting()

    text = page.context["message"].text
    assert text.strip() == mail.outbox[-1].body.strip()
    assert (address.netloc, parse_qs(address.query)) == ("wa.me", {"text": [text]})
    assert 'rel="noopener noreferrer"' in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_a_shared_link_works_and_the_one_before_it_does_not(client, selection, committee):
    made = invite(selection, committee)
    before = last_link()
    client.force_login(committee)

    text = shared(client, selection, made).context["message"].text
    client.logout()

    after = path_in(text)
    assert (client.get(before).status_code, client.get(after).status_code) == (404, 200)


def test_sharing_is_in_the_trail_and_stores_no_link_in_clear(client, selection, committee):
    made = invite(selection, committee)
    client.force_login(committee)

    text = shared(client, selection, made).context["message"].text

    token = re.search(r"/undangan/([^/\s]+)", text).group(1)
    stored = [
        list(AuditEvent.objects.values("detail")),
        list(Invitation.objects.values()),
        list(Letter.objects.values()),
    ]
    assert AuditEvent.objects.filter(verb="invitation.share", actor=committee).count() == 1
    assert token not in repr(stored)
    assert token not in client.get(reverse("panel", args=[selection.slug])).content.decode()


def test_an_invitation_that_is_over_is_not_shared(client, selection, committee):
    made = invite(selection, committee)
    invitations.withdraw(made, by=committee)
    client.force_login(committee)

    answer = shared(client, selection, made)

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("panel", args=[selection.slug]))
    assert not AuditEvent.objects.filter(verb="invitation.share").exists()


def test_only_those_who_manage_the_panel_share_an_invitation(selection, committee):
    made = invite(selection, committee)

    with pytest.raises(PermissionDenied):
        invitations.share(made, by=builders.appointed(Role.CHAIR, selection))


def test_a_link_sent_again_states_until_when_it_is_valid_now(selection, committee):
    made = invite(selection, committee)
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(days=30))

    text = invitations.share(Invitation.objects.get(pk=made.pk), by=committee)

    assert selection.moment(Invitation.objects.get().expires_at) in text
