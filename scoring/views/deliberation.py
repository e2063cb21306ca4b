"""The plenary's order beside the score order: read by whoever sees the ranking, recorded by the chair."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions
from awards.stages import Permission
from scoring.actions import deliberating
from scoring.actions.versions import Overtaken
from scoring.deliberation import Order, orders
from scoring.forms.chair import OrderForm
from scoring.models import Deliberation
from scoring.views import differing, overtaken
from scoring.views.access import selection_seen


@require_safe
def deliberation(request: HttpRequest, slug: str) -> HttpResponse:
    """Every group of every title: place by the scores, place agreed on, and why."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEE_RANKING, selection)
    if differs := differing.refused(request, selection):
        return differs
    context = {
        "selection": selection,
        "orders": orders(selection),
        "may_deliberate": permissions.may(request.user, Permission.DELIBERATE, selection),
    }
    return render(request, "scoring/chair/deliberation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, slug: str, title: int, group: int) -> HttpResponse:
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.DELIBERATE, selection)
    if differs := differing.refused(request, selection):
        return differs
    order = next((one for one in orders(selection) if (one.title.pk, one.number) == (title, group)), None)
    if order is None:
        raise Http404
    form = OrderForm(request.POST or None, order=order, initial=_start(order))
    context = {"selection": selection, "order": order}
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("reason", "version")}
        try:
            deliberating.agree(selection, order.title, order.group, form.agreed(), by=request.user, **typed)
        except ValidationError as error:
            form.add_error("reason" if error.code == "reason" else None, error)
        except Overtaken as error:
            rows = _differing(order, form.agreed(), error.current)
            return overtaken.show(request, "scoring/chair/agree.html", form, error, rows, **context)
        else:
            messages.success(request, _("The agreed order is recorded. The ranking by scores stays as it is."))
            return redirect("deliberation", slug)
    return render(request, "scoring/chair/agree.html", context | {"form": form})


def _start(order: Order) -> dict[str, Any]:
    held = order.deliberation
    places = {f"place_{row.nomination.pk}": row.agreed for row in order.rows}
    return places | {"version": held.version if held else 0, "reason": held.reason if held else ""}


def _differing(order: Order, mine: list[int], current: Any) -> list[dict[str, Any]]:
    theirs = Deliberation.objects.get(pk=current.pk).agreed
    return [
        {"label": str(row.nomination), "mine": mine.index(key) + 1, "theirs": theirs.index(key) + 1}
        for row in order.rows
        if (key := row.nomination.pk) in theirs and mine.index(key) != theirs.index(key)
    ]
