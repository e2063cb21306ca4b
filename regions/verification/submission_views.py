"""Sending, one region and year or a whole area, with every doubt answered first; and corrections afterwards."""

import re
from copy import copy

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_in
from regions import permissions, rules
from regions.coverage import series
from regions.coverage.views import own_figure, own_region, versions_seen
from regions.models import Correction, Coverage, Region
from regions.permissions import RegionPermission
from regions.verification import corrections, submission, transitions
from regions.verification.doubts import Doubt, doubts
from regions.verification.forms import CorrectionForm, DecisionForm, NotesForm

MOST_YEARS = 50


@require_http_methods(["GET", "HEAD", "POST"])
def coverage_send(request: UserRequest, code: str, year: int) -> HttpResponse:
    """The drafts and returned figures of a region and year with their doubts and the fields to justify them."""
    region = own_region(request, code, year)
    permissions.require(request.user, RegionPermission.ENTER, region)
    rows = Coverage.objects.filter(region=region, year=year).to_send().with_context()
    figures = list(rows.select_related("region__parent"))
    form = NotesForm(doubts(figures, reader=request.user), request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        if form.is_valid() and _sent(request, region, year, form):
            return redirect("coverage-edit", code, year)
        status = 422
    context = {"region": region, "year": year, "figures": figures, "form": form}
    return render(request, "regions/verification/send.html", context, status=status)


def _sent(request: UserRequest, region, year: int, form: NotesForm) -> bool:
    with refusals_in(form):
        sent = transitions.send(region, year, versions_seen(request), form.notes(), by=request.user)
        count = len(sent)
        message = ngettext("%(count)s figure sent for verification.", "%(count)s figures sent for verification.", count)
        messages.success(request, message % {"count": count})
        return True
    return False


@require_http_methods(["GET", "HEAD", "POST"])
def coverage_send_area(request: UserRequest) -> HttpResponse:
    """Everything of the own area that is not sent yet, by region and year; any of them may be left out."""
    area = permissions.area(request.user, RegionPermission.ENTER).order_by("code")
    if not area.exists():
        raise permissions.refused(RegionPermission.ENTER, request.user)
    years = _asked(request, area)
    parcels = submission.parcels(area, years, request.user, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if submission.are_ready(parcels) and _all_sent(request, parcels):
            return redirect("coverage")
        status = 422
    context = {
        "years": years,
        "parcels": parcels,
        "is_any_chosen": any(parcel.is_chosen for parcel in parcels),
        "left_out": submission.left_out(area, years, parcels),
        "back_url": reverse("coverage"),
        "unsaved": submission.unsaved(area, years, request.user),
    }
    return render(request, "regions/verification/send_area.html", context, status=status)


def _asked(request: UserRequest, area: QuerySet[Region]) -> list[int]:
    """The years asked for; without any, each that has something to send."""
    asked = request.POST.getlist("year") or request.GET.getlist("year")
    years = sorted({int(year) for year in asked[:MOST_YEARS] if re.fullmatch("[0-9]{4}", year)})
    return years or sorted(year for year, _figures in series.to_send(area)) or [rules.last_full_year()]


def _all_sent(request: UserRequest, parcels: list[submission.Parcel]) -> bool:
    try:
        sent = submission.send_all(parcels, by=request.user)
    except submission.SubmissionRefused:
        return False
    regions = len({figure.region_id for figure in sent})
    message = ngettext(
        "%(count)s figure sent for verification, regions: %(regions)s.",
        "%(count)s figures sent for verification, regions: %(regions)s.",
        len(sent),
    )
    messages.success(request, message % {"count": len(sent), "regions": regions})
    for parcel in parcels:
        if not parcel.is_chosen:
            left = {"region": parcel.region, "year": parcel.year}
            messages.info(request, _("%(region)s %(year)s was left out and is not sent.") % left)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def correction_propose(request: UserRequest, code: str, year: int, segment: str) -> HttpResponse:
    """Propose new values for a verified figure, with a reason."""
    figure = own_figure(request, code, year, segment)
    permissions.require(request.user, RegionPermission.CORRECT, figure.region)
    form = CorrectionForm(figure, request.POST or None)
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            correction = corrections.propose(figure, form.entry(), reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("The correction is proposed. Somebody at the office decides it."))
            return redirect("correction", correction.pk)
    waiting = Correction.objects.filter(coverage=figure).waiting().first()
    context = {"figure": figure, "form": form, "waiting": waiting}
    return render(
        request, "regions/verification/correction_propose.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def correction_decide(request: UserRequest, pk: int) -> HttpResponse:
    """Shows a correction with the figure it would replace; POST accepts or refuses it."""
    correction = get_object_or_404(Correction.objects.visible_to(request.user).with_context(), pk=pk)
    region = correction.coverage.region
    may_decide = permissions.may(request.user, RegionPermission.VERIFY, region)
    if request.method == "POST":
        permissions.require(request.user, RegionPermission.VERIFY, region)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _decided(request, correction, form):
        return redirect("correction", correction.pk)
    context = {
        "correction": correction,
        "figure": correction.coverage,
        "doubts": _doubts_after(correction, request) if correction.is_open else [],
        "form": form if may_decide and correction.is_open and correction.proposed_by_id != request.user.pk else None,
    }
    return render(request, "regions/verification/correction.html", context, status=422 if form.is_bound else 200)


def _decided(request: UserRequest, correction: Correction, form: DecisionForm) -> bool:
    accept = form.cleaned_data["decision"] == "accept"
    with refusals_in(form):
        corrections.decide(correction, accept=accept, answer=form.cleaned_data["answer"], by=request.user)
        messages.success(request, _("The figure is corrected.") if accept else _("The correction was refused."))
        return True
    return False


def _doubts_after(correction: Correction, request: UserRequest) -> list[Doubt]:
    """The doubts about the figure if the correction were accepted."""
    corrected = copy(correction.coverage)
    for name in ("workers", "participants", "definition_id", "source", "as_of"):
        setattr(corrected, name, getattr(correction, name))
    corrected.version = correction.version + 1
    return doubts([corrected], reader=request.user)
