"""One seat of a panel: ended, given to a successor, kept out of a candidate."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from awards import permissions
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_above, refusals_in
from scoring.assignments import progress
from scoring.assignments.criteria import marked_nominations
from scoring.conflicts import actions as conflict_actions
from scoring.lookups import selection_seen
from scoring.models import Conflict, ScoreSheet, Seat
from scoring.panel import invitations
from scoring.panel import seats as actions
from scoring.panel.forms import EndForm, RecusalForm, SubstituteForm


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
            actions.end_seat(seat, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("The seat of %(name)s has been ended.") % {"name": seat.user})
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
    """The successor takes over at once where there is an account, else by accepting an invitation."""
    selection = selection_seen(request, slug)
    seat = _current_seat(request, selection, pk)
    permissions.require(request.user, Permission.MANAGE_PANEL, selection)
    form = SubstituteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            message = _substituted(seat, form, request)
            messages.success(request, message)
            return redirect("panel", selection.slug)
    handed_in = ScoreSheet.objects.submitted().filter(seat=seat).count()
    context = {"selection": selection, "seat": seat, "form": form, "handed_in": handed_in}
    return render(request, "scoring/panel/substitute.html", context)


def _substituted(seat: Seat, form: SubstituteForm, request: UserRequest) -> str:
    typed, values = form.cleaned_data, {"name": seat.user}
    if form.person:
        successor = actions.substitute(seat, user=form.person, reason=typed["reason"], by=request.user)
        return _("%(successor)s takes over the seat of %(name)s.") % (values | {"successor": successor.user})
    terms: dict[str, Any] = {name: typed[name] for name in ("email", "name", "office", "reason")}
    terms |= {"role": seat.appointment.role, "element": seat.element, "is_observer": seat.is_observer}
    invitation = invitations.invite(seat.panel.selection, replaces=seat, by=request.user, **terms)
    values |= {"successor": invitation.name}
    return _("%(successor)s is invited; the seat of %(name)s passes over once the invitation is accepted.") % values


@require_http_methods(["GET", "HEAD", "POST"])
def recuse(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """Each candidate is offered with how many jurors would remain; ``?kandidat=`` chooses one beforehand."""
    selection = selection_seen(request, slug)
    seat = _current_seat(request, selection, pk)
    permissions.require(request.user, Permission.RECUSE, selection)
    kept_out = Conflict.objects.filter(seat=seat).values("nomination")
    nominations = marked_nominations(selection).visible_to(request.user).exclude(pk__in=kept_out)
    left = {key: one.able - (not seat.is_observer) for key, one in _strengths(seat, list(nominations)).items()}
    chosen = {"nomination": request.GET.get("kandidat", "")}
    form = RecusalForm(request.POST or None, initial=chosen, nominations=nominations, left=left)
    if request.method == "POST" and form.is_valid():
        nomination, reason = form.cleaned_data["nomination"], form.cleaned_data["reason"]
        with refusals_in(form):
            conflict_actions.recuse(seat, nomination, reason=reason, by=request.user)
            messages.success(request, _recusal_text(seat, nomination, left[nomination.pk]))
            return redirect("conflict-map", selection.slug)
    context = {"selection": selection, "seat": seat, "form": form, "quorum": seat.panel.quorum}
    return render(request, "scoring/panel/recuse.html", context)


def _strengths(seat: Seat, nominations: list[Any]) -> dict[int, progress.Strength]:
    seats = list(Seat.objects.counting().filter(panel=seat.panel))
    return progress.strengths(seats, nominations, progress.progress(seats, nominations), seat.panel.quorum)


def _recusal_text(seat: Seat, nomination: Any, left: int) -> str:
    done = _("%(name)s is recused from %(candidate)s.") % {"name": seat.user, "candidate": nomination}
    remain = ngettext(
        "%(count)d juror remains; the quorum is %(quorum)d.", "%(count)d jurors remain; the quorum is %(quorum)d.", left
    )
    return f"{done} {remain % {'count': left, 'quorum': seat.panel.quorum}}"
