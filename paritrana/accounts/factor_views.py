"""Pages on which two administrators remove second factors somebody has lost."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from paritrana.accounts import factor_resets
from paritrana.accounts.forms import FactorResetForm
from paritrana.accounts.models import FactorReset
from paritrana.accounts.permissions import managed_person
from paritrana.accounts.requests import UserRequest
from paritrana.accounts.seconding import answer
from paritrana.display.refusals import done, refusals_in


@require_http_methods(["GET", "HEAD", "POST"])
def factor_reset(request: UserRequest, pk: int) -> HttpResponse:
    person = managed_person(request, pk)
    form = FactorResetForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form, "reason"):
            factor_resets.ask(person, reason=form.cleaned_data["reason"], by=request.user)
            return done(request, _("Asked. Another administrator confirms it on this page."), "factor-reset", pk)
    context = {"person": person, "form": form, "asked": FactorReset.open_for(person)}
    return render(request, "accounts/factor_reset.html", context)


@require_POST
def factor_reset_second(request: UserRequest, pk: int) -> HttpResponse:
    return _answer(
        request, pk, factor_resets.second, _("Removed. The person sets up a new factor at the next sign-in.")
    )


@require_POST
def factor_reset_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, factor_resets.withdraw, _("Withdrawn; the factors stay."))


def _answer(request: UserRequest, pk: int, verb: Callable[..., None], text: str) -> HttpResponse:
    person = managed_person(request, pk)
    return answer(request, person, FactorReset.open_for(person), verb, text)
