"""Delivers the evidence of a nomination: as a download in the trail, or as pictures of its pages."""

from django.http import FileResponse, Http404, HttpResponse

from awards.models import Evidence
from awards.nominations.evidence import hand_out
from awards.nominations.file_rows import of_evidence
from paritrana.accounts.models import User
from paritrana.uploads import delivery


def delivered(evidence: Evidence, *, by: User) -> FileResponse:
    """The document as an attachment with its own content type, recorded in the trail. Raises Damaged."""
    return delivery.as_attachment(hand_out(evidence, by=by), evidence.name, evidence.kind)


def page_count(evidence: Evidence) -> int:
    """How many pages can be shown as pictures; 0 for Word and Excel documents."""
    return delivery.page_count(evidence.kind, evidence.pages)


def pictured(evidence: Evidence, page: int) -> HttpResponse:
    """One page as a picture. Raises Http404 for a page it does not have, and Damaged."""
    if not 1 <= page <= page_count(evidence):
        raise Http404
    return delivery.picture(of_evidence(evidence), evidence.kind, page)
