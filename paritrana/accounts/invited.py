"""The page of an invitation's link: who may accept, and what it asks of whoever is not signed in.

It asks alike whether the address has an account or not.
"""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paritrana.accounts.actions import Invited, open_invited
from paritrana.accounts.forms import PasswordForm
from paritrana.accounts.models import User
from paritrana.display.refusals import refusals_above


def answer(
    request: HttpRequest,
    invitation: Invited,
    page: str,
    context: dict[str, Any],
    accept: Callable[[User], HttpResponse],
) -> HttpResponse:
    """The page and its two forms: only the invited person accepts, everybody else opens an account or signs in."""
    is_theirs = request.user.is_authenticated and request.user.email == invitation.email
    form = _password_form(request, invitation)
    if request.method == "POST" and form and form.is_valid():
        return _open_account(request, invitation, form)
    if request.method == "POST" and is_theirs:
        with refusals_above(request):
            return accept(cast(User, request.user))
    return render(request, page, context | {"is_theirs": is_theirs, "form": form})


def _password_form(request: HttpRequest, invitation: Invited) -> PasswordForm | None:
    """The form that opens an account; None for whoever is signed in."""
    if request.user.is_authenticated:
        return None
    person = User(email=invitation.email, name=invitation.name, office=invitation.office)
    return PasswordForm(request.POST or None, invited=person)


def _open_account(request: HttpRequest, invitation: Invited, form: PasswordForm) -> HttpResponse:
    """Open it where there is none, and lead to signing in, from where the link comes back to be accepted."""
    language = get_language() or settings.LANGUAGE_CODE
    open_invited(invitation, password=form.cleaned_data["password"], language=language)
    text = _("Please sign in as %(email)s; then accept the invitation. An account that was there keeps its password.")
    messages.info(request, text % {"email": invitation.email})
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
