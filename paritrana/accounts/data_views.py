"""Pages about one person's data: what is held, the file to take along, and the erasure by two administrators."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paritrana.accounts import data_export, erasures
from paritrana.accounts.forms import ErasureForm
from paritrana.accounts.models import Erasure, User
from paritrana.accounts.permissions import managed_person
from paritrana.accounts.personal_data import hindrances, holdings
from paritrana.accounts.requests import UserRequest
from paritrana.accounts.seconding import answer
from paritrana.display.refusals import done, refusals_in
from paritrana.downloads import zip_answer


@require_safe
def my_data(request: UserRequest) -> HttpResponse:
    administrators = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=request.user.pk)[:5]
    return _page(request, request.user, {"administrators": administrators, "is_mine": True})


@require_POST
def my_data_file(request: UserRequest) -> HttpResponse:
    return _file(request, request.user)


@require_safe
def person_data(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, managed_person(request, pk), {"is_mine": False})


@require_POST
def person_data_file(request: UserRequest, pk: int) -> HttpResponse:
    return _file(request, managed_person(request, pk))


def _page(request: UserRequest, person: User, more: dict[str, object]) -> HttpResponse:
    rows = [(each, each.count(person)) for each in holdings()]
    return render(request, "accounts/data.html", {"person": person, "rows": rows} | more)


def _file(request: UserRequest, person: User) -> HttpResponse:
    return zip_answer(data_export.made(person, by=request.user), f"data-pribadi-{person.pk}.zip")


@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: UserRequest, pk: int) -> HttpResponse:
    person = managed_person(request, pk)
    form = ErasureForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form, "reason"):
            erasures.ask(person, reason=form.cleaned_data["reason"], by=request.user)
            return done(request, _("Asked. Another administrator confirms it on this page."), "erasure", pk)
    context: dict[str, object] = {"person": person, "form": form, "rows": holdings()}
    context |= {"asked": Erasure.open_for(person), "hindrances": list(hindrances(person))}
    context["old_events"] = erasures.named_in_old_events(person)
    return render(request, "accounts/erasure.html", context)


@require_POST
def erasure_second(request: UserRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, erasures.second, _("Erased. What was done stays under the number of the account."))


@require_POST
def erasure_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, erasures.withdraw, _("Withdrawn; the data stays."))


def _answer(request: UserRequest, pk: int, verb: Callable[..., None], text: str) -> HttpResponse:
    person = managed_person(request, pk)
    return answer(request, person, Erasure.open_for(person), verb, text)
