"""Papers before the seal: a draft that says so, taken by whoever may, and nothing that is kept."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from paritrana.accounts.models import AuditEvent
from scoring.documents import actions
from scoring.models import Document
from tests import builders
from tests.scoring.documents import documents as document_documents
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def test_before_the_seal_there_is_a_draft_that_says_so_on_every_page_and_is_not_kept():
    made = plenary.plenary()
    by = builders.committee(made.selection)

    draft = actions.draft_minutes(made.selection, "a4", by=by)

    with translation.override(settings.LANGUAGE_CODE):
        mark = translation.gettext("DRAFT")
    assert {mark in page.extract_text() for page in document_documents.opened(draft).pages} == {True}
    assert (document_documents.codes(draft), Document.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_whoever_takes_a_draft_stands_in_the_trail(client):
    made = plenary.plenary()
    client.force_login(builders.committee(made.selection))

    answer = client.post(reverse("minutes-draft", args=[made.selection.slug]), {"paper": "f4"})

    assert document_documents.sizes(answer.content) == {(215, 330)}
    assert AuditEvent.objects.get(verb="document.draft").detail == {"bytes": len(answer.content), "language": "id"}


def test_papers_are_made_after_the_seal_by_whoever_may():
    made = plenary.plenary()
    with pytest.raises(PermissionDenied):
        document_documents.minutes(made, builders.committee(made.selection))
    plenary.sealed(made)
    with pytest.raises(PermissionDenied):
        document_documents.minutes(made, builders.appointed("chair", made.selection))
