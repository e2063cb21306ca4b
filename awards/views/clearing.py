"""Clearing a nomination that is not eligible, and taking that back; both through a review page with a reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards import actions
from awards.eligibility import eligibility
from awards.forms.nominations import ReasonForm
from awards.permissions import require_on
from awards.stages import Permission
from awards.views.nominations import visible_nomination

Verb = Callable[..., None]


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_clear(request: HttpRequest, pk: int) -> HttpResponse:
    return _review(request, pk, actions.clear_nomination, is_clearing=True)


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_revoke_clearing(request: HttpRequest, pk: int) -> HttpResponse:
    return _review(request, pk, actions.revoke_clearing, is_clearing=False)


def _review(request: HttpRequest, pk: int, verb: Verb, *, is_clearing: bool) -> HttpResponse:
    nomination = visible_nomination(request, pk)
    require_on(request.user, Permission.CLEAR, nomination)
    form = ReasonForm(request.POST or None, initial={"version": nomination.version})
    if request.method == "POST" and form.is_valid():
        try:
            verb(nomination, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
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
    return render(request, "awards/eligibility/clear.html", context)
