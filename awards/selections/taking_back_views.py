"""The page on which a stage is taken back: one person asks with a reason, another one seconds."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards.lookups import selection_seen
from awards.models import Selection, StageReturn
from awards.permissions import granted, require
from awards.selections import taking_back as actions
from awards.selections.forms import TakeBackForm
from awards.stages import BEFORE, Permission, Stage
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_above, refusals_in

P = Permission


def _asked(selection: Selection) -> StageReturn:
    if asked := actions.open_request(selection):
        return asked
    raise ValidationError(_("Nobody has asked to take this stage back."), code="moved-on")


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: UserRequest, slug: str) -> HttpResponse:
    """What was done in the stage already, the request if there is one, or the form of a new one."""
    selection = selection_seen(request, slug)
    held = granted(request.user, selection)
    if request.method == "POST" or P.SECOND_TAKING_BACK not in held:
        require(request.user, P.TAKE_BACK_STAGE, selection)
    form = TakeBackForm(request.POST or None, initial={"stage": selection.stage})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            typed = form.cleaned_data
            actions.ask(selection, reason=typed["reason"], seen=typed["stage"], by=request.user)
            return done(request, _("Asked for. Another person has to second it."), "take-back-stage", slug)
    return render(request, "awards/selections/take_back.html", _context(request, selection, form, held))


def _context(
    request: UserRequest, selection: Selection, form: TakeBackForm, held: frozenset[Permission]
) -> dict[str, Any]:
    asked, back = actions.open_request(selection), BEFORE.get(Stage(selection.stage))
    may_answer = asked is not None and P.SECOND_TAKING_BACK in held and asked.asked_by_id != request.user.pk
    return {
        "selection": selection,
        "form": form,
        "back": back.label if back else "",
        "asked": asked,
        "resting": actions.resting_on(selection) if back else [],
        "may_ask": P.TAKE_BACK_STAGE in held,
        "may_second": may_answer,
        "back_url": selection.get_absolute_url(),
    }


@require_POST
def second_taking_back(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, P.SECOND_TAKING_BACK)
    with refusals_above(request):
        back = actions.second(_asked(selection), by=request.user)
        messages.success(request, _("The stage “%(stage)s” is open again.") % {"stage": back.label})
    return redirect(selection)


@require_POST
def withdraw_taking_back(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, P.TAKE_BACK_STAGE)
    with refusals_above(request):
        actions.withdraw(_asked(selection), by=request.user)
        messages.success(request, _("The request is withdrawn."))
    return redirect("take-back-stage", slug)
