"""The candidate's door: one contact, one nomination, nothing else; the branch checks, sends, takes over or closes."""

import datetime
import re

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from awards.doors import actions
from awards.models import AnswerDraft, Appointment, CandidateDoor, Letter, Nomination, Role, Selection
from awards.nominations import transitions
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent, User
from regions.offices import actions as offices
from tests import builders as b
from tests.awards.doors.letting_in import invite, the_door, typed
from tests.letters import last_link, path_in
from tests.refusals import refused


def test_the_link_opens_an_account_once(contact, client):
    used = path_in(mail.outbox[-1].body)

    assert the_door().user == contact
    assert client.get(used).status_code == 410


def test_a_fresh_link_kills_the_older_one_and_an_expired_one_opens_nothing(nomination, staff, client):
    door = invite(nomination, staff)
    older = last_link()
    text = actions.share(door, by=staff)

    assert client.get(older).status_code == 404
    CandidateDoor.objects.update(expires_at=timezone.now() - datetime.timedelta(minutes=1))
    over = client.get(last_link())
    assert (over.status_code, "<title>Tautan ini tidak berlaku lagi" in over.content.decode()) == (410, True)
    assert "/akses/" in text


def test_the_shared_message_does_not_tell_whether_there_is_an_account(nomination, staff):
    User.objects.create_user("humas@contoh.example", None, name="Humas", language="en")
    texts = []
    for email in ("humas@contoh.example", "baru@contoh.example"):
        CandidateDoor.objects.update(closed_at=timezone.now(), closed_by=staff)
        texts.append(re.sub(r"https?://\S+", "", actions.share(invite(nomination, staff, email), by=staff)))

    assert texts[0] == texts[1]


def test_the_contact_sees_the_own_nomination_and_nothing_else(contact, nomination, signed_in, bali, tabanan):
    client = signed_in(contact)
    other = b.nomination(bali, tabanan)

    assert client.get(reverse("home")).url == reverse("doors")
    assert client.get(reverse("doors")).url == reverse("my-nomination", args=[nomination.pk])
    assert client.get(nomination.get_absolute_url()).url == reverse("my-nomination", args=[nomination.pk])
    shut = [bali.get_absolute_url(), other.get_absolute_url(), reverse("editions"), reverse("search")]
    shut += [reverse("nomination-answers", args=[other.pk]), reverse("nomination-submit", args=[nomination.pk])]
    assert {client.get(address).status_code for address in shut} == {404}


def test_the_contact_answers_and_the_branch_sends(contact, nomination, staff, signed_in, regulation):
    client = signed_in(contact)

    assert client.post(reverse("nomination-answers", args=[nomination.pk]), typed(regulation, nomination)).url
    assert client.post(reverse("door-hand-over", args=[nomination.pk])).url

    assert nomination.answers.get().value == {"level": "perda"}
    assert AuditEvent.objects.filter(verb="nomination.answer", actor=contact).exists()
    assert the_door().state == CandidateDoor.State.HANDED
    assert Letter.objects.get(key__startswith="door:").to == staff
    client.force_login(staff)
    assert "Periksa yang diisi kandidat" in client.get(reverse("home")).content.decode()


def test_once_the_region_is_another_branchs_that_branch_is_told_and_asked(
    contact, nomination, jembrana, staff, signed_in
):
    heir = b.branch_staff(name="Bali Negara")
    elsewhere = heir.postings.get().branch
    offices.set_area(elsewhere, [jembrana], since=timezone.localdate(), by=b.head_officer())
    client = signed_in(contact)

    client.post(reverse("door-hand-over", args=[nomination.pk]))
    page = client.get(reverse("my-nomination", args=[nomination.pk])).content.decode()

    assert [letter.to for letter in Letter.objects.filter(key__startswith="door:")] == [heir]
    assert heir.name in page
    assert staff.name not in page
    client.force_login(staff)
    assert client.get(nomination.get_absolute_url()).status_code == 404
    client.force_login(heir)
    assert client.post(reverse("door-give-back", args=[nomination.pk]), {"note": "Lampirkan"}).status_code == 302


def test_the_contact_attaches_evidence_and_reads_it_again(contact, nomination, signed_in, regulation):
    client = signed_in(contact)
    file = SimpleUploadedFile("perda.png", b.PIXEL, "image/png")
    sent = typed(regulation, nomination) | {f"file-{regulation.pk}": file}

    client.post(reverse("nomination-answers", args=[nomination.pk]), sent)

    (evidence,) = nomination.evidence.all()
    assert (evidence.uploaded_by, client.get(reverse("evidence", args=[evidence.pk])).status_code) == (contact, 200)
    assert client.post(reverse("evidence-download", args=[evidence.pk])).status_code == 200


def test_what_was_returned_is_read_and_mended(contact, nomination, signed_in, bali, regulation):
    Nomination.objects.filter(pk=nomination.pk).update(state=NominationState.RETURNED, remark="Perda belum terbaca")
    nomination.return_remarks.create(criterion=regulation, text="Unggah ulang", made_by=b.person())

    page = signed_in(contact).get(reverse("my-nomination", args=[nomination.pk])).content.decode()

    assert "Perda belum terbaca" in page
    assert "Unggah ulang" in page


def test_what_cannot_be_read_stays_as_the_contacts_draft(contact, nomination, signed_in, regulation):
    broken = {"version": nomination.version, f"note-{regulation.pk}": "Perda 5"}

    signed_in(contact).post(reverse("nomination-answers-keep", args=[nomination.pk]), broken)

    assert AnswerDraft.objects.get().user == contact


