"""Pages for practice candidates, and the report on the consistency of the jurors."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions
from awards.lookups import selection_seen
from awards.models import Criterion, Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_above, refusals_in
from paritrana.downloads import XLSX, attached
from regions.atlas import workbook
from scoring.assignments.criteria import criteria_in_force, named
from scoring.lookups import own_seat
from scoring.models import Calibration, Conflict, Panel, Seat
from scoring.plenary import actions
from scoring.plenary import consistency_text as words
from scoring.plenary.actions import cases
from scoring.plenary.consistency import CategoryConsistency, consistency_of
from scoring.plenary.forms import CalibrationForm, PracticeForm

ROWS_A_PAGE = 50
"""Candidates and unusual values of each category on a page; the workbook has all."""
READERS = frozenset({Permission.GUIDE_PANEL, Permission.SCORE, Permission.SEE_PROGRESS})


@require_http_methods(["GET", "HEAD", "POST"])
def calibration(request: UserRequest, slug: str) -> HttpResponse:
    """The practice candidates; all marks are shown once every juror has given theirs."""
    selection = selection_seen(request, slug)
    granted = permissions.granted(request.user, selection)
    if not granted & READERS:
        raise PermissionDenied
    if request.method == "POST":
        permissions.require(request.user, Permission.GUIDE_PANEL, selection)
    panel = Panel.objects.filter(selection=selection).first()
    criteria = criteria_in_force(selection, Criterion.Kind.MARK)
    form = CalibrationForm(request.POST or None, categories=list(criteria))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.set_calibration(
                selection, form.cleaned_data["category"], text=form.cleaned_data["text"], by=request.user
            )
            return done(request, _("The practice candidate is described."), "calibration", slug)
    seat = Seat.objects.of(request.user).filter(panel__selection=selection).first()
    context = {
        "selection": selection,
        "cases": cases(panel) if panel else [],
        "seat": seat if Permission.SCORE in granted else None,
        "form": form if Permission.GUIDE_PANEL in granted else None,
    }
    return render(request, "scoring/plenary/calibration.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """A juror's practice marks; they can be given once."""
    seat = own_seat(request, slug)
    selection = seat.panel.selection
    case = get_object_or_404(
        Calibration.objects.select_related("category", "panel__selection"), pk=pk, panel=seat.panel
    )
    permissions.require(request.user, Permission.SCORE, selection)
    criteria = criteria_in_force(selection, Criterion.Kind.MARK).get(case.category_id, [])
    form = PracticeForm(request.POST or None, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        with refusals_above(request):
            actions.give_practice(case, seat, form.cleaned_data, by=request.user)
            messages.success(request, _("Your practice marks are given. They count nowhere."))
        return redirect("calibration", slug)
    return render(request, "scoring/plenary/practice.html", {"selection": selection, "case": case, "form": form})


@require_safe
def report(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.SEE_AGREEMENT)
    found, left_out = _for(selection, request.user)
    longest = max((max(len(each.candidates), len(each.outliers)) for each in found), default=0)
    page = Paginator(range(longest), ROWS_A_PAGE).get_page(request.GET.get("page"))
    part = slice((page.number - 1) * ROWS_A_PAGE, page.number * ROWS_A_PAGE)
    found = [replace(each, candidates=each.candidates[part], outliers=each.outliers[part]) for each in found]
    _name(found)
    categories = [
        {
            "found": each,
            "refusal": words.REFUSALS.get(each.refused),
            "measures": words.measures(each),
            "lines": words.lines(each),
            "rooms": words.rooms_of(each),
            "picture": words.picture(each) if each.jurors else None,
        }
        for each in found
    ]
    context = {"selection": selection, "categories": categories, "left_out": left_out, "page": page}
    return render(request, "scoring/plenary/consistency.html", context)


@require_POST
def book(request: UserRequest, slug: str) -> HttpResponse:
    """The report as a workbook; the download is recorded in the trail."""
    selection = selection_seen(request, slug, Permission.SEE_AGREEMENT)
    found = _for(selection, request.user)[0]
    _name(found)
    lines = words.book_lines(found)
    made = workbook.table(
        _("Consistency"),
        _("Consistency of the jurors: %(name)s") % {"name": selection},
        list(map(str, words.HEAD)),
        lines,
    )
    with transaction.atomic():
        trail.record(request.user, "agreement.export", selection, bytes=len(made))
    return attached(made, f"keseragaman-{selection.slug}.xlsx", XLSX)


def _name(found: list[CategoryConsistency]) -> None:
    candidates = [one.nomination for each in found for one in each.candidates]
    named([*candidates, *(one.nomination for each in found for one in each.outliers)])


def _for(selection: Selection, user: User) -> tuple[list[CategoryConsistency], int]:
    """The report without candidates the reader has a conflict of interest with, and the number of those."""
    conflicts = Conflict.objects.filter(seat__panel__selection=selection, seat__appointment__user=user)
    kept_out = set(conflicts.values_list("nomination", flat=True))
    shown = [
        replace(
            each,
            candidates=[one for one in each.candidates if one.nomination.pk not in kept_out],
            outliers=[one for one in each.outliers if one.nomination.pk not in kept_out],
        )
        for each in consistency_of(selection)
    ]
    return shown, len(kept_out)
