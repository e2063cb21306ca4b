"""What leads to a sheet: the rules of the panel, who types for a juror, opening a handed-in sheet again."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display import formats
from paritrana.display.refusals import refusals_in
from scoring import edit_conflicts
from scoring.conflicts import actions
from scoring.edit_conflicts import EditConflict
from scoring.lookups import selection_seen
from scoring.models import Panel, Seat
from scoring.panel import rules
from scoring.panel.forms import AssistantForm, RulesForm


@require_http_methods(["GET", "HEAD", "POST"])
def panel_rules(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.MANAGE_PANEL)
    current = Panel.objects.filter(selection=selection).first() or Panel()
    held = {name: getattr(current, name) for name in RulesForm.RULES}
    form = RulesForm(request.POST or None, initial=held | {"version": current.version if current.pk else 0})
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in RulesForm.RULES}
        try:
            rules.set_rules(selection, **typed, version=form.cleaned_data["version"], by=request.user)
        except EditConflict as error:
            theirs = {name: getattr(error.current, name) for name in RulesForm.RULES}
            labels = {name: form.fields[name].label for name in RulesForm.RULES}
            shown = [{name: _shown(each[name]) for name in labels} for each in (typed, theirs)]
            rows = edit_conflicts.differing(labels, *shown)
            return edit_conflicts.show(request, "scoring/panel/rules.html", form, error, rows, selection=selection)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The rules of the panel have been saved."))
            return redirect("panel", selection.slug)
    return render(request, "scoring/panel/rules.html", {"selection": selection, "form": form})


def _shown(value: Any) -> object:
    if isinstance(value, int) or value is None:
        return formats.hundredths(value)
    if isinstance(value, list):
        obstacles = dict(cast(Any, RulesForm.base_fields["overridable"]).choices)
        return ", ".join(str(obstacles[code]) for code in value) or "–"
    return dict(Panel.Visibility.choices + Panel.Disclosure.choices)[value]


@require_http_methods(["GET", "HEAD", "POST"])
def seat_assistant(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """Who types for the juror: asked for by the juror, or by chair and secretary."""
    selection = selection_seen(request, slug)
    seats = Seat.objects.visible_to(request.user).with_people()
    seat = get_object_or_404(seats, pk=pk, panel__selection=selection, appointment__ended_at=None)
    if not actions.may_appoint(request.user, seat):
        raise PermissionDenied(_("The juror, the chair or the secretary appoints who types."))
    initial = {"email": seat.assistant.email if seat.assistant else ""}
    form = AssistantForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, "email"):
            actions.appoint(seat, form.person, by=request.user)
            messages.success(request, _("Saved. What an assistant types counts once the juror hands it in."))
            return redirect("panel", selection.slug)
    return render(request, "scoring/panel/assistant.html", {"selection": selection, "seat": seat, "form": form})
