"""Criteria that do not apply to a nomination: the list, adding one, removing one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards.nominations import exceptions as actions
from awards.nominations.eligibility import eligibility
from awards.nominations.forms import ExemptionForm, ReasonForm, SeenForm
from awards.nominations.views import visible_nomination
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.form_fields import retyped
from paritrana.display.refusals import refusals_above


@require_http_methods(["GET", "HEAD", "POST"])
def exemptions(request: UserRequest, pk: int) -> HttpResponse:
    nomination = visible_nomination(request, pk, Permission.CLEAR)
    criteria = actions.exemptible(nomination)
    form = ExemptionForm(request.POST or None, criteria=criteria, initial={"version": nomination.version})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.exempt(nomination, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            status = 409 if error.code == "conflict" else 200
            form.data = retyped(form, version=visible_nomination(request, pk).version)
        else:
            messages.success(request, _("It is recorded that the criterion does not apply."))
            return redirect("exemptions", pk)
    context = {
        "nomination": nomination,
        "selection": nomination.selection,
        "given": nomination.exemptions.select_related("criterion", "recorded_by"),
        "form": form,
    }
    return render(request, "awards/nominations/exemptions.html", context, status=status)


@require_POST
def exemption_end(request: UserRequest, pk: int, exemption: int) -> HttpResponse:
    nomination = visible_nomination(request, pk, Permission.CLEAR)
    found = get_object_or_404(nomination.exemptions.select_related("criterion"), pk=exemption)
    found.nomination = nomination
    form = SeenForm(request.POST)
    with refusals_above(request):
        actions.end_exemption(found, version=form.cleaned_data["version"] if form.is_valid() else 0, by=request.user)
        messages.success(request, _("The criterion applies again."))
    return redirect("exemptions", pk)


Verb = Callable[..., None]


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_clear(request: UserRequest, pk: int) -> HttpResponse:
    return _review(request, pk, actions.clear_nomination, is_clearing=True)


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_revoke_clearing(request: UserRequest, pk: int) -> HttpResponse:
    return _review(request, pk, actions.revoke_clearing, is_clearing=False)


def _review(request: UserRequest, pk: int, verb: Verb, *, is_clearing: bool) -> HttpResponse:
    nomination = visible_nomination(request, pk, Permission.CLEAR)
    form = ReasonForm(request.POST or None, initial={"version": nomination.version})
    if request.method == "POST" and form.is_valid():
        with refusals_above(request):
            verb(nomination, by=request.user, **form.cleaned_data)
            messages.success(request, _("Cleared.") if is_clearing else _("The clearing has been taken back."))
        return redirect(nomination)
    context: dict[str, Any] = {
        "nomination": nomination,
        "selection": nomination.selection,
        "held": eligibility([nomination])[nomination.pk],
        "form": form,
        "is_clearing": is_clearing,
        "back_url": nomination.get_absolute_url(),
    }
    return render(request, "awards/nominations/clearance.html", context)
