"""The page of an edition's English texts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.editions import english
from awards.editions.forms import EnglishForm
from awards.editions.views import designed_edition, refused
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done

PAGE = "awards/editions/english.html"


@require_http_methods(["GET", "HEAD", "POST"])
def edition_english(request: UserRequest, slug: str) -> HttpResponse:
    edition = designed_edition(request, slug)
    present = english.english_of(edition)
    form = EnglishForm(request.POST or None, terms=english.terms_of(edition), english=present)
    context: dict[str, Any] = {"edition": edition, "form": form}
    if request.method == "POST" and form.is_valid():
        typed = form.texts()
        try:
            english.set_english(edition, typed, seen=form.cleaned_data["seen"], by=request.user)
        except ValidationError as error:
            rows = [
                {"label": text, "mine": mine, "theirs": present.get(text, "")}
                for text, mine in typed.items()
                if mine != present.get(text, "")
            ]
            return refused(request, PAGE, form, error, context, rows)
        return done(request, _("Saved."), edition)
    return render(request, PAGE, context)
