"""The outbox: letters one may see, what became of each, and another attempt at those that were given up."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from awards.letters import outbox as actions
from awards.letters.filters import LetterFilter
from awards.models import Letter
from paritrana.accounts.permissions import may_manage_people, require_people
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_above

ROWS_A_PAGE = 50


@require_safe
def outbox(request: UserRequest) -> HttpResponse:
    visible = Letter.objects.visible_to(request.user).select_related("to", "selection__edition", "selection__province")
    narrowed = LetterFilter(request.GET, visible, user=request.user)
    page = Paginator(narrowed.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"filter": narrowed, "page": page, "is_empty": not page.object_list and not request.GET}
    context["may_retry"] = may_manage_people(request.user)
    return render(request, "awards/letters/outbox.html", context)


@require_POST
def letter_retry(request: UserRequest, pk: int) -> HttpResponse:
    require_people(request.user)
    letter = get_object_or_404(Letter, pk=pk)
    with refusals_above(request):
        actions.retry(letter, by=request.user)
        messages.success(request, _("The letter is sent once more."))
    return redirect("letters")
