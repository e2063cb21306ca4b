"""Papers are looked at as pictures before they are issued, and issued only as they were shown."""

import pytest
from django.urls import reverse
from django.utils import translation

from scoring.documents import previews
from scoring.documents.certificate_actions import CertificateOrder
from scoring.models import Document, Letterhead, Seat
from tests.once import made_once
from tests.scoring.documents import documents

pytestmark = pytest.mark.django_db


def seal():
    made, by = documents.sealed()
    documents.headed(made.selection, by)
    return made, by


built, made_by = made_once(seal)
ORDER = {"number": "{n}/PA", "paper": "a4", "dated": "12.03.2025"}


def meeting(made, **more) -> dict[str, str]:
    seats = Seat.objects.filter(panel__selection=made.selection)
    return (
        {"number": "1/BA", "held_on": "10.03.2025", "venue": "Denpasar"}
        | {f"seat_{seat.pk}": "present" for seat in seats}
        | more
    )


def test_minutes_are_shown_first_and_issued_only_as_shown(client, made_by):
    made, by = made_by
    client.force_login(by)
    address = reverse("minutes-make", args=[made.selection.slug])

    first = client.post(address, meeting(made))
    seen = first.context["form"]["seen"].value()
    other = client.post(address, meeting(made, venue="Singaraja", seen=seen))
    nothing_yet = Document.objects.count()
    issued = client.post(address, meeting(made, seen=seen))

    assert [len(one.pages) > 0 for one in first.context["previews"]] == [True, True]
    assert "data:image/png;base64," in first.content.decode()
    assert other.context["previews"]
    assert (nothing_yet, issued.status_code) == (0, 302)
    assert set(Document.objects.values_list("kind", flat=True)) == {"minutes", "decree", "annex"}


def test_a_letterhead_changed_after_the_look_is_looked_at_again(client, made_by):
    made, by = made_by
    client.force_login(by)
    address = reverse("minutes-make", args=[made.selection.slug])
    seen = client.post(address, meeting(made)).context["form"]["seen"].value()
    head = documents.headed(made.selection, by)
    head.pk, head.version, head.place = None, 2, "Singaraja"
    head.save()

    again = client.post(address, meeting(made, seen=seen))

    assert (again.status_code, Document.objects.count()) == (200, 0)
    assert again.context["form"]["seen"].value() != seen


def test_certificates_are_shown_one_of_each_design_and_all_on_a_proof_sheet(client, made_by):
    made, by = made_by
    client.force_login(by)
    address = reverse("certificates-make", args=[made.selection.slug])

    first = client.post(address, ORDER)
    sheet = client.post(address, ORDER | {"proof": "1"})
    seen = first.context["form"]["seen"].value()
    issued = client.post(address, ORDER | {"seen": seen})

    assert first.context["proofs"].count == 3
    told = documents.words(sheet.content)
    names = [str(each.candidate.region) for each in made.nominations]
    assert [name in told for name in names] == [True, True, True]
    assert (sheet["Content-Type"], issued.status_code) == ("application/pdf", 302)
    assert Document.objects.filter(kind="certificate").count() == 6


def test_a_preview_is_refused_as_the_paper_would_be(client, made_by):
    made, by = made_by
    Letterhead.objects.all().delete()
    client.force_login(by)

    page = client.post(reverse("certificates-make", args=[made.selection.slug]), ORDER)

    assert page.context["form"].non_field_errors().as_data()[0].code == "letterhead"


def test_long_names_and_letters_the_font_lacks_are_named_before_printing(made_by):
    made, by = made_by
    name = "Perusahaan 😀 " + "Pengelola Kawasan Industri " * 6
    order = CertificateOrder("{n}", "2025-03-12")
    contents = previews._contents(made.selection, order, by)
    contents[0] |= {"name": name}

    with translation.override("en"):
        doubts = previews.doubts_about(contents, order)

    assert [line.startswith("Perusahaan") for line in doubts] == [True, True]
    assert ("😀" in doubts[0], "points" in doubts[1]) == (True, True)


def test_the_size_of_a_name_is_what_the_page_sets(made_by):
    made, by = made_by

    proofs = previews.certificate_proofs(made.selection, CertificateOrder("{n}", "2025-03-12"), by=by)

    assert proofs.doubts == []
