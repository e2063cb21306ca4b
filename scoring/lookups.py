"""Common lookups of the scoring pages: what this person may see; 404 for missing and invisible objects alike."""

from django.conf import settings
from django.http import Http404, HttpRequest

from paritrana.accounts.requests import UserRequest
from scoring.assignments.seats import seats_typed_by
from scoring.models import Seat


def edition_language(request: HttpRequest) -> str:
    """The language of a document from ``?language=``; the official Indonesian by default."""
    language = request.GET.get("language", settings.LANGUAGE_CODE)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return language


def typed_seat(request: UserRequest, slug: str) -> Seat:
    """The seat this person enters marks for in the selection's panel: the own one, else one they assist."""
    for seat in seats_typed_by(request.user):
        if seat.panel.selection.slug == slug:
            return seat
    raise Http404


def own_seat(request: UserRequest, slug: str) -> Seat:
    """The seat this person holds in the panel of the selection."""
    seat = typed_seat(request, slug)
    if seat.user != request.user:
        raise Http404
    return seat
