"""The documents behind a yes: judged like evidence, private, in the trail; a changed proof is verified anew."""

import os
import time
from io import StringIO

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from awards.nominations import file_rows
from paritrana.accounts.models import AuditEvent
from paritrana.uploads import stored_files
from regions.indicators import actions, proofs
from regions.indicators.actions import Said
from regions.models import Indicator, IndicatorAnswer, IndicatorFile
from tests import builders as make
from tests.paritrana.uploads import papers
from tests.refusals import code_of

pytestmark = pytest.mark.django_db
YEAR = 2020


@pytest.fixture
def staff():
    return Indicator.objects.create(code="non-asn", name="Pelindungan pegawai non-ASN", question="Apakah?", order=1)


@pytest.fixture
def region():
    return make.regency("63.01", "Kabupaten Contoh")


@pytest.fixture
def branch(region):
    return make.branch_staff(region)


@pytest.fixture
def answered(staff, region, branch):
    actions.answer(staff, YEAR, {region: Said(True, "SK 12/2020", "", 0)}, by=branch)
    return IndicatorAnswer.objects.get()


def upload(content=None, name="sk.pdf"):
    return SimpleUploadedFile(name, papers.pdf(2) if content is None else content)


def page_of(region):
    return reverse("indicator-files", args=[region.code]) + f"?indicator=non-asn&year={YEAR}"


def test_a_file_is_attached_on_the_page_and_the_answer_waits_for_its_verifier_again(client, region, branch, answered):
    answered.verified_at, answered.verified_by = answered.answered_at, make.person()
    answered.save()
    client.force_login(branch)
    response = client.post(page_of(region), {"file": upload()}, follow=True)
    made = IndicatorFile.objects.get()
    answered.refresh_from_db()

    assert (made.name, made.kind, made.pages, made.uploaded_by) == ("sk.pdf", "pdf", 2, branch)
    assert (answered.version, answered.verified_by) == (2, None)
    assert "sk.pdf" in response.content.decode()
    assert AuditEvent.objects.get(verb="indicator.attach").detail["sha256"] == made.sha256


def test_what_is_hostile_twice_or_without_an_answer_is_refused_and_leaves_nothing(staff, region, branch, answered):
    hostile = upload(papers.HOSTILE["script"][0])
    assert code_of(lambda: proofs.attach(staff, region, YEAR, hostile, by=branch)) == "active"
    assert code_of(lambda: proofs.attach(staff, region, YEAR + 1, upload(), by=branch)) == "unanswered"
    proofs.attach(staff, region, YEAR, upload(), by=branch)
    assert code_of(lambda: proofs.attach(staff, region, YEAR, upload(name="lain.pdf"), by=branch)) == "twice"

    assert (IndicatorFile.objects.count(), list(file_rows.without_a_row())) == (1, [])


def test_too_many_files_are_refused(staff, region, branch, answered, monkeypatch):
    monkeypatch.setattr(proofs, "MOST_FILES", 1)
    proofs.attach(staff, region, YEAR, upload(), by=branch)

    assert code_of(lambda: proofs.attach(staff, region, YEAR, upload(papers.pdf(3)), by=branch)) == "quota"


def test_those_who_work_for_the_region_read_it_and_each_download_is_recorded(client, staff, region, branch, answered):
    made = proofs.attach(staff, region, YEAR, upload(make.PIXEL, "sk.png"), by=branch)
    shown, picture, taken = (
        reverse("indicator-file", args=[made.pk]),
        reverse("indicator-file-picture", args=[made.pk, 1]),
        reverse("indicator-file-download", args=[made.pk]),
    )
    client.force_login(make.branch_staff(make.regency("63.02", "Kabupaten Lain"), name="Lain"))
    strange = [client.get(shown), client.get(picture), client.post(taken), client.get(page_of(region))]
    client.force_login(branch)
    seen, drawn, answer = client.get(shown), client.get(picture), client.post(taken)

    assert [one.status_code for one in strange] == [404] * 4
    assert (seen.status_code, drawn["Content-Type"]) == (200, "image/png")
    assert b"".join(answer.streaming_content) == storages["evidence"].open(made.key).read()
    assert client.get(reverse("indicator-file-picture", args=[made.pk, 2])).status_code == 404
    assert AuditEvent.objects.filter(verb="indicator.download", actor=branch).count() == 1


def test_a_file_taken_back_is_hidden_and_stays_stored(client, staff, region, branch, answered):
    made = proofs.attach(staff, region, YEAR, upload(), by=branch)
    client.force_login(branch)
    client.post(reverse("indicator-file-take-back", args=[made.pk]))
    again = client.post(reverse("indicator-file-take-back", args=[made.pk]))

    assert (IndicatorFile.objects.current().count(), again.status_code) == (0, 404)
    assert code_of(lambda: proofs.take_back(made, by=branch)) == "gone"
    assert stored_files.absent(made.stored) is None


@pytest.mark.usefixtures("data_folder")
def test_the_file_is_known_to_the_check_of_stored_files_and_to_the_sweep(staff, region, branch, answered):
    made = proofs.attach(staff, region, YEAR, upload(), by=branch)
    os.utime(storages["evidence"].path(made.key), (time.time() - 90_000,) * 2)
    call_command("sweep_evidence", delete=True, even_above_share=True, stdout=StringIO())

    assert [file.key for file in file_rows.every()] == [made.key]
    assert stored_files.absent(made.stored) is None
