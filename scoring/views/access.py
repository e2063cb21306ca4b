"""The first step of every page of judging: what this person may see. Absent and invisible answer alike."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from awards.models import Nomination, Selection
from scoring.judging import marked_nominations
from scoring.models import Conflict, Seat


def selection_seen(request: HttpRequest, slug: str) -> Selection:
    return get_object_or_404(
        Selection.objects.visible_to(request.user).select_related("edition", "province"), slug=slug
    )


def own_seat(request: HttpRequest, slug: str) -> Seat:
    """The seat this person holds in the panel of the selection."""
    seat = Seat.objects.of(request.user).with_people().filter(panel__selection__slug=slug).first()
    if seat is None:
        raise Http404
    return seat


def nomination_to_score(request: HttpRequest, seat: Seat, pk: int) -> Nomination:
    """A nomination of the panel's interview list the seat does not keep out of."""
    kept_out = Conflict.objects.filter(seat=seat).values("nomination")
    judged = marked_nominations(seat.panel.selection).exclude(pk__in=kept_out)
    nomination = get_object_or_404(judged, pk=pk)
    nomination.selection = seat.panel.selection
    return nomination
