"""Pages of a sheet besides scoring: its history, the others' marks when allowed, reopening."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions
from awards.nominations.evidence_delivery import damage_explained, delivered
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from scoring.assignments.assignment import Docket
from scoring.assignments.criteria import marked_criteria, marked_nominations
from scoring.assignments.progress import undeclared
from scoring.assignments.workload import Workload
from scoring.lookups import own_seat, selection_seen, typed_seat
from scoring.models import Panel, ScoreSheet, Seat
from scoring.panel.rules_forms import ReopeningForm
from scoring.permissions import require_scoring
from scoring.sheets import actions, peers
from scoring.sheets.history import history
from scoring.sheets.lookups import nomination_to_score


@require_safe
def sheet_history(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """Every version of one's own marks and comments."""
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
def sheet_peers(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """The handed-in marks of the others, for the member only: not for an assistant."""
    seat = own_seat(request, slug)
    docket = Docket.of(seat)
    nomination = nomination_to_score(request, docket, pk)
    if not peers.are_open(seat, Workload(docket)) or undeclared(seat, [nomination]):
        raise PermissionDenied(_("The rule of this panel does not show the marks of others now."))
    criteria, others = peers.marks_of_others(seat, nomination)
    context = {"selection": seat.panel.selection, "nomination": nomination, "criteria": criteria, "others": others}
    return render(request, "scoring/sheets/peers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_reopen(request: UserRequest, slug: str, pk: int, nomination: int) -> HttpResponse:
    """The chair reopens a handed-in sheet, without seeing its marks."""
    selection = selection_seen(request, slug)
    seats = Seat.objects.visible_to(request.user).with_people()
    seat = get_object_or_404(seats, pk=pk, panel__selection=selection, appointment__ended_at=None)
    judged = get_object_or_404(marked_nominations(selection), pk=nomination)
    permissions.require(request.user, Permission.REOPEN, selection)
    sheet = ScoreSheet.objects.filter(seat=seat, nomination=judged).first()
    if sheet is None:
        raise Http404
    form = ReopeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen(sheet, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The sheet of %(name)s is open again.") % {"name": seat.user})
        return redirect("progress", selection.slug)
    if sheet.submitted_at is None:
        messages.info(request, _("This sheet is not handed in."))
        return redirect("progress", selection.slug)
    context = {
        "selection": selection,
        "seat": seat,
        "nomination": judged,
        "form": form,
        "peers_are_shown": seat.panel.visibility == Panel.Visibility.AFTER_OWN,
        "back_url": reverse("progress", args=[selection.slug]),
    }
    return render(request, "scoring/sheets/reopen.html", context)


@require_POST
@damage_explained
def sheet_evidence(request: UserRequest, slug: str, pk: int, evidence: int) -> FileResponse | HttpResponse:
    seat = typed_seat(request, slug)
    nomination = nomination_to_score(request, Docket.of(seat), pk)
    wanted = get_object_or_404(nomination.evidence.current(), pk=evidence)
    if not ScoreSheet.objects.visible_to(request.user).filter(seat=seat, nomination=nomination).exists():
        require_scoring(seat)
    if not nomination.is_declared:
        return redirect("declare", slug)
    return delivered(wanted, by=request.user)
