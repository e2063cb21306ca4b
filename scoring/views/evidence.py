"""The evidence of a candidate for those who score it: asked for and refused as the sheet is."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from awards.delivery import damage_explained, delivered
from scoring.docket import Docket
from scoring.models import ScoreSheet
from scoring.permissions import require_scoring
from scoring.views.access import nomination_to_score, typed_seat


@require_POST
@damage_explained
def sheet_evidence(request: HttpRequest, slug: str, pk: int, evidence: int) -> FileResponse | HttpResponse:
    seat = typed_seat(request, slug)
    nomination = nomination_to_score(request, Docket.of(seat), pk)
    wanted = get_object_or_404(nomination.evidence.current(), pk=evidence)
    if not ScoreSheet.objects.visible_to(request.user).filter(seat=seat, nomination=nomination).exists():
        require_scoring(seat)
    if not nomination.is_declared:
        return redirect("declare", slug)
    return delivered(wanted, by=request.user)
