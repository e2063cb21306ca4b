"""'Ada masalah': a juror reports a problem with a sheet and reads the reply; secretary and chair answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions
from awards.lookups import selection_seen
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_in
from scoring.assignments.assignment import Assignment
from scoring.assignments.criteria import PAGE
from scoring.lookups import own_seat
from scoring.models import SheetProblem
from scoring.sheets import problems
from scoring.sheets.forms import ProblemForm, ReplyForm
from scoring.sheets.lock import nomination_to_score


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """The form, and everything this juror reported about the sheet with its replies."""
    seat = own_seat(request, slug)
    nomination = nomination_to_score(request, Assignment.of(seat), pk)
    if not nomination.is_declared:
        messages.info(request, _("First the juror declares whether there is a conflict of interest."))
        return redirect("declare", slug)
    form = ProblemForm(request.POST or None)
    if request.method == "POST":
        permissions.require(request.user, Permission.REPORT_PROBLEM, seat.panel.selection)
        if form.is_valid():
            with refusals_in(form):
                problems.report(seat, pk, text=form.cleaned_data["text"], by=request.user)
                messages.success(request, _("Reported. The reply will stand here and comes by letter."))
                return redirect("sheet-problem", slug, pk)
    reported = list(problems.about(seat, pk)[:PAGE])
    context = {"selection": seat.panel.selection, "nomination": nomination, "form": form, "reported": reported}
    may = permissions.may(request.user, Permission.REPORT_PROBLEM, seat.panel.selection)
    context["may_report"] = may and not any(each.answered_at is None for each in reported)
    return render(request, "scoring/sheets/problem.html", context)


@require_safe
def listed(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.ANSWER_PROBLEM)
    rows = SheetProblem.objects.of(selection).readable_by(request.user)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "scoring/sheets/problems.html", {"selection": selection, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    selection = selection_seen(request, slug)
    problem = get_object_or_404(SheetProblem.objects.of(selection).readable_by(request.user), pk=pk)
    permissions.require(request.user, Permission.ANSWER_PROBLEM, selection)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            problems.answer(problem, reply=form.cleaned_data["reply"], by=request.user)
            messages.success(request, _("Answered and closed; %(name)s gets a letter.") % {"name": problem.reported_by})
            return redirect("sheet-problems", slug)
    back_url = reverse("sheet-problems", args=[slug])
    context = {"selection": selection, "problem": problem, "form": form, "back_url": back_url}
    return render(request, "scoring/sheets/problem_answer.html", context)
