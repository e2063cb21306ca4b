"""The branch's page of a candidate's access, the link that lets the contact in, and the contact's own pages."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.doors import actions
from awards.doors.forms import DoorForm, GiveBackForm
from awards.doors.own_page import OwnPage
from awards.models import CandidateDoor, Nomination
from awards.nominations.views import visible_nomination
from awards.permissions import granted_on
from awards.stages import Permission
from paritrana.accounts import invited
from paritrana.accounts.address_changes import digest_of
from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_above, refusals_in
from paritrana.display.sharing import FRESH_LINK, shared_message


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: UserRequest, pk: int) -> HttpResponse:
    """Who is let in, whose turn it is; inviting while nobody is."""
    nomination = visible_nomination(request, pk, Permission.INVITE_CONTACT)
    known = nomination.candidate.contacts.exclude(email="").first()
    initial = {"email": known.email, "name": known.name, "office": known.office} if known else {}
    form = DoorForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = actions.invite(nomination, by=request.user, **form.cleaned_data)
            return done(request, _("The invitation was mailed to %(email)s.") % {"email": made.email}, "door", pk)
    rows = list(nomination.doors.select_related("sent_by", "user", "handed_by", "closed_by"))
    context = {
        "nomination": nomination,
        "selection": nomination.selection,
        "form": form,
        "give_back": GiveBackForm(),
        "door": next((row for row in rows if row.closed_at is None), None),
        "closed": [row for row in rows if row.closed_at],
    }
    return render(request, "awards/doors/door.html", context)


def _opened(request: UserRequest, pk: int) -> CandidateDoor:
    nomination = visible_nomination(request, pk, Permission.INVITE_CONTACT)
    found = get_object_or_404(CandidateDoor.objects.open().select_related("user", "sent_by"), nomination=nomination)
    found.nomination = nomination
    return found


@require_POST
def door_share(request: UserRequest, pk: int) -> HttpResponse:
    wanted = _opened(request, pk)
    with refusals_above(request):
        text, lead = actions.share(wanted, by=request.user), FRESH_LINK % {"email": wanted.email}
        back = (reverse("door", args=[pk]), _("Access of the candidate"))
        selection = wanted.nomination.selection
        return shared_message(request, wanted.name, text, lead=lead, back=back, selection=selection)
    return redirect("door", pk)


@require_POST
def door_take_over(request: UserRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.hand_over, _("You have taken over: the contact can read it and not change it."))


@require_POST
def door_close(request: UserRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.close, _("The access is closed. What was filled in stays."))


@require_POST
def door_give_back(request: UserRequest, pk: int) -> HttpResponse:
    form = GiveBackForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else request.POST.get("note", "")[:500]
    return _do(request, pk, actions.give_back, _("It is the contact's turn again; a letter says so."), note=note)


def _do(request: UserRequest, pk: int, verb: Callable[..., None], said: str, **more: Any) -> HttpResponse:
    wanted = _opened(request, pk)
    with refusals_above(request):
        verb(wanted, by=request.user, **more)
        messages.success(request, said)
    return redirect("door", pk)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def door_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody is invited to. The link is the secret: whoever holds it may read this, only the invited enters."""
    rows = CandidateDoor.objects.select_related(
        "nomination__candidate__region", "nomination__category", "sent_by",
        "nomination__selection__edition", "nomination__selection__province",
    )  # fmt: skip
    found = get_object_or_404(rows, digest=digest_of(token))
    selection = found.nomination.selection
    context: dict[str, Any] = {"door": found, "nomination": found.nomination, "selection": selection}
    context["until"] = selection.moment(found.expires_at)
    if found.state != CandidateDoor.State.INVITED:
        return render(request, "awards/doors/invitation_over.html", context, status=410)

    def enter(user: User) -> HttpResponse:
        actions.enter(found, by=user)
        return redirect("my-nomination", found.nomination_id)

    return invited.answer(request, found, "awards/doors/invitation.html", context, enter)


@require_safe
def doors(request: UserRequest) -> HttpResponse:
    """The nominations a contact may fill in; with only one, that one."""
    rows = Nomination.objects.filter(doors__in=CandidateDoor.objects.of(request.user)).with_context()
    found = list(rows.order_by("-selection__edition__period_end", "pk"))
    if len(found) == 1:
        return redirect("my-nomination", found[0].pk)
    return render(request, "awards/doors/doors.html", {"nominations": found})


def _own(request: UserRequest, pk: int) -> CandidateDoor:
    related = ("sent_by", "user")
    found = get_object_or_404(CandidateDoor.objects.of(request.user).select_related(*related), nomination=pk)
    found.nomination = Nomination.objects.with_context().get(pk=pk)
    return found


@require_safe
def my_nomination(request: UserRequest, pk: int) -> HttpResponse:
    last = CandidateDoor.objects.filter(user=request.user, nomination=pk).order_by("-pk").first()
    if last and last.closed_at:
        shown = {"door": last, "selection": last.nomination.selection}
        return render(request, "awards/doors/invitation_over.html", shown, status=410)
    found = _own(request, pk)
    held = granted_on(request.user, found.nomination)
    context = {
        "door": found,
        "nomination": found.nomination,
        "selection": found.nomination.selection,
        "may_answer": found.nomination.is_editable and Permission.ANSWER in held,
        "may_trace": Permission.SEE_CANDIDATE_COPY in held,
        "page": OwnPage(found),
    }
    return render(request, "awards/doors/my_nomination.html", context)


@require_POST
def door_hand_over(request: UserRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    with refusals_above(request):
        actions.hand_over(found, by=request.user)
        messages.success(request, _("Thank you. The branch checks it and sends it."))
    return redirect("my-nomination", pk)
