"""The whole timetable: planning, reordering, shifting, publishing, checking the draw."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions
from awards.lookups import selection_seen
from awards.models import Nomination, Selection
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_above, refusals_in
from scoring.interviews import scheduling as actions
from scoring.interviews import slots
from scoring.interviews.clashes import refuse_clashes, slot_of
from scoring.interviews.forms import ReorderForm, ShiftForm, TimetableForm
from scoring.interviews.published_days import within_days
from scoring.models import Draw, Panel


def _to_schedule(request: UserRequest, slug: str) -> Selection:
    return selection_seen(request, slug, Permission.SCHEDULE)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: UserRequest, slug: str) -> HttpResponse:
    """Type, preview, save: ``then=save`` writes what was previewed, anything else previews."""
    selection = _to_schedule(request, slug)
    start = {"seen": actions.fingerprint(selection)}
    length = slot_of(selection)
    form = TimetableForm(request.POST or None, initial=start, selection=selection, length=length)
    context: dict[str, Any] = {"selection": selection, "form": form, "minutes": int(length.total_seconds() // 60)}
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("then") == "save":
                return _planned(request, selection, form)
            context["planned"] = actions.proposed(selection, form.slots(), form.cleaned_data["seed"])
            if not context["planned"]:
                form.add_error(None, _("Nobody is left to schedule: the interviews on the list have taken place."))
            refuse_clashes(selection, context["planned"])
            within_days(selection, [each.starts_at for each in context["planned"]], form.cleaned_data["off_calendar"])
        except ValidationError as error:
            form.refuse(error)
    return render(request, "scoring/interviews/plan.html", context)


def _planned(request: UserRequest, selection: Selection, form: TimetableForm) -> HttpResponse:
    typed = form.cleaned_data
    data = {name: typed[name] for name in ("seed", "seed_source", "seen", "off_calendar")}
    draw = actions.plan(selection, form.slots(), by=request.user, **data)
    messages.success(request, _("The interviews are scheduled."))
    return redirect("interview-draws" if draw else "interviews", selection.slug)


@require_POST
def reorder(request: UserRequest, slug: str) -> HttpResponse:
    selection = _to_schedule(request, slug)
    form = ReorderForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say which interview goes where."))
        return redirect("interviews", selection.slug)
    typed = form.cleaned_data
    listed = Nomination.objects.filter(selection=selection).listed_for(request.user)
    nomination = get_object_or_404(listed, pk=typed["nomination"])
    with refusals_above(request):
        actions.reorder(selection, nomination, to=typed["to"], seen=typed["seen"], by=request.user)
        messages.success(request, _("%(candidate)s has another slot now.") % {"candidate": nomination})
    return redirect("interviews", selection.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def shift(request: UserRequest, slug: str) -> HttpResponse:
    """Shift an interview and those after it on that day; ``?mulai=`` preselects it."""
    selection = _to_schedule(request, slug)
    movable = [each for each in actions.scheduled(selection) if each.attendance_at is None]
    start = {"seen": actions.fingerprint(selection), "first": request.GET.get("mulai", "")}
    form = ShiftForm(request.POST or None, initial=start, interviews=movable, selection=selection)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("minutes", "every_room", "reason", "seen")}
        with refusals_in(form):
            number = actions.shift(form.chosen(), by=request.user, **data)
            text = ngettext("%(number)d interview was shifted.", "%(number)d interviews were shifted.", number)
            return done(request, text % {"number": number}, "interviews", selection.slug)
    return render(request, "scoring/interviews/shift.html", {"selection": selection, "form": form})


@require_POST
def publish(request: UserRequest, slug: str) -> HttpResponse:
    selection = _to_schedule(request, slug)
    is_public = request.POST.get("public") == "1"
    actions.publish(selection, by=request.user, is_public=is_public)
    message = _("Times and rooms are public now, without names.") if is_public else _("Times and rooms are withdrawn.")
    return done(request, message, "interviews", selection.slug)


@require_safe
def draws(request: UserRequest, slug: str) -> HttpResponse:
    """Every draw with its seed, keys and digests, so that it can be repeated by hand."""
    selection = selection_seen(request, slug)
    granted = permissions.granted(request.user, selection)
    if not granted & {Permission.SCHEDULE, Permission.SEE_PROGRESS}:
        permissions.require(request.user, Permission.SCORE, selection)
    panel = Panel.objects.filter(selection=selection).first()
    rows = Draw.objects.filter(panel=panel).select_related("drawn_by") if panel else []
    shown = [(draw, [(key, slots.digest(draw.seed, key)) for key in draw.keys]) for draw in rows]
    return render(request, "scoring/interviews/draws.html", {"selection": selection, "draws": shown})
