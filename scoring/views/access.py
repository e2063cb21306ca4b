"""The first step of every page of judging: what this person may see. Absent and invisible answer alike."""

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from awards.models import Nomination, Selection
from scoring import assisting
from scoring.judging import Asked, named, to_score
from scoring.models import AssistantDeclaration, Declaration, Seat
from scoring.querysets import seats_typed_by


def selection_seen(request: HttpRequest, slug: str) -> Selection:
    return get_object_or_404(
        Selection.objects.visible_to(request.user).select_related("edition", "province"), slug=slug
    )


def edition_language(request: HttpRequest) -> str:
    """Which edition of a paper is asked for, by ``?language=``: the official Indonesian when nothing is said."""
    language = request.GET.get("language", settings.LANGUAGE_CODE)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return language


def typed_seat(request: HttpRequest, slug: str) -> Seat:
    """The seat this person enters marks for in the panel of the selection: the own one, else the one assisted."""
    for seat in seats_typed_by(request.user):
        if seat.panel.selection.slug == slug:
            return seat
    raise Http404


def own_seat(request: HttpRequest, slug: str) -> Seat:
    """The seat this person holds in the panel of the selection."""
    seat = typed_seat(request, slug)
    if seat.user != request.user:
        raise Http404
    return seat


def nomination_to_score(request: HttpRequest, seat: Seat, pk: int, asked: Asked | None = None) -> Nomination:
    """A nomination of the panel's interview list neither the juror nor the assistant who asks keeps out of;
    ``is_declared`` once whoever asks, and in any case the juror, said so."""
    declared = Exists(Declaration.objects.filter(seat=seat, nomination=OuterRef("pk")))
    rows = to_score(seat, asked)
    if request.user != seat.user:
        word = AssistantDeclaration.objects.filter(seat=seat, declared_by=request.user, nomination=OuterRef("pk"))
        rows, declared = rows.exclude(pk__in=assisting.kept_out(seat, request.user)), declared & Exists(word)
    nomination = get_object_or_404(named(rows).annotate(is_declared=declared), pk=pk)
    nomination.selection = seat.panel.selection
    return nomination
