"""The outbox: letters one may see, the state of each, and another attempt at those that were given up."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from awards.letters import outbox as actions
from awards.models import Letter, Selection
from awards.models.letters import LetterQuerySet
from paritrana.accounts.models import User
from paritrana.accounts.permissions import may_manage_people, require_people
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_above
from paritrana.display.sharing import shared_message


class LetterFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=Letter.State.choices,
        method="by_state",
        empty_label=gettext_lazy("All states"),
    )
    selection = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Selection"), queryset=Selection.objects.none(), empty_label=gettext_lazy("All selections")
    )

    class Meta:
        model = Letter
        fields = ("selection",)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["selection"].queryset = Selection.objects.visible_to(user).with_context()

    def by_state(self, letters: LetterQuerySet, name: str, value: str) -> LetterQuerySet:
        return letters.in_state(value)


ROWS_A_PAGE = 50


@require_safe
def outbox(request: UserRequest) -> HttpResponse:
    visible = Letter.objects.visible_to(request.user).select_related("to", "selection__edition", "selection__province")
    narrowed = LetterFilter(request.GET, visible, user=request.user)
    page = Paginator(narrowed.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"filter": narrowed, "page": page, "is_empty": not page.object_list and not request.GET}
    shareable = Letter.objects.shareable_by(request.user)
    context["shareable"] = set(shareable.filter(pk__in=[each.pk for each in page]).values_list("pk", flat=True))
    context["may_retry"] = may_manage_people(request.user)
    return render(request, "awards/letters/outbox.html", context)


@require_POST
def letter_share(request: UserRequest, pk: int) -> HttpResponse:
    """The text of a reminder or notice to copy, or to send by WhatsApp: the portal itself calls nobody."""
    letter = get_object_or_404(Letter.objects.shareable_by(request.user).select_related("to"), pk=pk)
    name = letter.to.name if letter.to else letter.addressee
    lead = _("You send this message yourself; the letter goes its own way.")
    text = actions.share(letter, by=request.user)
    return shared_message(request, name, text, lead=lead, back=(reverse("letters"), _("Letters")))


@require_POST
def letter_retry(request: UserRequest, pk: int) -> HttpResponse:
    require_people(request.user)
    letter = get_object_or_404(Letter, pk=pk)
    with refusals_above(request):
        actions.retry(letter, by=request.user)
        messages.success(request, _("The letter is sent once more."))
    return redirect("letters")
