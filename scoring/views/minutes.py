"""The minutes of an interview: written by the secretary, read by the panel, kept from who keeps out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards import permissions
from awards.models import Nomination, Selection
from awards.stages import Permission
from scoring.actions import interviews as actions
from scoring.actions.versions import Overtaken
from scoring.forms.interviews import MinutesForm
from scoring.judging import undeclared
from scoring.models import Conflict, Minutes, Seat
from scoring.views import overtaken
from scoring.views.access import selection_seen


def _readable(request: HttpRequest, selection: Selection, pk: int) -> Nomination:
    """Somebody of the panel reads after declaring and unless kept out; others who follow the progress read all."""
    listed = Nomination.objects.filter(selection=selection, interview__isnull=False).listed_for(request.user)
    nomination = get_object_or_404(listed.select_related("candidate", "category", "interview"), pk=pk)
    seat = Seat.objects.of(request.user).filter(panel__selection=selection).first()
    if seat is None:
        if Permission.RECORD_ATTENDANCE not in permissions.granted(request.user, selection):
            permissions.require(request.user, Permission.SEE_PROGRESS, selection)
    elif Conflict.objects.filter(seat=seat, nomination=nomination).exists() or undeclared(seat, [nomination]):
        raise Http404
    return nomination


@require_http_methods(["GET", "HEAD", "POST"])
def interview_minutes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    selection = selection_seen(request, slug)
    nomination = _readable(request, selection, pk)
    may_write = permissions.may(request.user, Permission.RECORD_ATTENDANCE, selection)
    if request.method == "POST":
        permissions.require(request.user, Permission.RECORD_ATTENDANCE, selection)
    current = Minutes.objects.filter(interview=nomination.interview).select_related("written_by").first()
    context: dict[str, Any] = {"selection": selection, "nomination": nomination, "minutes": current}
    if not may_write:
        return render(request, "scoring/interviews/minutes_read.html", context)
    start = {"version": current.version if current else 0, "text": current.text if current else ""}
    form = MinutesForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.write_minutes(nomination.interview, text=typed["text"], version=typed["version"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        except Overtaken as error:
            rows = overtaken.differing({"text": form.fields["text"].label}, typed, {"text": error.current.text})
            return overtaken.show(request, "scoring/interviews/minutes.html", form, error, rows, **context)
        else:
            messages.success(request, _("The minutes are saved."))
            return redirect("interviews", selection.slug)
    return render(request, "scoring/interviews/minutes.html", context | {"form": form})
