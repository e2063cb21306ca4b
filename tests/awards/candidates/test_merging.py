"""Making one of two candidates, and the personal data of their contacts."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards import masks
from awards.candidates import actions
from awards.models import Candidate, Contact, Nomination, Role
from paritrana.accounts.models import AuditEvent
from tests import builders as b


@pytest.fixture
def denpasar(bali):
    return b.regency("51.71", "Kota Denpasar")


def test_merging_moves_all_and_the_old_address_leads_to_the_other(bali, committee, jembrana, signed_in):
    old = b.company(jembrana, "PT Contoh", contact="Ibu Contoh", npp="AA001122", nib="1234567890123")
    into = b.company(jembrana, "PT Contoh Jaya", nib="9999999999999")
    earlier = b.company(jembrana, "PT Contoh Lama")
    actions.merge(earlier, old, by=committee)
    category = b.category(bali.edition, "perusahaan", "company")
    nomination = Nomination.objects.create(selection=bali, category=category, candidate=old, nominated_by=committee)
    past = b.past_award(jembrana.parent, "PT Contoh", candidate=old)
    client = signed_in(committee)

    answer = client.post(reverse("candidate-merge-into", args=[old.pk, into.pk]))

    for row in (old, into, earlier, nomination, past):
        row.refresh_from_db()
    assert answer.url == into.get_absolute_url()
    assert (nomination.candidate, past.candidate, Contact.objects.get().candidate) == (into, into, into)
    assert (old.merged_into, earlier.merged_into, old.merged_by) == (into, into, committee)
    assert (into.npp, into.nib) == ("AA001122", "9999999999999")
    assert client.get(old.get_absolute_url()).url == into.get_absolute_url()
    assert [event.verb for event in AuditEvent.objects.of(into)] == ["candidate.take-over"]


def test_two_in_one_category_of_a_selection_are_not_merged(bali, committee, jembrana, signed_in):
    one, other = b.company(jembrana, "PT Satu"), b.company(jembrana, "PT Dua")
    category = b.category(bali.edition, "perusahaan", "company")
    for each in (one, other):
        Nomination.objects.create(selection=bali, category=category, candidate=each, nominated_by=committee)

    page = signed_in(committee).post(reverse("candidate-merge-into", args=[one.pk, other.pk]))

    assert (page.status_code, len(page.context["clashes"])) == (409, 1)
    assert Candidate.objects.current().count() == 2


def test_only_two_of_a_kind_and_never_twice(committee, jembrana, tabanan):
    one, other, small = (
        b.company(jembrana, "PT Satu"),
        b.company(jembrana, "PT Dua"),
        b.company(jembrana, "Warung", kind="small"),
    )
    actions.merge(one, other, by=committee)

    refused = []
    for source, target in [(small, other), (b.candidate(jembrana), b.candidate(tabanan)), (other, other), (one, other)]:
        with pytest.raises(ValidationError) as error:
            actions.merge(source, target, by=committee)
        refused.append(error.value.code)

    assert refused == ["kind", "kind", "kind", "merged"]


def test_a_branch_merges_nothing(staff, jembrana, signed_in):
    one, other = b.company(jembrana, "PT Satu"), b.company(jembrana, "PT Dua")

    assert signed_in(staff).post(reverse("candidate-merge-into", args=[one.pk, other.pk])).status_code == 403


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (masks.phone, "0812 3456-7834", "0812••••34"),
        (masks.phone, "361234", "••••34"),
        (masks.phone, "", ""),
        (masks.email, "made@contoh.example", "m••••@contoh.example"),
        (masks.email, "", ""),
        (masks.nik, "5101010101010001", "••••0001"),
        (masks.nik, "", ""),
    ],
)
def test_a_mask_leaves_enough_to_recognise_and_too_little_to_use(mask, value, shown):
    assert mask(value) == shown


def test_personal_data_stands_whole_nowhere_but_where_it_was_asked_for(staff, jembrana, signed_in):
    company = b.company(jembrana, contact="Ibu Contoh")
    client, url = signed_in(staff), reverse("candidate-contacts", args=[company.pk])
    pages = [reverse("candidates"), company.get_absolute_url(), reverse("candidate-edit", args=[company.pk]), url]

    looked_at = [client.get(page).content.decode() for page in pages]
    events = list(AuditEvent.objects.of(company))
    whole = client.post(url)

    assert not any("081234567834" in page or "5101010101010001" in page for page in looked_at)
    assert events == []
    assert "081234567834" in whole.content.decode()
    assert "no-store" in whole["Cache-Control"]
    assert [(event.verb, event.actor) for event in AuditEvent.objects.of(company)] == [
        ("candidate.read-contacts", staff)
    ]


def test_the_trail_never_holds_what_stands_in_a_contact(staff, jembrana, signed_in):
    company = b.company(jembrana, contact="Ibu Contoh")
    contact = Contact.objects.get()
    form = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 1, "version": 1, "form-0-id": contact.pk}
    form |= {"form-0-name": "Bapak Baru", "form-0-phone": "0361999888", "form-0-nik": "5102020202020002"}
    form |= {"form-1-name": "", "form-1-phone": ""}
    client, url = signed_in(staff), reverse("contacts-save", args=[company.pk])

    saved = client.post(url, form)
    late = client.post(url, form | {"form-0-name": "Orang Lain"})

    assert (saved.status_code, late.status_code) == (302, 409)
    assert Contact.objects.get().name == "Bapak Baru"
    told = json.dumps(list(AuditEvent.objects.of(company).values("detail", "object_label")))
    assert not any(word in told for word in ("0361999888", "5102020202020002", "Bapak Baru", "081234567834"))


def test_contacts_of_another_candidate_cannot_be_written_through_this_one(staff, jembrana, denpasar, signed_in):
    company = b.company(jembrana)
    b.company(denpasar, "PT Lain", contact="Ibu Lain")
    foreign = Contact.objects.get()
    form = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "version": 1}
    form |= {"form-0-id": foreign.pk, "form-0-name": "Dicuri"}

    signed_in(staff).post(reverse("contacts-save", args=[company.pk]), form)

    assert list(Contact.objects.values_list("name", flat=True)) == ["Ibu Lain"]


def test_the_auditor_reads_masked_and_is_refused_the_rest(bali, jembrana, signed_in):
    company = b.company(jembrana, contact="Ibu Contoh")
    auditor = b.appointed(Role.AUDITOR, bali.edition)
    client = signed_in(auditor)

    assert client.get(company.get_absolute_url()).status_code == 200
    assert client.post(reverse("candidate-contacts", args=[company.pk])).status_code == 403
