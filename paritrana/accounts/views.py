"""Pages of the administrator about one account. The list and a person's own page are in ``awards/people``."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from paritrana.accounts import actions
from paritrana.accounts.forms import AccountForm, ProfileForm
from paritrana.accounts.models import User
from paritrana.accounts.permissions import require_people
from paritrana.accounts.requests import UserRequest

_FILES = "django.core.mail.backends.filebased.EmailBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def person_create(request: UserRequest) -> HttpResponse:
    require_people(request.user)
    form = AccountForm(request.POST or None)
    if form.is_valid():
        try:
            person = actions.open_account(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            return _do(request, person, actions.send_link, _sent(person))
    return render(request, "accounts/person_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: UserRequest, pk: int) -> HttpResponse:
    require_people(request.user)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = ProfileForm(request.POST or None, instance=person)
    if form.is_valid():
        actions.change_account(person, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(person)
    return render(request, "accounts/person_form.html", {"form": form, "person": person})


@require_http_methods(["GET", "HEAD", "POST"])
def person_deactivate(request: UserRequest, pk: int) -> HttpResponse:
    """Review, then close the account."""
    require_people(request.user)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if request.method != "POST":
        return render(
            request, "accounts/person_deactivate.html", {"person": person, "back_url": person.get_absolute_url()}
        )
    return _do(request, person, actions.deactivate, _("The account is closed; its open sessions no longer work."))


@require_POST
def person_reactivate(request: UserRequest, pk: int) -> HttpResponse:
    require_people(request.user)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    return _do(request, person, actions.reactivate, _("The account is active again."))


@require_POST
def person_send_link(request: UserRequest, pk: int) -> HttpResponse:
    require_people(request.user)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    return _do(request, person, actions.send_link, _sent(person))


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Django's language switch, which also stores the language for letters to the signed-in person."""
    chosen = request.POST.get("language")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return set_language(request)


def _do(request: HttpRequest, person: User, verb: Callable[..., None], done: str) -> HttpResponse:
    try:
        verb(person, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, done)
    return redirect(person)


def _sent(person: User) -> str:
    """The message after mailing a link; without a mail server it names the folder the letter was written to."""
    message = _("A link to set the password was mailed to %(email)s.") % {"email": person.email}
    if settings.EMAIL_BACKEND != _FILES:
        return message
    return f"{message} " + _("No mail server is configured: the mail lies in the folder %(folder)s.") % {
        "folder": settings.EMAIL_FILE_PATH
    }
