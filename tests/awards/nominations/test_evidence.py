"""Evidence: attached, cleaned, taken back, and handed out only to those who may see the nomination."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, transaction
from django.db.models.signals import post_save
from django.urls import reverse

from awards.models import Answer, Evidence, Role
from awards.nominations import evidence as actions
from awards.stages import NominationState
from paritrana.accounts.models import AuditEvent
from paritrana.uploads.keeping import proper_name
from tests import builders as b
from tests.paritrana.uploads import papers


@pytest.fixture
def nomination(bali, jembrana, staff):
    return b.nomination(bali, jembrana, by=staff)


def upload(content=None, name="surat.pdf"):
    return SimpleUploadedFile(name, papers.pdf(2) if content is None else content)


def attach(nomination, criterion, content=None, name="surat.pdf"):
    return actions.attach(nomination, criterion, upload(content, name), by=nomination.nominated_by)


def lying(evidence_folder):
    return [path for path in evidence_folder.rglob("*") if path.is_file()]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "evidence"


def test_an_attached_document_is_kept_under_a_random_key_with_its_sum(nomination, regulation, folder):
    row = attach(nomination, regulation)

    assert (row.kind, row.pages, row.name) == ("pdf", 2, "surat.pdf")
    assert [path.read_bytes() for path in lying(folder)] == [papers.pdf(2)]
    assert "surat" not in row.key and len(row.key) == 43
    event = AuditEvent.objects.get(verb="evidence.attach")
    assert (event.detail["file"], event.detail["sha256"]) == ("surat.pdf", row.sha256)


@pytest.mark.parametrize(("name", "code"), [("script", "active"), ("text", "unknown"), ("large", "large")])
def test_a_refused_document_leaves_neither_row_nor_file(nomination, regulation, folder, name, code):
    with pytest.raises(ValidationError) as refusal:
        attach(nomination, regulation, papers.HOSTILE[name][0])

    assert refusal.value.code == code
    assert (Evidence.objects.count(), lying(folder)) == (0, [])


def test_after_sending_nothing_is_attached_nor_taken_back_and_no_file_stays(bali, jembrana, regulation, folder):
    nomination = b.nomination(bali, jembrana)
    row = attach(nomination, regulation)
    type(nomination).objects.update(
        state=NominationState.SENT, submitted_at=row.uploaded_at, submitted_by=row.uploaded_by
    )
    codes = []

    for act in (
        lambda: attach(nomination, regulation, papers.pdf(1)),
        lambda: actions.take_back(row, by=row.uploaded_by),
    ):
        with pytest.raises(ValidationError) as refusal:
            act()
        codes.append(refusal.value.code)

    assert codes == ["not-editable", "not-editable"]
    assert (Evidence.objects.current().count(), len(lying(folder))) == (1, 1)


@pytest.mark.parametrize("limit", ["MOST_FILES", "MOST_BYTES"])
def test_a_nomination_has_a_quota_and_what_was_taken_back_counts(nomination, regulation, monkeypatch, folder, limit):
    row = attach(nomination, regulation)
    actions.take_back(row, by=row.uploaded_by)
    monkeypatch.setattr(actions, limit, 1)

    with pytest.raises(ValidationError) as refusal:
        attach(nomination, regulation, papers.pdf(1))

    assert (refusal.value.code, len(lying(folder))) == ("quota", 1)


def test_the_same_file_is_attached_to_a_criterion_once(nomination, regulation, folder):
    row = attach(nomination, regulation)
    with pytest.raises(ValidationError) as refusal:
        attach(nomination, regulation, name="lain.pdf")

    actions.take_back(row, by=row.uploaded_by)
    attach(nomination, regulation)

    assert refusal.value.code == "twice"
    assert (Evidence.objects.count(), Evidence.objects.current().count()) == (2, 1)


def test_what_was_taken_back_stays_on_the_disk_and_in_the_history_and_is_seen_by_nobody(
    nomination, regulation, signed_in, staff, folder
):
    row = attach(nomination, regulation)

    actions.take_back(row, by=staff)

    client = signed_in(staff)
    assert [client.get(reverse("evidence", args=[row.pk])).status_code, len(lying(folder))] == [404, 1]
    assert AuditEvent.objects.filter(verb="evidence.take-back", object_id=str(nomination.pk)).count() == 1
    with pytest.raises(ValidationError) as refusal:
        actions.take_back(row, by=staff)
    assert refusal.value.code == "gone"


def test_a_file_chosen_in_the_form_is_attached_and_the_half_typed_answer_is_kept(
    nomination, regulation, staff, signed_in
):
    regulation.evidence = "Salinan"
    regulation.save()
    client, url = signed_in(staff), reverse("nomination-answers", args=[nomination.pk])
    data = {f"level-{regulation.pk}": "perda", "version": 1, f"file-{regulation.pk}": upload()}

    answer = client.post(url, data | {"then": f"attach-{regulation.pk}"})

    assert (answer.status_code, answer.url) == (302, f"{url}#criterion-{regulation.pk}")
    assert (Evidence.objects.get().criterion, Answer.objects.get().value) == (regulation, {"level": "perda"})
    shown = client.get(url).context["sections"][0].asked[0]
    assert [file.name for file in shown.files] == ["surat.pdf"]


def test_a_refused_file_is_told_where_it_was_chosen_too(nomination, regulation, staff, signed_in):
    regulation.evidence = "Salinan"
    regulation.save()
    client, url = signed_in(staff), reverse("nomination-answers", args=[nomination.pk])
    data = {f"level-{regulation.pk}": "-", "version": 1, f"file-{regulation.pk}": upload(b"halo")}

    shown = client.post(url, data | {"then": f"attach-{regulation.pk}"}, follow=True)

    (told,) = shown.context["messages"]
    assert told.extra_tags == shown.context["sections"][0].asked[0].anchor
    above, _mark, asked = shown.content.decode().partition('data-criterion="regulasi"')
    assert (above.count('data-level="error"'), asked.count('data-level="error"')) == (1, 1)


def test_the_button_beside_a_file_takes_it_back_and_no_other(nomination, regulation, staff, tabanan, bali, signed_in):
    row, other = attach(nomination, regulation), attach(b.nomination(bali, tabanan), regulation)
    client, url = signed_in(staff), reverse("nomination-answers", args=[nomination.pk])

    for pk in (other.pk, row.pk):
        client.post(url, {"version": 1, f"level-{regulation.pk}": "-", "then": f"take-back-{pk}"})

    assert list(Evidence.objects.current()) == [other]


def test_a_download_is_an_attachment_of_a_fixed_type_that_may_do_nothing_and_is_in_the_trail(
    nomination, regulation, committee, signed_in
):
    row = attach(nomination, regulation, name='a"b\r\nX-Evil: 1\u202e/..\\gnp.exe')

    answer = signed_in(committee).post(reverse("evidence-download", args=[row.pk]))

    assert b"".join(answer.streaming_content) == papers.pdf(2)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="gnp.exe.pdf"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "X-Evil" not in answer
    event = AuditEvent.objects.get(verb="evidence.download")
    assert (event.actor, event.object_id, event.detail["sha256"]) == (committee, str(row.pk), row.sha256)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("laporan akhir.PDF", "pdf", "laporan akhir.pdf"),
        ("../../etc/passwd", "png", "passwd.png"),
        ("C:\\rahasia\\foto.jpeg", "jpeg", "foto.jpeg"),
        ("a\u202efdp.exe", "pdf", "a fdp.exe.pdf"),
        ('<b>"|?*', "docx", "b.docx"),
        ("...", "xlsx", "berkas.xlsx"),
        ("", "pdf", "berkas.pdf"),
        ("é" * 300 + ".pdf", "pdf", "é" * 120 + ".pdf"),
    ],
)
def test_a_name_keeps_what_it_says_and_loses_what_deceives(name, kind, expected):
    assert proper_name(name, kind) == expected


def test_looking_shows_pages_drawn_by_us_and_writes_nothing(nomination, regulation, committee, signed_in):
    row = attach(nomination, regulation)
    client, before = signed_in(committee), AuditEvent.objects.count()

    page = client.get(reverse("evidence", args=[row.pk]), {"halaman": "2"})
    picture = client.get(reverse("evidence-picture", args=[row.pk, 2]))

    assert (page.context["page"], page.context["pages"]) == (2, 2)
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert picture["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert client.get(reverse("evidence-picture", args=[row.pk, 3])).status_code == 404
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(("name", "pages"), [("foto.jpg", 1), ("naskah.docx", 0), ("daftar.xlsx", 0)])
def test_only_what_can_be_shown_safely_is_shown(nomination, regulation, committee, signed_in, name, pages):
    row = attach(nomination, regulation, papers.HONEST[name][0], name)
    client = signed_in(committee)

    page = client.get(reverse("evidence", args=[row.pk]))
    picture = client.get(reverse("evidence-picture", args=[row.pk, 1]))

    assert (page.status_code, page.context["pages"]) == (200, pages)
    assert picture.status_code == (200 if pages else 404)


def test_the_dossier_lists_evidence_by_criterion(nomination, regulation, committee, signed_in):
    row = attach(nomination, regulation)

    page = signed_in(committee).get(nomination.get_absolute_url())

    files = {line.criterion.slug: line.files for line in page.context["dossier"].rows() if line.files}
    assert files == {"regulasi": [row]}


def test_the_dossier_costs_the_same_with_one_file_and_with_many(
    nomination, regulation, committee, signed_in, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(committee)
    attach(nomination, regulation)
    client.get(nomination.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        client.get(nomination.get_absolute_url())
    rows = [Evidence.objects.get()] * 20
    Evidence.objects.bulk_create(
        Evidence(**{f.attname: getattr(row, f.attname) for f in Evidence._meta.fields if f.name != "id"})
        for row in rows
    )

    with django_assert_num_queries(len(one)):
        client.get(nomination.get_absolute_url())


@pytest.mark.parametrize("name", ["evidence", "evidence-picture", "evidence-download"])
def test_foreign_absent_and_taken_back_evidence_answer_alike(
    bali, nomination, regulation, tabanan, signed_in, staff, name
):
    foreign = attach(b.nomination(bali, tabanan), regulation)
    gone = attach(nomination, regulation)
    actions.take_back(gone, by=staff)
    client, more = signed_in(staff), [1] if name == "evidence-picture" else []

    statuses = [
        client.generic("POST" if name == "evidence-download" else "GET", reverse(name, args=[pk, *more])).status_code
        for pk in (foreign.pk, gone.pk, 999_999)
    ]

    assert statuses == [404, 404, 404]


def test_a_juror_reaches_no_evidence_outside_the_score_sheets(bali, nomination, regulation, signed_in):
    row = attach(nomination, regulation)
    client = signed_in(b.appointed(Role.JUROR, bali))

    assert client.post(reverse("evidence-download", args=[row.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_after_the_commit_does_not_cost_the_row_its_file(nomination, regulation, folder):
    def lose_the_connection(**kwargs):
        transaction.on_commit(lambda: (_ for _ in ()).throw(OperationalError("connection lost")))

    post_save.connect(lose_the_connection, sender=Evidence)
    try:
        with pytest.raises(OperationalError):
            attach(nomination, regulation)
    finally:
        post_save.disconnect(lose_the_connection, sender=Evidence)

    assert lying(folder) == [folder / Evidence.objects.get().key]
