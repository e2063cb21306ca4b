"""The chair's dashboard, one candidate in it, and reminders to jurors with sheets due."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions
from awards.lookups import selection_seen
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.display.listing import beyond, listed
from paritrana.display.refusals import done, refusals_above, refusals_in
from paritrana.display.sharing import NO_LETTER, shared_message
from scoring import edit_conflicts
from scoring.assignments.criteria import PAGE, is_scoring, named
from scoring.assignments.progress import EXCLUDED
from scoring.edit_conflicts import EditConflict
from scoring.models import Conflict, Note, Panel, Seat
from scoring.plenary import actions, closing
from scoring.plenary.closing import missing_sheets
from scoring.plenary.dashboard import DashboardRow, Room, listed_for, room
from scoring.plenary.forms import ClosingForm, NoteForm, PanelReopeningForm
from scoring.plenary.late import late_jurors

NAMED_EACH = 20
"""Candidates named for each juror who owes sheets; the others are counted."""


@require_safe
def chair_room(request: UserRequest, slug: str) -> HttpResponse:
    """Exceptions of all candidates first, then the matrix by pages. While the panel scores it reloads itself every 15
    seconds as a fragment of the same address."""
    selection = selection_seen(request, slug, Permission.SEE_PROGRESS)
    granted = permissions.granted(request.user, selection)
    found = room(selection, request.user)
    is_live = is_scoring(selection) and found.panel.closed_at is None
    page = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
    named(row.nomination for row in [*page, *found.exceptions])
    context = {
        "selection": selection,
        "room": found,
        "page": page,
        "late": late_jurors(selection, found.sheets_due() if is_live else []),
        "is_live": is_live,
        "may_close": Permission.CLOSE_PANEL in granted,
        "may_guide": Permission.GUIDE_PANEL in granted,
        "may_reopen": Permission.REOPEN in granted,
        "may_see_agreement": Permission.SEE_AGREEMENT in granted,
        "may_see_ranking": Permission.SEE_RANKING in granted,
    }
    return render(
        request, "scoring/plenary/_matrix.html" if request.htmx else "scoring/plenary/dashboard.html", context
    )


@require_POST
def nudge(request: UserRequest, slug: str) -> HttpResponse:
    """Remind the juror of one ``seat``, or all jurors with sheets due; at most once a day each."""
    selection = selection_seen(request, slug, Permission.GUIDE_PANEL)
    seats = Seat.objects.counting().visible_to(request.user).with_people().filter(panel__selection=selection)
    if request.POST.get("seat", "").isdecimal():
        seats = seats.filter(pk=request.POST["seat"])
    with refusals_above(request):
        written = actions.nudge(selection, list(seats), by=request.user)
        message = ngettext("%(count)d juror gets a letter.", "%(count)d jurors get a letter.", len(written))
        if written:
            messages.success(request, message % {"count": len(written)})
        else:
            messages.info(request, _("Nobody owes a sheet who has not had a letter today."))
        return redirect("chair-room", slug)
    return redirect("chair-room", slug)


@require_POST
def share_nudge(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """The reminder of one juror, to copy or to open in WhatsApp."""
    selection = selection_seen(request, slug)
    seats = Seat.objects.sitting().visible_to(request.user).with_people().filter(panel__selection=selection)
    seat = get_object_or_404(seats, pk=pk)
    permissions.require(request.user, Permission.GUIDE_PANEL, selection)
    with refusals_above(request):
        text = actions.share_nudge(seat, by=request.user)
        back = reverse("chair-room", args=[slug]), _("Chair's room")
        return shared_message(request, seat.user.name, text, lead=NO_LETTER, back=back, selection=selection)
    return redirect("chair-room", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def chair_candidate(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """One candidate with visible marks, flags and the note; 404 for readers with a conflict of interest."""
    selection = selection_seen(request, slug, Permission.SEE_PROGRESS)
    found = room(selection, request.user, listed_for(selection, request.user).filter(pk=pk))
    row = found.row_of(pk)
    if row is None or row.is_hidden:
        raise Http404
    may_guide = permissions.may(request.user, Permission.GUIDE_PANEL, selection)
    versions = list(
        Note.objects.filter(nomination=row.nomination).select_related("written_by", "said_by__appointment__user")
    )
    context = {"selection": selection, "room": found, "row": row, "versions": versions, "may_guide": may_guide}
    context |= {"around": _around(selection, request.user, pk), "bound": found.bounds.get(row.nomination.category_id)}
    context["may_reopen"] = permissions.may(request.user, Permission.REOPEN, selection) and not found.panel.closed_at
    context["jurors"] = [(cell, list(zip(row.criteria, cell.marks, strict=False))) for cell in row.cells]
    context["spreads"] = list(zip(row.criteria, row.spreads, strict=False))
    if request.method == "POST":
        permissions.require(request.user, Permission.GUIDE_PANEL, selection)
        return _write(request, selection, row, context)
    latest = versions[0] if versions else None
    start = {"version": latest.version if latest else 0, "text": latest.text if latest else ""}
    start["said_by"] = latest.said_by_id if latest else None
    form = NoteForm(initial=start, seats=_speakers(found, row))
    return render(request, "scoring/plenary/candidate.html", context | {"form": form})


def _speakers(found: Room, row: DashboardRow) -> list[Seat]:
    """Members without a conflict of interest with this candidate."""
    return [cell.seat for cell in row.cells if cell.state not in EXCLUDED and not cell.seat.is_observer]


def _around(selection: Selection, reader: User, pk: int) -> dict[str, Any]:
    """Previous and next candidate this reader may open, and the position of this one."""
    out = Conflict.objects.filter(seat__panel__selection=selection, seat__appointment__user=reader)
    keys = list(listed_for(selection, reader).exclude(pk__in=out.values("nomination")).values_list("pk", flat=True))
    at = keys.index(pk)
    before, after = keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None
    return {"before": before, "after": after, "number": at + 1, "of": len(keys)}


def _write(request: UserRequest, selection: Selection, row: DashboardRow, context: dict[str, Any]) -> HttpResponse:
    form = NoteForm(request.POST, seats=_speakers(context["room"], row))
    if form.is_valid():
        try:
            with refusals_in(form, "text"):
                actions.write_note(row.nomination, by=request.user, **form.cleaned_data)
                return done(request, _("The note is saved."), "chair-candidate", selection.slug, row.nomination.pk)
        except EditConflict as error:
            theirs = {name: getattr(error.current, name) for name in ("text", "said_by")}
            rows = edit_conflicts.compared(form, theirs)
            return edit_conflicts.show(request, "scoring/plenary/candidate.html", form, error, rows, **context)
    return render(request, "scoring/plenary/candidate.html", context | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def panel_close(request: UserRequest, slug: str) -> HttpResponse:
    """Shows the sheets due by juror, and the candidates below the quorum."""
    selection = selection_seen(request, slug, Permission.CLOSE_PANEL)
    found = missing_sheets(selection)
    form = ClosingForm(request.POST or None, sheets=found.sheets)
    # Without anybody to give a reason for, the form has no field and a bare POST is the confirmation.
    form.is_bound = request.method == "POST"
    if form.is_valid():
        with refusals_above(request):
            absent = closing.close(selection, reasons=form.reasons(), by=request.user)
            messages.success(request, _("The panel is closed. Recorded as absent: %(count)d.") % {"count": len(absent)})
        return redirect("chair-room", slug)
    missing = [(seat, listed(due, NAMED_EACH), beyond(due, NAMED_EACH)) for seat, due in found.sheets.items()]
    named([each for _seat, due, _further in missing for each in due] + [each for each, _of in listed(found.below)])
    context = {
        "selection": selection,
        "form": form,
        "missing": missing,
        "below": found.below,
        "may_open_again": permissions.may(request.user, Permission.REOPEN, selection),
        "back_url": reverse("chair-room", args=[slug]),
    }
    return render(request, "scoring/plenary/close.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def panel_reopen(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.REOPEN)
    form = PanelReopeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_above(request):
            closing.reopen(selection, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("The panel scores again."))
        return redirect("chair-room", slug)
    panel = Panel.objects.filter(selection=selection).select_related("closed_by").first()
    context = {"selection": selection, "form": form, "panel": panel, "back_url": reverse("chair-room", args=[slug])}
    return render(request, "scoring/plenary/reopen.html", context)
