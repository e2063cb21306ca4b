"""Around a sheet: its history, the marks of the others when the rule opens them, a rubric as its jurors will see it."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions
from awards.editions.rubric_documents import present
from awards.editions.views import visible_category
from awards.lookups import selection_seen
from awards.models import Criterion, Nomination
from awards.nominations.evidence_delivery import delivered
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_above
from paritrana.uploads.delivery import damage_explained
from scoring.assignments.assignment import Assignment
from scoring.assignments.criteria import marked_criteria, marked_nominations
from scoring.assignments.progress import undeclared
from scoring.assignments.workload import Workload
from scoring.lookups import own_seat, typed_seat
from scoring.models import Panel, ScoreSheet, Seat
from scoring.panel.forms import ReopeningForm
from scoring.permissions import may_score, require_scoring
from scoring.sheets import actions, peers
from scoring.sheets import rubric_preview as sheet_rubric_preview
from scoring.sheets.forms import SheetForm
from scoring.sheets.history import history
from scoring.sheets.lock import nomination_to_score


@require_safe
def sheet_history(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """Every version of one's own marks and comments."""
    seat = typed_seat(request, slug)
    nomination = nomination_to_score(request, Assignment.of(seat), pk)
    sheet = ScoreSheet.objects.visible_to(request.user).filter(seat=seat, nomination=nomination).first()
    if sheet is None:
        raise Http404
    context = {
        "selection": seat.panel.selection,
        "nomination": nomination,
        "sheet": sheet,
        "opens_sheet": nomination.is_declared or may_score(seat),
        "history": history(sheet, marked_criteria(nomination)),
    }
    return render(request, "scoring/sheets/history.html", context)


@require_safe
def sheet_peers(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """The handed-in marks of the others, for the member only: not for an assistant."""
    seat = own_seat(request, slug)
    assignment = Assignment.of(seat)
    nomination = nomination_to_score(request, assignment, pk)
    if not peers.are_open(seat, Workload(assignment)) or undeclared(seat, [nomination]):
        raise PermissionDenied(_("The rule of this panel does not show the marks of others now."))
    criteria, others = peers.marks_of_others(seat, nomination)
    context = {"selection": seat.panel.selection, "nomination": nomination, "criteria": criteria, "others": others}
    return render(request, "scoring/sheets/peers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_reopen(request: UserRequest, slug: str, pk: int, nomination: int) -> HttpResponse:
    """The chair reopens a handed-in sheet, without seeing its marks."""
    selection = selection_seen(request, slug)
    seats = Seat.objects.visible_to(request.user).with_people()
    seat = get_object_or_404(seats, pk=pk, panel__selection=selection, appointment__ended_at=None)
    judged = get_object_or_404(marked_nominations(selection), pk=nomination)
    permissions.require(request.user, Permission.REOPEN, selection)
    if not Nomination.objects.visible_to(request.user).filter(pk=judged.pk).exists():
        raise Http404
    sheet = ScoreSheet.objects.filter(seat=seat, nomination=judged).first()
    if sheet is None:
        raise Http404
    form = ReopeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_above(request):
            actions.reopen(sheet, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("The sheet of %(name)s is open again.") % {"name": seat.user})
        return redirect("chair-candidate", selection.slug, nomination)
    if sheet.submitted_at is None:
        messages.info(request, _("This sheet is not handed in."))
        return redirect("chair-candidate", selection.slug, nomination)
    context = {
        "selection": selection,
        "seat": seat,
        "nomination": judged,
        "form": form,
        "peers_are_shown": seat.panel.visibility == Panel.Visibility.AFTER_OWN,
        "back_url": reverse("chair-candidate", args=[selection.slug, nomination]),
    }
    return render(request, "scoring/sheets/reopen.html", context)


@require_POST
@damage_explained
def sheet_evidence(request: UserRequest, slug: str, pk: int, evidence: int) -> FileResponse | HttpResponse:
    seat = typed_seat(request, slug)
    nomination = nomination_to_score(request, Assignment.of(seat), pk)
    wanted = get_object_or_404(nomination.evidence.current(), pk=evidence)
    if not ScoreSheet.objects.visible_to(request.user).filter(seat=seat, nomination=nomination).exists():
        require_scoring(seat)
    if not nomination.is_declared:
        return redirect("declare", slug)
    return delivered(wanted, by=request.user)


@require_safe
def rubric_preview(request: UserRequest, slug: str, category: str) -> HttpResponse:
    found = visible_category(request, slug, category)
    rubric = present(found) or get_object_or_404(found.rubrics)
    marked = sheet_rubric_preview.marked(rubric)
    context = {
        "edition": found.edition,
        "category": found,
        "rubric": rubric,
        "form": example_sheet(marked),
        "marked": marked,
        "previews": sheet_rubric_preview.previews(rubric),
    }
    return render(request, "scoring/sheets/rubric_preview.html", context)


def example_sheet(criteria: Iterable[Criterion]) -> SheetForm:
    """A juror's fields, disabled."""
    form = SheetForm(initial={"version": 0}, criteria=list(criteria))
    for field in form.fields.values():
        field.disabled = True
        if isinstance(field.widget, forms.TextInput):
            field.widget.attrs["placeholder"] = "–"
    return form
