"""The rooms of a panel: who judges where."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards.lookups import selection_seen
from awards.models import Category, Criterion, Selection
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.form_fields import retyped
from paritrana.display.refusals import refusals_above, refusals_in
from scoring.assignments.criteria import criteria_in_force
from scoring.edit_conflicts import EditConflict, VersionForm
from scoring.models import Panel, Seat, SubPanel
from scoring.panel import rooms as actions
from scoring.panel.room_forms import RoomForm, start_of


@require_http_methods(["GET", "HEAD", "POST"])
def panel_rooms(request: UserRequest, slug: str) -> HttpResponse:
    """The sub-panels, and a form for one more; ``?ubah=`` opens one of them in the form."""
    selection = selection_seen(request, slug, Permission.MANAGE_PANEL)
    panel = Panel.objects.filter(selection=selection).first() or Panel()
    found = _sub_panels(selection)
    chosen = next((one for one in found if str(one.pk) == request.GET.get("ubah")), None)
    seats = list(Seat.objects.sitting().with_people().filter(panel__selection=selection))
    version = panel.version if panel.pk else 1
    form = RoomForm(
        request.POST or None, initial=start_of(chosen, version), categories=_categories(selection), seats=seats
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            try:
                actions.set_room(selection, form.plan(), version=form.cleaned_data["version"], by=request.user)
            except EditConflict as error:
                form.data = retyped(form, version=error.current.version)
                form.add_error(None, _overtaken())
            else:
                messages.success(request, _("Room %(room)s is saved.") % {"room": form.cleaned_data["room"]})
                return redirect("panel-rooms", slug)
    context: dict[str, Any] = {"selection": selection, "panel": panel, "form": form, "chosen": chosen, "seats": seats}
    context |= {"sub_panels": found, "version": version}
    return render(request, "scoring/panel/rooms.html", context)


@require_POST
def panel_room_drop(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """Take a sub-panel back: the whole panel judges there."""
    selection = selection_seen(request, slug, Permission.MANAGE_PANEL)
    one = get_object_or_404(SubPanel.objects.select_related("panel"), pk=pk, panel__selection=selection)
    form = VersionForm(request.POST)
    with refusals_above(request):
        try:
            actions.drop(one, version=form.cleaned_data["version"] if form.is_valid() else 0, by=request.user)
        except EditConflict:
            messages.error(request, _overtaken())
        else:
            messages.success(request, _("The whole panel judges there again."))
    return redirect("panel-rooms", slug)


def _overtaken() -> str:
    return _("Somebody else changed the panel meanwhile. Look at the rooms below and save again.")


def _sub_panels(selection: Selection) -> list[SubPanel]:
    rows = SubPanel.objects.filter(panel__selection=selection).select_related("category")
    return list(rows.prefetch_related("seats__appointment__user"))


def _categories(selection: Selection) -> list[Category]:
    """Those in which jurors mark."""
    marked = criteria_in_force(selection, Criterion.Kind.MARK)
    return list(Category.objects.filter(pk__in=marked).order_by("order", "pk"))
