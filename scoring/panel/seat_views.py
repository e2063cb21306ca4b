"""One seat of a panel: ended, given to a successor, recused from a candidate, assisted; and the rules of all seats."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from awards import permissions
from awards.lookups import selection_seen
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display import formats
from paritrana.display.refusals import done, refusals_above, refusals_in
from scoring import edit_conflicts
from scoring.assignments import progress
from scoring.assignments.criteria import to_score
from scoring.conflicts import actions as conflict_actions
from scoring.edit_conflicts import EditConflict
from scoring.models import Panel, ScoreSheet, Seat
from scoring.panel import invitations, rules, seat_changes
from scoring.panel.change_views import asked_text
from scoring.panel.forms import AssistantForm, EndForm, RecusalForm, RulesForm, SubstituteForm


def _current_seat(request: UserRequest, selection: Selection, pk: int) -> Seat:
    seats = Seat.objects.visible_to(request.user).with_people()
    return get_object_or_404(seats, pk=pk, panel__selection=selection, appointment__ended_at=None)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_end(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    selection = selection_seen(request, slug)
    seat = _current_seat(request, selection, pk)
    permissions.require(request.user, Permission.MANAGE_PANEL, selection)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_above(request):
            seat_changes.ask_end(seat, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, asked_text())
        return redirect("panel", selection.slug)
    context = {
        "selection": selection,
        "seat": seat,
        "form": form,
        "handed_in": ScoreSheet.objects.submitted().filter(seat=seat).count(),
        "back_url": reverse("panel", args=[selection.slug]),
    }
    return render(request, "scoring/panel/seat_end.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_substitute(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """Invites the successor; the seat passes over once that is accepted and confirmed."""
    selection = selection_seen(request, slug)
    seat = _current_seat(request, selection, pk)
    permissions.require(request.user, Permission.MANAGE_PANEL, selection)
    form = SubstituteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        terms: dict[str, Any] = {
            "role": seat.appointment.role,
            "element": seat.element,
            "is_observer": seat.is_observer,
        }
        with refusals_in(form):
            made = invitations.invite(selection, replaces=seat, by=request.user, **terms, **form.cleaned_data)
            values = {"successor": made.name, "name": seat.user}
            text = _("%(successor)s is invited; the seat of %(name)s passes over once it is accepted and confirmed.")
            return done(request, text % values, "panel", selection.slug)
    handed_in = ScoreSheet.objects.submitted().filter(seat=seat).count()
    context = {"selection": selection, "seat": seat, "form": form, "handed_in": handed_in}
    return render(request, "scoring/panel/substitute.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def recuse(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """Offers each candidate with the number of jurors left; ``?kandidat=`` preselects one."""
    selection = selection_seen(request, slug)
    seat = _current_seat(request, selection, pk)
    permissions.require(request.user, Permission.RECUSE, selection)
    nominations = to_score(seat).visible_to(request.user)
    chosen = {"nomination": request.GET.get("kandidat", "")}
    form = RecusalForm(request.POST or None, initial=chosen, nominations=nominations, left=partial(_left, seat))
    if request.method == "POST" and form.is_valid():
        nomination, reason = form.cleaned_data["nomination"], form.cleaned_data["reason"]
        left = _left(seat, [nomination])[nomination.pk]
        with refusals_in(form):
            conflict_actions.recuse(seat, nomination, reason=reason, by=request.user)
            return done(request, _recusal_text(seat, nomination, left), "conflict-map", selection.slug)
    context = {"selection": selection, "seat": seat, "form": form, "quorum": seat.panel.quorum}
    return render(request, "scoring/panel/recuse.html", context)


def _left(seat: Seat, nominations: list[Any]) -> dict[int, int]:
    """How many could still mark each of them without this seat."""
    seats = list(Seat.objects.counting().filter(panel=seat.panel))
    states = progress.progress(seats, nominations)
    found = progress.strengths(seats, nominations, states, seat.panel.quorum)
    return {key: one.able - (not seat.is_observer) for key, one in found.items()}


def _recusal_text(seat: Seat, nomination: Any, left: int) -> str:
    done = _("%(name)s is recused from %(candidate)s.") % {"name": seat.user, "candidate": nomination}
    remain = ngettext(
        "%(count)d juror remains; the quorum is %(quorum)d.", "%(count)d jurors remain; the quorum is %(quorum)d.", left
    )
    return f"{done} {remain % {'count': left, 'quorum': seat.panel.quorum}}"


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
            return done(request, _("The rules of the panel have been saved."), "panel", selection.slug)
    return render(request, "scoring/panel/rules.html", {"selection": selection, "form": form})


def _shown(value: Any) -> object:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
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
    if not conflict_actions.may_appoint(request.user, seat):
        raise PermissionDenied(_("The juror, the chair or the secretary appoints who types."))
    form = AssistantForm(request.POST or None, initial={"email": seat.assistant_address})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, "email"):
            conflict_actions.appoint(seat, form.cleaned_data["email"], by=request.user)
            messages.success(request, _("Saved. What an assistant types counts once the juror hands it in."))
            return redirect("panel", selection.slug)
    return render(request, "scoring/panel/assistant.html", {"selection": selection, "seat": seat, "form": form})
