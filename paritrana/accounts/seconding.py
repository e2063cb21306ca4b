"""Answering, as a second administrator, what another one asked about an account."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from paritrana.accounts.models import Erasure, FactorReset, User
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_above


def answer(
    request: UserRequest, person: User, asked: Erasure | FactorReset | None, verb: Callable[..., None], text: str
) -> HttpResponse:
    """Carry out the verb and go to the account, or back to where it was asked with the refusal; Http404 without one."""
    if asked is None:
        raise Http404
    with refusals_above(request):
        verb(asked, by=request.user)
        return done(request, text, person)
    return redirect("erasure" if isinstance(asked, Erasure) else "factor-reset", person.pk)
