"""Certificates made beside the page that asked for them: how far they are, and what is told where they end."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from paritrana.queue.models import WorkPhase
from scoring.documents import certificate_jobs
from scoring.documents.certificate_actions import CertificateOrder
from scoring.models import Document
from tests.scoring.documents import documents

pytestmark = pytest.mark.django_db


def ordered(**more) -> dict[str, str]:
    return {"number": "{n}/PA/2024", "paper": "a4", "dated": "12.03.2025"} | more


def test_many_certificates_are_made_while_a_page_tells_how_far_they_are(client, monkeypatch):
    monkeypatch.setattr(certificate_jobs, "LONG", 0)
    made, by = documents.sealed()
    documents.headed(made.selection, by)
    client.force_login(by)
    progress = reverse("certificates-progress", args=[made.selection.slug])
    before = client.get(progress)

    address = reverse("certificates-make", args=[made.selection.slug])
    seen = client.post(address, ordered()).context["form"]["seen"].value()
    begun = client.post(address, ordered(seen=seen))

    assert (before.status_code, begun.status_code, begun.url) == (302, 302, progress)
    assert client.get(progress).context["phase"].state == "made"
    assert Document.objects.filter(kind="certificate").count() == 6


def test_certificates_that_cannot_be_kept_say_why_and_leave_none(client, monkeypatch):
    made, by = documents.sealed()
    documents.certificates(made, by)
    key, order = certificate_jobs.key_of(made.selection.seal), CertificateOrder("{n}", "2025-03-12")
    client.force_login(by)

    certificate_jobs.begin(made.selection.seal, order, by=by)

    assert certificate_jobs.now(key).state == "refused"
    assert (certificate_jobs.now(key).reason != "", Document.objects.filter(issue=1).count()) == (True, 6)


def test_work_that_failed_for_good_is_told_as_interrupted(client):
    made, by = documents.sealed()
    task = DBTaskResult.objects.create(
        status="FAILED", args_kwargs={}, task_path="x", backend_name="default", run_after=timezone.now()
    )
    key = certificate_jobs.key_of(made.selection.seal)
    WorkPhase.objects.create(key=key, state="making", done=3, of=6, is_working=True, task=str(task.pk))
    client.force_login(by)

    shown = client.get(reverse("certificates-progress", args=[made.selection.slug]))

    assert (shown.status_code, shown.context["phase"].state) == (200, "broken")
