"""The outbox: letters one may see, what became of each."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards.letters.filters import LetterFilter
from awards.models import Letter
from paritrana.accounts.requests import UserRequest

ROWS_A_PAGE = 50


@require_safe
def outbox(request: UserRequest) -> HttpResponse:
    visible = Letter.objects.visible_to(request.user).select_related("to", "selection__edition", "selection__province")
    narrowed = LetterFilter(request.GET, visible, user=request.user)
    page = Paginator(narrowed.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"filter": narrowed, "page": page, "is_empty": not page.object_list and not request.GET}
    return render(request, "awards/letters/outbox.html", context)