def test_a_closed_door_shows_nothing_and_keeps_what_was_filled_in(contact, nomination, staff, signed_in, regulation):
    client = signed_in(contact)
    client.post(reverse("nomination-answers", args=[nomination.pk]), typed(regulation, nomination))
    actions.close(the_door(), by=staff)

    shut = client.get(reverse("my-nomination", args=[nomination.pk]))
    assert (shut.status_code, str(nomination) in shut.content.decode()) == (410, False)
    assert client.get(reverse("nomination-answers", args=[nomination.pk])).status_code == 404
    assert nomination.answers.count() == 1


def test_whoever_is_invited_again_after_a_closed_door_comes_in(contact, nomination, staff, signed_in):
    actions.close(the_door(), by=staff)
    invite(nomination, staff)
    client, address = signed_in(contact), last_link()

    client.post(address)

    assert client.get(reverse("my-nomination", args=[nomination.pk])).status_code == 200
    assert client.get(reverse("my-nomination", args=[nomination.pk + 1])).status_code == 404


def test_nobody_with_a_role_acts_for_a_candidate_and_only_they_are_told(nomination, staff, committee, signed_in):
    url = reverse("door", args=[nomination.pk])
    answer = signed_in(staff).post(url, {"email": committee.email, "name": "Ibu Contoh"}, follow=True)

    assert committee.email in answer.content.decode()
    refused("insider", actions.enter, the_door(), by=committee)


def test_an_invitation_does_not_tell_who_has_a_role_or_an_account(nomination, staff, committee, signed_in):
    client, url = signed_in(staff), reverse("door", args=[nomination.pk])

    def answered(email):
        answer = client.post(url, {"email": email, "name": "Ibu Contoh"})
        page = re.sub(r"<[^>]*>|\d", "", client.get(url).content.decode().replace(email, ""))
        actions.close(CandidateDoor.objects.open().get(), by=staff)
        CandidateDoor.objects.all().delete()
        return answer.status_code, answer.url, page

    unknown, known, with_role = (answered(email) for email in ("a@contoh.example", b.person().email, committee.email))

    assert unknown == known == with_role


def test_a_role_given_later_shuts_the_door(contact, nomination, signed_in, bali):
    b.appointed(Role.AUDITOR, bali.edition)
    Appointment.objects.update(user=contact)
    client = signed_in(contact)

    assert client.get(reverse("my-nomination", args=[nomination.pk])).status_code == 404
    assert client.get(reverse("nomination-answers", args=[nomination.pk])).status_code == 403


def test_one_contact_at_a_time_and_a_link_for_its_owner_alone(nomination, staff):
    door = invite(nomination, staff)

    refused("already-open", invite, nomination, staff, "lain@contoh.example")
    refused("not-yours", actions.enter, door, by=b.person())


def test_a_door_closed_between_reading_and_entering_opens_nothing(nomination, staff):
    read = invite(nomination, staff)
    actions.close(the_door(), by=staff)

    refused("moved-on", actions.enter, read, by=User.objects.create_user(read.email, name="Ibu Contoh"))
    assert the_door().user is None


def test_two_presses_of_one_button_act_once(contact, nomination, staff):
    first, second = the_door(), the_door()
    actions.hand_over(first, by=staff)

    refused("moved-on", actions.hand_over, second, by=contact)
    actions.close(first, by=staff)
    refused("moved-on", actions.close, second, by=staff)


def test_the_deadline_holds_for_the_contact_too(contact, nomination, signed_in, bali, regulation):
    bali.dates.create(
        stage=Stage.NOMINATION,
        opens_at=timezone.now() - datetime.timedelta(days=9),
        closes_at=timezone.now() - datetime.timedelta(minutes=1),
    )
    client = signed_in(contact)

    assert client.get(reverse("nomination-answers", args=[nomination.pk])).status_code == 403
    assert client.get(reverse("my-nomination", args=[nomination.pk])).status_code == 200


def letters_to(contact):
    return list(Letter.objects.filter(to=contact).order_by("pk"))


def test_the_contact_is_told_of_a_return_and_of_being_left_off_without_names_or_reasons(contact, nomination, staff):
    committee = b.committee(nomination.selection)
    actions.hand_over(the_door(), by=contact)
    Nomination.objects.filter(pk=nomination.pk).update(state=NominationState.SENT)
    Selection.objects.filter(pk=nomination.selection_id).update(stage=Stage.VERIFICATION)
    transitions.return_for_repair(nomination, by=committee, reason="NIK Bu Ketut salah")
    Nomination.objects.filter(pk=nomination.pk).update(state=NominationState.VERIFIED)
    transitions.pass_over(nomination, by=committee, reason="Nilai Pak Made rendah")
    transitions.withdraw(nomination, by=committee, reason="Lain")

    returned, left_off = letters_to(contact)
    for letter in (returned, left_off):
        assert reverse("my-nomination", args=[nomination.pk]) in letter.body
        assert not any(words in letter.body for words in (str(committee), str(staff), "Ketut", "Made"))
    assert "daftar wawancara" in left_off.subject


def test_who_has_not_entered_or_whose_door_is_closed_is_not_told(nomination, staff, contact):
    actions.close(the_door(), by=staff)
    Nomination.objects.filter(pk=nomination.pk).update(state=NominationState.SENT)
    transitions.return_for_repair(nomination, by=b.committee(nomination.selection), reason="Belum lengkap")

    assert letters_to(contact) == []
