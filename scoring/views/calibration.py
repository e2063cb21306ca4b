"""Practice before the real candidates: described by chair or secretary, marked by everybody, then talked about."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards import permissions
from awards.models import Criterion
from awards.stages import Permission
from scoring.actions import chairing
from scoring.calibrating import cases
from scoring.forms.chair import CalibrationForm, PracticeForm
from scoring.judging import criteria_in_force
from scoring.models import Calibration, Panel, Seat
from scoring.views.access import own_seat, selection_seen

READERS = frozenset({Permission.GUIDE_PANEL, Permission.SCORE, Permission.SEE_PROGRESS})


@require_http_methods(["GET", "HEAD", "POST"])
def calibration(request: HttpRequest, slug: str) -> HttpResponse:
    """The practice candidates; the marks of all once everybody has given theirs."""
    selection = selection_seen(request, slug)
    granted = permissions.granted(request.user, selection)
    if not granted & READERS:
        raise PermissionDenied
    if request.method == "POST":
        permissions.require(request.user, Permission.GUIDE_PANEL, selection)
    panel = Panel.objects.filter(selection=selection).first()
    criteria = criteria_in_force(selection, Criterion.Kind.MARK)
    form = CalibrationForm(request.POST or None, categories=list(criteria))
    if request.method == "POST" and form.is_valid():
        try:
            chairing.set_calibration(
                selection, form.cleaned_data["category"], text=form.cleaned_data["text"], by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The practice candidate is described."))
            return redirect("calibration", slug)
    seat = Seat.objects.of(request.user).filter(panel__selection=selection).first()
    context = {
        "selection": selection,
        "cases": cases(panel) if panel else [],
        "seat": seat if Permission.SCORE in granted else None,
        "form": form if Permission.GUIDE_PANEL in granted else None,
    }
    return render(request, "scoring/chair/calibration.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A juror's practice marks; given once."""
    seat = own_seat(request, slug)
    selection = seat.panel.selection
    case = get_object_or_404(
        Calibration.objects.select_related("category", "panel__selection"), pk=pk, panel=seat.panel
    )
    permissions.require(request.user, Permission.SCORE, selection)
    criteria = criteria_in_force(selection, Criterion.Kind.MARK).get(case.category_id, [])
    form = PracticeForm(request.POST or None, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        try:
            chairing.give_practice(case, seat, form.cleaned_data, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Your practice marks are given. They count nowhere."))
        return redirect("calibration", slug)
    return render(request, "scoring/chair/practice.html", {"selection": selection, "case": case, "form": form})
