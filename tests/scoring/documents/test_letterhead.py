"""Letterhead, place and signatories are data; without them no paper is issued, and scans are nobody else's to see."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageDraw

from awards.models import Appointment
from paritrana.accounts.models import AuditEvent, User
from scoring.documents import actions, certificate_actions, letterhead, logos
from scoring.documents.certificate_actions import CertificateOrder
from scoring.documents.letterhead import Signatory
from scoring.documents.letterhead_actions import set_letterhead
from scoring.documents.source import source_of
from scoring.edit_conflicts import EditConflict
from scoring.models import Document, Letterhead, Seat, SignatureScan
from tests import builders
from tests.once import made_once
from tests.scoring.documents import documents

pytestmark = pytest.mark.django_db
built, made_by = made_once(documents.sealed)
TEXTS = {"institution": "Pemerintah Provinsi Contoh", "address": "Jalan Contoh", "place": "Denpasar"}
GOVERNOR = Signatory("I Made Contoh", "Gubernur")


def picture(mode="RGB", paper="white") -> SimpleUploadedFile:
    drawn = Image.new(mode, (300, 120), paper)
    ImageDraw.Draw(drawn).line([(20, 20), (150, 100), (280, 30)], fill="navy", width=5)
    content = io.BytesIO()
    drawn.save(content, "PNG")
    return SimpleUploadedFile("gambar.png", content.getvalue(), "image/png")


def typed(version=0, **more):
    return TEXTS | {"version": version, "name_1": "I Made Contoh", "office_1": "Gubernur"} | more


def page(made) -> str:
    return reverse("letterhead", args=[made.selection.slug])


def test_minutes_without_signatory_or_place_are_refused_by_what_is_missing(made_by):
    made, by = made_by

    with pytest.raises(ValidationError) as refusal:
        actions.make_minutes(made.selection, documents.MEETING, by=by)

    assert (refusal.value.code, Document.objects.count()) == ("letterhead", 0)
    assert len(letterhead.lacking(letterhead.letterhead_of(made.selection))) == 4


@pytest.mark.parametrize(("dated", "has_head", "code"), [("2025-03-12", False, "letterhead"), ("", True, "undated")])
def test_certificates_without_signatory_place_or_day_are_refused(made_by, dated, has_head, code):
    made, by = made_by
    if has_head:
        documents.headed(made.selection, by)

    with pytest.raises(ValidationError) as refusal:
        certificate_actions.make_certificates(made.selection, CertificateOrder("{n}", dated), by=by)

    assert (refusal.value.code, Document.objects.count()) == (code, 0)


def test_the_page_says_what_is_missing_before_anything_is_typed(client, made_by):
    made, by = made_by
    client.force_login(by)

    for name in ("minutes-make", "certificates-make"):
        shown = client.get(reverse(name, args=[made.selection.slug]))
        assert len(shown.context["lacking"]) == 4
        assert page(made) in shown.content.decode()


def test_every_version_of_a_letterhead_is_kept_and_told_in_the_trail(client, made_by):
    made, by = made_by
    client.force_login(by)

    first = client.post(page(made), typed(emblem=picture(), scan_1=picture()))
    second = client.post(page(made), typed(1, place="Singaraja"))

    assert (first.status_code, second.status_code) == (302, 302)
    newest, oldest = Letterhead.objects.filter(selection=made.selection)
    assert (oldest.place, newest.place) == ("Denpasar", "Singaraja")
    assert bytes(newest.emblem) == bytes(oldest.emblem) != b""
    assert newest.signatories[0]["scan"] == SignatureScan.objects.get().sha256
    told = AuditEvent.objects.filter(verb="document.letterhead").first().detail
    assert (told["before"]["place"], told["after"]["place"]) == ("Denpasar", "Singaraja")


def test_who_was_slower_sees_both_and_loses_nothing_typed(client, made_by):
    made, by = made_by
    documents.headed(made.selection, by)
    client.force_login(by)

    answer = client.post(page(made), typed(0, place="Singaraja"))

    assert answer.status_code == 409
    assert "Singaraja" in answer.content.decode()
    with pytest.raises(EditConflict):
        set_letterhead(made.selection, version=0, texts=TEXTS, signatories=(GOVERNOR,), emblem=b"", by=by)


def test_who_signs_has_a_name_and_an_office(client, made_by):
    made, by = made_by
    client.force_login(by)

    form = client.post(page(made), typed(name_2="Tanpa jabatan", number_3="1970")).context["form"]

    assert set(form.errors) == {"office_2", "name_3", "office_3"}


def test_a_signature_is_shown_to_nobody_who_does_not_make_the_documents(client, made_by):
    made, by = made_by
    client.force_login(by)
    client.post(page(made), typed(scan_1=picture()))

    assert "data:image/png" in client.get(page(made)).content.decode()
    for other in (builders.appointed("chair", made.selection), builders.appointed("auditor", made.selection.edition)):
        client.force_login(other)
        assert client.get(page(made)).status_code == 403
        with pytest.raises(PermissionDenied):
            set_letterhead(made.selection, version=1, texts=TEXTS, signatories=(GOVERNOR,), emblem=b"", by=other)


def test_a_scan_of_another_selection_is_not_signed_with(made_by):
    made, by = made_by
    foreign = Signatory("I Made Contoh", "Gubernur", scan="a" * 64)

    with pytest.raises(ValidationError) as refusal:
        set_letterhead(made.selection, version=0, texts=TEXTS, signatories=(foreign,), emblem=b"", by=by)

    assert refusal.value.code == "unknown-scan"


def test_of_a_signature_the_ink_stays_and_the_paper_goes():
    with Image.open(io.BytesIO(logos.inked(picture()))) as ink:
        assert ink.getpixel((ink.width // 2, 0))[3] == 0
        assert ink.getextrema()[3][1] == 255
        assert ink.size < (300, 120)


def test_a_picture_without_ink_is_no_signature(client, made_by):
    made, by = made_by
    blank = io.BytesIO()
    Image.new("RGB", (50, 50), "white").save(blank, "PNG")
    client.force_login(by)

    upload = SimpleUploadedFile("putih.png", blank.getvalue(), "image/png")
    form = client.post(page(made), typed(scan_1=upload)).context["form"]

    assert form.errors.as_data()["scan_1"][0].code == "no-ink"


def test_papers_carry_letterhead_place_day_rank_nip_pages_attachments_and_the_head_of_the_trail(made_by):
    made, by = made_by
    chair = Seat.objects.filter(panel__selection=made.selection).order_by("order")[0]
    User.objects.filter(pk=chair.user.pk).update(rank="Pembina Utama (IV/e)", employee_number="19700101")
    source = source_of(made.selection)
    trail = source.document["trail_head"].split(":")[0] + ":" + source.document["trail_head"].split(":")[1][:12]

    minutes = documents.words(documents.minutes(made, by)["minutes", "a4"].content)
    certificate = documents.words(documents.certificates(made, by)[0].content)

    for words in ("PEMERINTAH PROVINSI CONTOH", "Jalan Contoh 1", "Dibuat di Denpasar pada tanggal 10 Maret 2025"):
        assert words in minutes
    for words in ("Pembina Utama (IV/e)", "NIP 19700101", "Halaman 1 dari 2", "Lampiran 1.", trail):
        assert words in minutes
    for words in ("Denpasar, 12 Maret 2025", "Gubernur", "Pembina Utama (IV/e)", "NIP 1970", trail):
        assert words in certificate


def test_the_letterhead_of_the_last_selection_of_the_office_is_offered_without_its_signatures(made_by):
    made, by = made_by
    documents.headed(made.selection, by)
    Letterhead.objects.update(signatories=[{"name": "A", "office": "B", "rank": "", "number": "", "scan": "f" * 64}])
    later = builders.selection(of=builders.edition(2025), at=made.selection.province)
    Appointment.objects.create(user=by, role="provincial-committee", edition=later.edition, selection=later)

    offered = letterhead.suggested(later, by)

    assert (offered.version, offered.place) == (0, "Denpasar")
    assert [one["scan"] for one in offered.signatories] == [""]
    assert letterhead.suggested(later, builders.person()).place == ""


def test_a_decree_bears_the_head_of_who_issues_it_and_other_papers_that_of_the_institution(client, made_by):
    made, by = made_by
    client.force_login(by)
    own = {"decree_institution": "Gubernur Contoh", "decree_emblem": picture()}

    assert client.post(page(made), typed(emblem=picture(), **own)).status_code == 302

    head = letterhead.letterhead_of(made.selection)
    papers, decree = letterhead.head_data(head), letterhead.decree_head(head)
    assert (papers["institution"], decree["institution"]) == (["Pemerintah Provinsi Contoh"], ["Gubernur Contoh"])
    assert (papers["is_office"], decree["is_office"], decree["address"]) == (False, True, [])
    issued = documents.minutes(made, by)
    first = {kind: documents.words(issued[kind, "a4"].content).split("NOMOR")[0] for kind in ("minutes", "decree")}
    assert ("PEMERINTAH PROVINSI CONTOH" in first["minutes"], "GUBERNUR CONTOH" in first["minutes"]) == (True, False)
    assert ("PEMERINTAH PROVINSI CONTOH" in first["decree"], "GUBERNUR CONTOH" in first["decree"]) == (False, True)


def test_a_decree_with_an_issuer_but_no_emblem_of_its_own_bears_the_emblem_of_all_papers(client, made_by):
    made, by = made_by
    client.force_login(by)

    client.post(page(made), typed(emblem=picture(), decree_institution="Gubernur Contoh"))

    head = letterhead.letterhead_of(made.selection)
    decree = letterhead.decree_head(head)
    assert (decree["institution"], decree["is_office"]) == (["Gubernur Contoh"], True)
    assert decree["emblem"] == letterhead.head_data(head)["emblem"] is not None


def test_the_emblem_of_the_decree_stays_until_it_is_taken_away(client, made_by):
    made, by = made_by
    client.force_login(by)

    client.post(page(made), typed(decree_emblem=picture()))
    client.post(page(made), typed(1, place="Singaraja"))
    client.post(page(made), typed(2, without_decree_emblem="on"))

    kept = [bool(one.decree_emblem) for one in Letterhead.objects.filter(selection=made.selection)]
    assert kept == [False, True, True]
    assert not letterhead.decree_head(letterhead.letterhead_of(made.selection))["is_office"]
