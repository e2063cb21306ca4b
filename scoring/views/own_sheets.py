"""What belongs to a sheet besides scoring: its history, the marks of the others when the rule opens them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from scoring import peers
from scoring.docket import Docket
from scoring.judging import marked_criteria, undeclared
from scoring.models import ScoreSheet
from scoring.sheet_history import history
from scoring.views.access import nomination_to_score, own_seat, typed_seat
from scoring.workload import Workload


@require_safe
def sheet_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Every version of the own marks and words."""
    seat = typed_seat(request, slug)
    nomination = nomination_to_score(request, Docket.of(seat), pk)
    sheet = ScoreSheet.objects.visible_to(request.user).filter(seat=seat, nomination=nomination).first()
    if sheet is None:
        raise Http404
    context = {
        "selection": seat.panel.selection,
        "nomination": nomination,
        "sheet": sheet,
        "history": history(sheet, marked_criteria(nomination)),
    }
    return render(request, "scoring/sheets/history.html", context)


@require_safe
def sheet_peers(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The handed-in marks of the others, for the member alone: an assistant types and sees nothing of them."""
    seat = own_seat(request, slug)
    docket = Docket.of(seat)
    nomination = nomination_to_score(request, docket, pk)
    if not peers.are_open(seat, Workload(docket)) or undeclared(seat, [nomination]):
        raise PermissionDenied(_("The rule of this panel does not show the marks of others now."))
    criteria, others = peers.marks_of_others(seat, nomination)
    context = {"selection": seat.panel.selection, "nomination": nomination, "criteria": criteria, "others": others}
    return render(request, "scoring/sheets/peers.html", context)
