"""Certificates made beside the page that asked for them: how far they are, and what is told where they end."""

import time

import pytest
from django.urls import reverse

from paritrana import jobs
from scoring.documents import certificate_jobs
from scoring.documents.certificate_actions import CertificateOrder
from scoring.models import Document
from tests.scoring.documents import documents

pytestmark = pytest.mark.django_db


def ordered(**more) -> dict[str, str]:
    return {"number": "{n}/PA/2024", "paper": "a4"} | more


@pytest.mark.django_db(transaction=True)
def test_many_certificates_are_made_while_a_page_tells_how_far_they_are(client, monkeypatch):
    monkeypatch.setattr(certificate_jobs, "LONG", 0)
    made, by = documents.sealed()
    client.force_login(by)
    progress = reverse("certificates-progress", args=[made.selection.slug])
    before = client.get(progress)

    begun = client.post(reverse("certificates-make", args=[made.selection.slug]), ordered())

    assert (before.status_code, begun.status_code, begun.url) == (302, 302, progress)
    assert finished(client, progress).state == "made"
    assert Document.objects.filter(kind="certificate").count() == 6


@pytest.mark.django_db(transaction=True)
def test_certificates_that_cannot_be_kept_say_why_and_leave_none(client, monkeypatch):
    made, by = documents.sealed()
    documents.certificates(made, by)
    key, order = certificate_jobs.key_of(made.selection.seal), CertificateOrder((), "{n}")
    client.force_login(by)

    certificate_jobs.begin(made.selection.seal, order, by=by)

    assert finished(client, reverse("certificates-progress", args=[made.selection.slug])).state == "refused"
    assert (certificate_jobs.now(key).reason != "", Document.objects.filter(issue=1).count()) == (True, 6)


def test_work_that_died_is_told_as_interrupted(client):
    made, by = documents.sealed()
    key = certificate_jobs.key_of(made.selection.seal)
    folder = certificate_jobs._folder(key)
    folder.mkdir(parents=True)
    jobs.say(folder, {"state": "making", "done": 3, "of": 6})
    client.force_login(by)

    shown = client.get(reverse("certificates-progress", args=[made.selection.slug]))

    assert (shown.status_code, shown.context["phase"].state) == (200, "broken")


def finished(client, address) -> certificate_jobs.CertificatePhase:
    """The phase once nobody works any more, as the page tells it."""
    for _again in range(600):
        phase = client.get(address, headers={"HX-Request": "true"}).context["phase"]
        if not phase.is_working:
            return phase
        time.sleep(0.05)
    raise AssertionError(phase)
