"""Asking for an addendum to an issued paper, and confirming or withdrawing one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import permissions, two_people
from awards.lookups import selection_seen
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_above, refusals_in
from scoring.documents import addenda
from scoring.documents.forms import AddendumForm
from scoring.models import Addendum
from scoring.standings import visibility
from scoring.standings.views import papers_seen


@require_http_methods(["GET", "HEAD", "POST"])
def addendum_ask(request: UserRequest, slug: str) -> HttpResponse:
    selection = papers_seen(request, slug, Permission.MAKE_DOCUMENTS)
    form = AddendumForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            addenda.ask_addendum(selection, **form.cleaned_data, by=request.user)
            messages.success(request, _("Asked. Once a second person confirms it, the addendum is printed."))
            return redirect("documents", slug)
    context = {"selection": selection, "form": form, "back_url": reverse("documents", args=[slug])}
    return render(request, "scoring/documents/addendum_ask.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def addendum_second(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """What would be printed, word for word, and the button of the second person."""
    selection, asked = _asked(request, slug, pk, Permission.SECOND_SEAL)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            addenda.second_addendum(asked, by=request.user)
            return done(request, _("The addendum is printed."), "documents", slug)
    code = two_people.hindrance(asked.asked_by, request.user, selection)
    context: dict[str, Any] = {"selection": selection, "asked": asked, "form": form}
    context |= {"hindrance": two_people.REFUSALS.get(code, ""), "back_url": reverse("documents", args=[slug])}
    return render(request, "scoring/documents/addendum_second.html", context)


@require_POST
def addendum_withdraw(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    _selection, asked = _asked(request, slug, pk, Permission.MAKE_DOCUMENTS)
    with refusals_above(request):
        addenda.withdraw_addendum(asked, by=request.user)
        messages.success(request, _("Withdrawn."))
    return redirect("documents", slug)


def _asked(request: UserRequest, slug: str, pk: int, permission: Permission) -> tuple[Selection, Addendum]:
    selection = selection_seen(request, slug)
    permissions.require(request.user, permission, selection)
    visibility.require_shown(request.user, selection)
    rows = Addendum.objects.filter(seal__selection=selection).with_people()
    return selection, get_object_or_404(rows, pk=pk)
