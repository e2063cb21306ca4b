"""The branch takes over from the contact, who only reads then; what was being typed is not lost."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.doors import actions
from awards.models import Letter, Nomination
from awards.stages import NominationState
from tests import builders as b
from tests.awards.doors.letting_in import the_door, typed


def test_while_it_is_with_the_branch_the_contact_only_reads(contact, nomination, staff, signed_in, regulation):
    actions.hand_over(the_door(), by=staff)
    client = signed_in(contact)

    assert client.get(reverse("my-nomination", args=[nomination.pk])).status_code == 200
    page = client.get(reverse("nomination-answers", args=[nomination.pk]))
    assert (page.status_code, "ada pada kantor cabang" in page.content.decode()) == (403, True)

    actions.give_back(the_door(), note="Lampirkan Perda", by=staff)
    page = client.get(reverse("my-nomination", args=[nomination.pk])).content.decode()
    assert "Lampirkan Perda" in page
    assert client.get(reverse("nomination-answers", args=[nomination.pk])).status_code == 200


def test_what_the_contact_was_typing_when_the_branch_took_over_stays_a_draft(
    contact, nomination, staff, signed_in, regulation
):
    client, address = signed_in(contact), reverse("nomination-answers", args=[nomination.pk])
    file = SimpleUploadedFile("perda.png", b.PIXEL, "image/png")
    sent = typed(regulation, nomination, **{f"note-{regulation.pk}": "Perda 5/2023"})
    actions.hand_over(the_door(), by=staff)

    kept = client.post(reverse("nomination-answers-keep", args=[nomination.pk]), sent)
    page = client.post(address, sent | {f"file-{regulation.pk}": file})

    assert [each.status_code for each in (kept, page)] == [409, 409]
    assert ["ada pada kantor cabang" in each.content.decode() for each in (kept, page)] == [True, True]
    assert "Perda 5/2023" in page.content.decode()
    assert (nomination.answers.count(), nomination.evidence.count()) == (0, 0)
    actions.give_back(the_door(), by=staff)
    assert "Perda 5/2023" in client.get(address).content.decode()


def test_the_contact_is_told_that_the_branch_took_over(contact, nomination, staff):
    actions.hand_over(the_door(), by=staff)

    (letter,) = Letter.objects.filter(key__startswith="door:")
    assert (letter.to, str(staff) in letter.body) == (contact, True)
    assert reverse("my-nomination", args=[nomination.pk]) in letter.body


def test_once_the_branch_has_sent_it_the_contact_is_told_so(contact, nomination, staff, signed_in, regulation):
    client, address = signed_in(contact), reverse("nomination-answers", args=[nomination.pk])
    sent = typed(regulation, nomination)
    actions.hand_over(the_door(), by=staff)
    Nomination.objects.filter(pk=nomination.pk).update(state=NominationState.SENT)

    page = client.post(address, sent).content.decode()

    assert ("sebelum nominasi dikirim" in page or "hanya dapat diubah" in page, "ada pada kantor" in page) == (
        True,
        False,
    )
    assert "ada pada kantor" not in client.get(address).content.decode()
