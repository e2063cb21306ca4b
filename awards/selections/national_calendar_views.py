"""The page of the calendar of all provinces: its days, then the review of what they mean for each province."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from awards.editions.views import designed_edition
from awards.models import Edition
from awards.selections import national_calendar
from awards.selections.forms import NationalCalendarForm
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done

PAGE, REVIEW = "awards/selections/national_calendar.html", "awards/selections/national_calendar_review.html"


@require_http_methods(["GET", "HEAD", "POST"])
def edition_calendar(request: UserRequest, slug: str) -> HttpResponse:
    """First the days, then their review; only the review saves."""
    edition = designed_edition(request, slug)
    form = NationalCalendarForm(request.POST or None, edition=edition)
    if not form.is_valid() or "edit" in request.POST:
        return render(request, PAGE, {"edition": edition, "form": form})
    change = national_calendar.reviewed(edition, form.calendar(), form.cleaned_data["reason"])
    if "seen" not in request.POST:
        return _reviewed(request, edition, form, change)
    try:
        moved = national_calendar.set_national_calendar(
            edition,
            form.calendar(),
            seen=request.POST["seen"],
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except ValidationError as error:
        form.add_error("reason" if error.code == "reason" else None, error)
        return _reviewed(request, edition, form, change, 409 if error.code == "conflict" else 200)
    return done(request, " ".join([_("The calendar is saved."), *_followed(len(moved))]), edition)


def _followed(number: int) -> list[str]:
    words = ngettext("%(count)d province follows it.", "%(count)d provinces follow it.", number)
    return [words % {"count": number}] if number else []


def _reviewed(request: UserRequest, edition: Edition, form: Any, change: Any, status: int = 200) -> HttpResponse:
    context = {
        "edition": edition,
        "form": form,
        "seen": change.fingerprint,
        "asks_reason": change.asks_reason,
        "is_changed": national_calendar.calendar_of(edition) != change.days,
        "back_url": edition.get_absolute_url(),
        **national_calendar.places_by_kind(change.effects),
    }
    return render(request, REVIEW, context, status=status)
