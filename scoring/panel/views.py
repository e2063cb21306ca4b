"""The panel: decree, seats, recusals, and how far its jurors are."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions
from awards.nominations import stored_files
from awards.nominations.double_roles import double_roles
from awards.nominations.evidence_delivery import HEADERS, damage_explained
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display import formats
from paritrana.display.refusals import refusals_in
from scoring import edit_conflicts
from scoring.assignments import criteria
from scoring.assignments import progress as assignment_progress
from scoring.assignments.criteria import marked_nominations
from scoring.edit_conflicts import EditConflict
from scoring.lookups import selection_seen
from scoring.models import Conflict, Invitation, Panel, Seat
from scoring.panel import seats as actions
from scoring.panel.forms import DecreeDocumentForm, DecreeForm, SeatForm
from scoring.panel.seats import attach_decree, decree_stored

SEES_CONFLICTS = frozenset({Permission.MANAGE_PANEL, Permission.RECUSE, Permission.SEE_PROGRESS})


@require_safe
def panel(request: UserRequest, slug: str) -> HttpResponse:
    """Names for everybody who sees the selection; conflicts only for those who run or lead it."""
    selection = selection_seen(request, slug)
    granted = permissions.granted(request.user, selection)
    rows = Seat.objects.visible_to(request.user).with_people().filter(panel__selection=selection)
    seats = list(rows.select_related("replaces__appointment__user"))
    panel = Panel.objects.filter(selection=selection).first() or Panel()
    known = Conflict.objects.filter(seat__in=seats).select_related("seat__appointment__user", "nomination__candidate")
    context = {
        "selection": selection,
        "panel": panel,
        "invitations": _invitations(panel) if Permission.MANAGE_PANEL in granted else [],
        "seats": [seat for seat in seats if seat.appointment.ended_at is None],
        "ended": [seat for seat in seats if seat.appointment.ended_at is not None],
        "double_roles": double_roles(selection),
        "conflicts": known if granted & SEES_CONFLICTS else [],
        "may_manage": Permission.MANAGE_PANEL in granted,
        "may_recuse": Permission.RECUSE in granted,
        "may_see_map": bool(granted & SEES_CONFLICTS),
        "may_see_progress": Permission.SEE_PROGRESS in granted,
    }
    return render(request, "scoring/panel/panel.html", context)


def _invitations(panel: Panel) -> list[Invitation]:
    """Those not withdrawn, with whom they replace."""
    rows = Invitation.objects.filter(panel=panel if panel.pk else None, withdrawn_at=None)
    return list(rows.select_related("replaces__appointment__user"))


@require_http_methods(["GET", "HEAD", "POST"])
def decree(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.MANAGE_PANEL)
    current = Panel.objects.filter(selection=selection).first()
    form = DecreeForm(request.POST or None, instance=current, initial={"version": current.version if current else 0})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        rules = {name: typed[name] for name in actions.RULES}
        try:
            actions.set_decree(selection, version=typed["version"], by=request.user, **rules)
        except EditConflict as error:
            rows = edit_conflicts.differing(
                {name: form.fields[name].label for name in form._meta.fields or []}, typed, _decree_of(error.current)
            )
            return edit_conflicts.show(request, "scoring/panel/decree.html", form, error, rows, selection=selection)
        messages.success(request, _("The decree has been saved."))
        return redirect("panel", selection.slug)
    return render(request, "scoring/panel/decree.html", {"selection": selection, "form": form})


def _decree_of(panel: Panel) -> dict[str, Any]:
    return {name: getattr(panel, name) for name in DecreeForm.base_fields}


@require_http_methods(["GET", "HEAD", "POST"])
def seat_add(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.MANAGE_PANEL)
    form = SeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        terms = {name: form.cleaned_data[name] for name in ("role", "element", "is_observer")}
        with refusals_in(form):
            seat = actions.add_seat(selection, user=form.person, by=request.user, **terms)
            messages.success(request, _("%(name)s now has a seat in the panel.") % {"name": seat.user})
            return redirect("panel", selection.slug)
    return render(request, "scoring/panel/seat_form.html", {"selection": selection, "form": form})


@require_safe
def progress(request: UserRequest, slug: str) -> HttpResponse:
    """Juror by candidate, a page of these: states only. The number of queries does not grow with either."""
    selection = selection_seen(request, slug, Permission.SEE_PROGRESS)
    listed = marked_nominations(selection).visible_to(request.user)
    page = Paginator(listed, criteria.PAGE).get_page(request.GET.get("page"))
    nominations = list(page.object_list)
    seats = list(Seat.objects.sitting().visible_to(request.user).with_people().filter(panel__selection=selection))
    states = assignment_progress.progress_of_all(seats, listed)
    panel = Panel.objects.filter(selection=selection).first() or Panel()
    found = assignment_progress.strengths(seats, nominations, states, panel.quorum)
    rows = [(each, [(seat, states[seat.pk, each.pk]) for seat in seats], found[each.pk]) for each in nominations]
    tallies = assignment_progress.tallies(seats, states)
    texts = {key: f"{formats.count(of.handed_in)} / {formats.count(of.due)}" for key, of in tallies.items()}
    context = {"selection": selection, "seats": seats, "rows": rows, "page": page, "quorum": panel.quorum}
    context["totals"] = [(seat, texts[seat.pk]) for seat in seats]
    return render(request, "scoring/panel/progress.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decree_document(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.MANAGE_PANEL)
    form = DecreeDocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, "document"):
            attach_decree(selection, form.cleaned_data["document"], by=request.user)
            messages.success(request, _("The document of the decree is attached."))
            return redirect("panel", selection.slug)
    return render(request, "scoring/panel/decree_document.html", {"selection": selection, "form": form})


@require_safe
@damage_explained
def decree_file(request: UserRequest, slug: str) -> FileResponse:
    selection = selection_seen(request, slug)
    panel = Panel.objects.filter(selection=selection).exclude(decree_key="").first()
    if panel is None:
        raise Http404
    content = stored_files.opened(decree_stored(panel))
    kind = "application/pdf"
    return FileResponse(content, as_attachment=True, filename=panel.decree_file, content_type=kind, headers=HEADERS)
