"""Pages for changing an address: the administrator's form, and the page the mailed link opens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from paritrana.accounts import address_changes
from paritrana.accounts.forms import AddressForm
from paritrana.accounts.models import AddressChange
from paritrana.accounts.permissions import managed_person
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_above, refusals_in


@require_http_methods(["GET", "HEAD", "POST"])
def person_address(request: UserRequest, pk: int) -> HttpResponse:
    person = managed_person(request, pk)
    form = AddressForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form, "address"):
            change = address_changes.ask(person, **form.cleaned_data, by=request.user)
            message = _("A link was mailed to %(email)s. Until it is confirmed, the present address stays.")
            messages.success(request, message % {"email": change.address})
            return redirect(person)
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
