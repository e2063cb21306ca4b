"""Changes of a panel that wait for a second person: confirmed together, or refused one by one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import two_people
from awards.lookups import selection_seen
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_above
from scoring.models import SeatChange
from scoring.panel import seat_changes as actions
from scoring.panel.forms import ConfirmChangesForm


def asked_text() -> str:
    return _("Asked. It takes effect when a second person confirms it; those it concerns are told by letter.")


@require_http_methods(["GET", "HEAD", "POST"])
def seat_changes(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.SECOND_PANEL)
    waiting = list(SeatChange.objects.open().filter(panel__selection=selection).with_people())
    rows = [(change, _refusal(change, request.user, selection)) for change in waiting]
    possible = [change for change, refusal in rows if not refusal]
    form = ConfirmChangesForm(request.POST or None, changes=possible)
    if request.method == "POST" and form.is_valid():
        _second(request, form.chosen())
        return redirect("panel" if len(form.chosen()) == len(waiting) else "seat-changes", slug)
    context: dict[str, Any] = {"selection": selection, "rows": rows, "form": form, "may_confirm": bool(possible)}
    return render(request, "scoring/panel/seat_changes.html", context)


def _refusal(change: SeatChange, user: User, selection: Selection) -> str:
    if change.user_id == user.pk:
        return _("Nobody confirms their own seat.")
    code = two_people.hindrance(change.asked_by, user, selection)
    return str(two_people.REFUSALS[code]) if code else ""


def _second(request: UserRequest, chosen: list[SeatChange]) -> None:
    """Each by itself: one that became impossible does not stop the others."""
    for change in chosen:
        try:
            actions.second(change, by=request.user)
        except ValidationError as error:
            messages.error(request, f"{change.what}: {' '.join(error.messages)}")
        else:
            messages.success(request, _("Confirmed: %(what)s.") % {"what": change.what})


@require_POST
def seat_change_withdraw(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """By whoever asked, and by whoever would have to confirm."""
    selection = selection_seen(request, slug, Permission.SECOND_PANEL)
    change = get_object_or_404(SeatChange, pk=pk, panel__selection=selection)
    with refusals_above(request):
        actions.withdraw(change, by=request.user)
        messages.success(request, _("Withdrawn; the panel stays as it is."))
    return redirect("panel", slug)
