"""Pages of the administrator about one account. The list and a person's own page are in ``awards/people``."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from paritrana.accounts import actions, address_changes
from paritrana.accounts.forms import AccountForm, AddressForm, ProfileForm
from paritrana.accounts.models import AddressChange, User
from paritrana.accounts.permissions import managed_person, require_people
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_above, refusals_in
from paritrana.display.sharing import shared_message

_FILES = "django.core.mail.backends.filebased.EmailBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def person_create(request: UserRequest) -> HttpResponse:
    require_people(request.user)
    form = AccountForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form, "email"):
            person = actions.open_account(**form.cleaned_data, by=request.user)
            return _do(request, person, actions.send_link, _sent(person))
    return render(request, "accounts/person_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: UserRequest, pk: int) -> HttpResponse:
    person = managed_person(request, pk)
    form = ProfileForm(request.POST or None, instance=person)
    if form.is_valid():
        actions.change_account(person, by=request.user, **form.cleaned_data)
        return done(request, _("Saved."), person)
    return render(request, "accounts/person_form.html", {"form": form, "person": person})


@require_http_methods(["GET", "HEAD", "POST"])
def person_deactivate(request: UserRequest, pk: int) -> HttpResponse:
    """Review, then close the account."""
    person = managed_person(request, pk)
    if request.method != "POST":
        return render(
            request, "accounts/person_deactivate.html", {"person": person, "back_url": person.get_absolute_url()}
        )
    return _do(request, person, actions.deactivate, _("The account is closed; its open sessions no longer work."))


@require_POST
def person_reactivate(request: UserRequest, pk: int) -> HttpResponse:
    person = managed_person(request, pk)
    return _do(request, person, actions.reactivate, _("The account is active again."))


@require_POST
def person_send_link(request: UserRequest, pk: int) -> HttpResponse:
    person = managed_person(request, pk)
    return _do(request, person, actions.send_link, _sent(person))


@require_POST
def person_share_link(request: UserRequest, pk: int) -> HttpResponse:
    person = managed_person(request, pk)
    with refusals_above(request):
        text, back = actions.share_link(person, by=request.user), (person.get_absolute_url(), person.name)
        lead = _("The link was mailed to %(email)s as well. It works once; this message is shown only now.")
        return shared_message(request, person.name, text, lead=lead % {"email": person.email}, back=back)
    return redirect(person)


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Django's language switch, which also stores the language for letters to the signed-in person."""
    chosen = request.POST.get("language")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return set_language(request)


def _do(request: HttpRequest, person: User, verb: Callable[..., None], text: str) -> HttpResponse:
    with refusals_above(request):
        verb(person, by=request.user)
        messages.success(request, text)
    return redirect(person)


def _sent(person: User) -> str:
    """The message after mailing a link; without a mail server it names the folder the letter was written to."""
    message = _("A link to set the password was mailed to %(email)s.") % {"email": person.email}
    if settings.MAIL_DELIVERY != _FILES:
        return message
    return f"{message} " + _("No mail server is configured: the mail lies in the folder %(folder)s.") % {
        "folder": settings.EMAIL_FILE_PATH
    }


@require_http_methods(["GET", "HEAD", "POST"])
def person_address(request: UserRequest, pk: int) -> HttpResponse:
    person = managed_person(request, pk)
    form = AddressForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form, "address"):
            change = address_changes.ask(person, **form.cleaned_data, by=request.user)
            message = _("A link was mailed to %(email)s. Until it is confirmed, the present address stays.")
            return done(request, message % {"email": change.address}, person)
    return render(request, "accounts/person_address.html", {"form": form, "person": person})


@require_POST
def person_address_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    person = managed_person(request, pk)
    with refusals_above(request):
        address_changes.withdraw(person, by=request.user)
        messages.success(request, _("The new address is withdrawn; its link no longer works."))
    return redirect(person)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def address_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET changes nothing, because mail programs open links on their own; the owner confirms by a button."""
    rows = AddressChange.objects.select_related("user")
    change = get_object_or_404(rows, digest=address_changes.digest_of(token))
    if not change.is_usable:
        status = 200 if change.confirmed_at else 410
        return render(request, "accounts/address_over.html", {"change": change}, status=status)
    if request.method == "POST":
        with refusals_above(request):
            address_changes.confirm(change)
            return redirect("address-confirm", token)
    return render(request, "accounts/address_confirm.html", {"change": change})
