"""The committee comments on a nomination, with a private file; both sides read it, and the nominator gets a letter."""

import os
import time
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from awards.models import Comment, Letter, Role
from awards.nominations import comments, file_rows
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent
from paritrana.uploads import stored_files
from tests import builders as b
from tests.awards.conftest import at
from tests.paritrana.uploads import papers
from tests.refusals import code_of


@pytest.fixture
def nomination(bali, jembrana, staff):
    return b.nomination(bali, jembrana, NominationState.SENT, by=staff)


def upload(content=None, name="surat.pdf"):
    return SimpleUploadedFile(name, papers.pdf(2) if content is None else content)


def test_a_comment_with_its_file_is_kept_recorded_and_told(nomination, committee, regulation, staff):
    made = comments.write(nomination, text="Perda mana?", criterion=regulation, upload=upload(), by=committee)

    assert (made.name, made.kind, made.pages, made.criterion) == ("surat.pdf", "pdf", 2, regulation)
    assert stored_files.absent(file_rows.of_comment(made)) is None
    assert AuditEvent.objects.get(verb="nomination.comment").detail["sha256"] == made.sha256
    (letter,) = Letter.objects.all()
    assert letter.to == staff
    assert "Perda mana?" in letter.body and str(regulation) in letter.body


def test_an_empty_comment_or_a_hostile_file_is_refused_and_nothing_stays(nomination, committee):
    assert code_of(lambda: comments.write(nomination, text=" ", by=committee)) == "text"
    hostile = upload(papers.HOSTILE["script"][0])
    assert code_of(lambda: comments.write(nomination, text="Ini", upload=hostile, by=committee)) == "active"
    assert (Comment.objects.count(), list(file_rows.without_a_row())) == (0, [])


def test_whoever_does_not_verify_writes_nothing_and_leaves_no_file(nomination, staff):
    with pytest.raises(PermissionDenied):
        comments.write(nomination, text="Ini", upload=upload(), by=staff)

    assert (Comment.objects.count(), list(file_rows.without_a_row())) == (0, [])


@pytest.mark.usefixtures("data_folder")
def test_the_file_is_known_to_the_check_of_stored_files_and_to_the_sweep(nomination, committee):
    made = b.comment(nomination, "Lihat", committee, file="contoh.png")

    os.utime(storages["evidence"].path(made.key), (time.time() - 90_000,) * 2)
    call_command("sweep_evidence", delete=True, even_above_share=True, stdout=StringIO())

    assert [file.key for file in file_rows.every()] == [made.key]
    assert list(file_rows.without_a_row()) == []
    assert stored_files.absent(file_rows.of_comment(made)) is None


def test_the_nominator_reads_and_downloads_it_and_another_branch_does_not(nomination, committee, staff, signed_in):
    made = b.comment(nomination, "Lihat", committee, file="contoh.png")
    page, file = reverse("nomination-comments", args=[nomination.pk]), reverse("comment-file", args=[made.pk])
    other = b.branch_staff(b.regency("51.09", "Kabupaten Lain"), name="Lain")

    client = signed_in(staff)
    assert "Lihat" in client.get(page).content.decode()
    assert "Lihat" in client.get(nomination.get_absolute_url()).content.decode()
    assert client.get(file).status_code == 405
    answer = client.post(file)
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (b.PIXEL, "image/png")
    assert "attachment" in answer["Content-Disposition"]
    assert AuditEvent.objects.filter(verb="nomination.comment-file").count() == 1

    client = signed_in(other)
    assert [client.get(page).status_code, client.post(file).status_code] == [404, 404]


@pytest.mark.parametrize(
    ("role", "status"), [(Role.CHAIR, (403, 404)), (Role.JUROR, (404, 404)), (Role.AUDITOR, (200, 200))]
)
def test_the_panel_reads_no_comment_and_an_auditor_does(bali, nomination, committee, signed_in, role, status):
    made = b.comment(nomination, "Lihat", committee, file="contoh.png")
    client = signed_in(b.appointed(role, bali.edition if role == Role.AUDITOR else bali))

    page, file = reverse("nomination-comments", args=[nomination.pk]), reverse("comment-file", args=[made.pk])
    assert (client.get(page).status_code, client.post(file).status_code) == status


def test_the_page_writes_and_after_the_verification_only_shows(bali, nomination, committee, signed_in):
    client, page = signed_in(committee), reverse("nomination-comments", args=[nomination.pk])

    assert "text" in client.post(page, {"text": ""}).context["form"].errors
    assert client.post(page, {"text": "Lihat", "file": upload()}).status_code == 302
    at(bali, Stage.INTERVIEW)

    assert client.post(page, {"text": "Lagi"}).status_code == 403
    assert client.get(page).context["may_write"] is False
    assert Comment.objects.count() == 1
