"""The chair closes the panel, or opens it again: each after a last look."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards import permissions
from awards.stages import Permission
from scoring.actions import closing
from scoring.closing import owed
from scoring.forms.closing import ClosingForm, PanelReopeningForm
from scoring.models import Panel
from scoring.views.access import selection_seen


@require_http_methods(["GET", "HEAD", "POST"])
def panel_close(request: HttpRequest, slug: str) -> HttpResponse:
    """Shows who still owes which sheets, and which candidates stay below the quorum."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.CLOSE_PANEL, selection)
    found = owed(selection)
    form = ClosingForm(request.POST or None, owed=found.sheets)
    # Without anybody to give a reason for, the form has no field and a bare POST is the confirmation.
    form.is_bound = request.method == "POST"
    if form.is_valid():
        try:
            absent = closing.close(selection, reasons=form.reasons(), by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The panel is closed. Recorded as absent: %(count)d.") % {"count": len(absent)})
        return redirect("chair-room", slug)
    context = {
        "selection": selection,
        "form": form,
        "owed": found.sheets,
        "below": found.below,
        "may_open_again": permissions.may(request.user, Permission.REOPEN, selection),
        "back_url": reverse("chair-room", args=[slug]),
    }
    return render(request, "scoring/chair/close.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def panel_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.REOPEN, selection)
    form = PanelReopeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            closing.reopen(selection, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The panel scores again."))
        return redirect("chair-room", slug)
    panel = Panel.objects.filter(selection=selection).select_related("closed_by").first()
    context = {"selection": selection, "form": form, "panel": panel, "back_url": reverse("chair-room", args=[slug])}
    return render(request, "scoring/chair/reopen.html", context)
