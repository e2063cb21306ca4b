"""The document of the decree: a PDF, kept apart, for everybody who sees the panel."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from awards.stages import Stage
from scoring.models import Panel
from tests import builders
from tests.paritrana.uploads import papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def selection():
    return builders.selection(Stage.PREPARATION)


def attach(client, selection, content, name="SK Gubernur.pdf"):
    client.force_login(builders.committee(selection))
    url = reverse("panel-decree-document", args=[selection.slug])
    return client.post(url, {"document": SimpleUploadedFile(name, content)})


def test_the_document_is_read_by_those_who_see_the_panel_and_survives_the_sweep(
    client, selection, data_folder, monkeypatch
):
    content = papers.pdf()
    attach(client, selection, content)
    monkeypatch.setattr("awards.management.commands.sweep_evidence.SPARED", datetime.timedelta(days=-1))
    call_command("sweep_evidence", delete=True)
    url = reverse("panel-decree-file", args=[selection.slug])

    client.force_login(builders.regional_officer())
    answer = client.get(url)

    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, content)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="SK Gubernur.pdf"'
    client.force_login(builders.person())
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(("content", "code"), [(b"bukan pdf", "unknown"), (papers.picture(), "not-a-pdf")])
def test_only_a_pdf_is_the_document_of_a_decree(client, selection, content, code):
    answer = attach(client, selection, content)

    assert answer.context["form"].errors.as_data()["document"][0].code == code
    assert not Panel.objects.exclude(decree_key="").exists()


def test_a_panel_without_document_has_none_to_read(client, selection):
    client.force_login(builders.committee(selection))

    assert client.get(reverse("panel-decree-file", args=[selection.slug])).status_code == 404
