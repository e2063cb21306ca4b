"""Pages for correcting a verified figure: one person proposes, another decides."""

from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_in
from regions import permissions
from regions.coverage.views import own_figure
from regions.models import Correction
from regions.permissions import RegionPermission
from regions.verification import corrections
from regions.verification.doubts import Doubt, doubts
from regions.verification.forms import CorrectionForm, DecisionForm


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
