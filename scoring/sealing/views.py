"""Pages for sealing and reopening a result: checks, request, confirmation, earlier seals."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from awards import permissions
from awards.gravity import Gravity
from awards.lookups import selection_seen
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_in
from paritrana.downloads import JSON, attached
from paritrana.queue.phases import Phase
from scoring.models import SealRequest
from scoring.sealing import actions, announcing, requests, seal_jobs
from scoring.sealing import review as sealing_review
from scoring.sealing.forms import AskSealForm, ReopenForm, SecondForm
from scoring.sealing.review import Review
from scoring.standings import views, visibility, winners


@require_safe
def checks(request: UserRequest, slug: str) -> HttpResponse:
    """What prevents the seal now and who can change that; whoever may request the seal does so here."""
    selection = selection_seen(request, slug, Permission.SEE_RANKING)
    visibility.require_shown(request.user, selection)
    try:
        review = None if selection.is_sealed else sealing_review.recent_review(selection)
    except ValueError as error:
        return views.refusal(request, selection, error)
    form = AskSealForm(review=review) if review else None
    return _before_the_seal(request, selection, review, form)


def _before_the_seal(
    request: UserRequest, selection: Selection, review: Review | None, form: AskSealForm | None, status: int = 200
) -> HttpResponse:
    granted = permissions.granted(request.user, selection)
    asked = requests.open_request(selection)
    reasons: Mapping[str, Any] = {}
    if asked:
        reasons = asked.overrides
    elif form and Permission.SEAL in granted:
        reasons = form.reasons
    context = {
        "selection": selection,
        "review": review,
        "form": form,
        "granted": granted,
        "may_seal": Permission.SEAL in granted,
        "asked": asked,
        "sealing": seal_jobs.now(asked),
        "may_second": Permission.SECOND_SEAL in granted,
        "may_withdraw": Permission.SEAL in granted,
    }
    context |= _listed(review, reasons) if review else {}
    return render(request, "scoring/sealing/checks.html", context, status=status)


def _listed(review: Review, reasons: Mapping[str, Any]) -> dict[str, Any]:
    """The checks by gravity, each with the reason it is passed over for: a field to type it in, or what was typed."""
    return {
        "blocking": [(one, reasons.get(one.code, "")) for one in review.blockers],
        "notes": [(one, "") for one in review.notes],
        "gravity": Gravity,
    }


@require_POST
def rubrics_lock(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.SEAL)
    actions.lock_rubrics(selection, by=request.user)
    return done(request, _("The rubrics are locked."), "checks", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def seal(request: UserRequest, slug: str) -> HttpResponse:
    """The first of two people requests the seal from the page of the checks."""
    selection = selection_seen(request, slug, Permission.SEAL)
    visibility.require_shown(request.user, selection)
    if request.method != "POST":
        return redirect("checks", slug)
    if requests.open_request(selection):
        messages.error(request, _("Somebody has asked already; the second person has to answer first."))
        return redirect("checks", slug)
    try:
        review = sealing_review.recent_review(selection, anew=True)
    except ValueError as error:
        return views.refusal(request, selection, error)
    form = AskSealForm(request.POST, review=review)
    if request.POST.get("seen") != review.fingerprint:
        return _before_the_seal(request, selection, review, form.to_look_again(), status=409)
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("decree_number", "decree_date", "seen")}
        with refusals_in(form):
            actions.ask_seal(selection, **data, confirmed=True, overrides=form.overrides(), by=request.user)
            return done(request, _("Asked. The result is sealed when a second person seconds it."), "checks", slug)
    return _before_the_seal(request, selection, review, form)


def _waiting(request: UserRequest, selection: Selection, asked: SealRequest) -> HttpResponse:
    if request.method == "POST":
        messages.error(request, _("Somebody has asked already; the second person has to answer first."))
    return render(request, "scoring/sealing/seal_waiting.html", {"selection": selection, "asked": asked})


@require_POST
def seal_withdraw(request: UserRequest, slug: str) -> HttpResponse:
    """Withdraw an open request."""
    selection = selection_seen(request, slug)
    asked = requests.open_request(selection)
    is_reopening = bool(asked and asked.kind == SealRequest.Kind.REOPEN) or selection.is_sealed
    permissions.require(request.user, Permission.REOPEN_RESULT if is_reopening else Permission.SEAL, selection)
    if asked:
        requests.withdraw(asked, by=request.user)
        messages.success(request, _("The request is withdrawn."))
    return redirect(selection)


@require_http_methods(["GET", "HEAD", "POST"])
def seal_second(request: UserRequest, slug: str) -> HttpResponse:
    """The second person sees exactly what the first one saw, and confirms it."""
    selection = selection_seen(request, slug, Permission.SECOND_SEAL)
    asked = requests.latest_request(selection)
    sealing = seal_jobs.now(asked)
    if sealing and (sealing.is_working or request.htmx):
        return _sealing(request, selection, sealing)
    if sealing and sealing.state == seal_jobs.SEALED and selection.is_sealed:
        return redirect("result", slug)
    failure = seal_jobs.failure(asked, sealing) if asked else ""
    if asked is None or asked.outcome:
        values = {"selection": selection, "failure": failure}
        return render(request, "scoring/sealing/second_nothing.html", values)
    visibility.require_shown(request.user, selection)
    form = SecondForm(request.POST or None, initial={"asked": asked.pk})
    if form.is_valid():
        return _seconded(request, selection, form.cleaned_data["asked"])
    context: dict[str, Any] = {"selection": selection, "asked": asked, "form": form, "failure": failure}
    refusal = requests.REFUSALS.get(requests.hindrance(asked, request.user), "")
    context |= {"refusal": refusal, "back_url": selection.get_absolute_url()}
    if asked.kind == SealRequest.Kind.REOPEN:
        return render(request, "scoring/sealing/second_reopening.html", context | {"seal": selection.seal})
    if asked.kind == SealRequest.Kind.ANNOUNCE:
        context["is_overtaken"] = not announcing.is_as_asked(selection, asked)
        context["rankings"] = winners.winners_of(selection.seal)
        return render(request, "scoring/sealing/second_announcing.html", context)
    try:
        review = sealing_review.recent_review(selection)
    except ValueError as error:
        return views.refusal(request, selection, error)
    context |= {"review": review, "is_overtaken": review.fingerprint != asked.fingerprint}
    context |= _listed(review, asked.overrides) | {"granted": permissions.granted(request.user, selection)}
    return render(request, "scoring/sealing/second_seal.html", context)


def _seconded(request: UserRequest, selection: Selection, pk: int) -> HttpResponse:
    asked = get_object_or_404(SealRequest, pk=pk, selection=selection)
    is_seal = asked.kind == SealRequest.Kind.SEAL
    try:
        if is_seal:
            seal_jobs.begin(asked, by=request.user)
        else:
            actions.second(asked, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect(selection)
    if is_seal:
        return redirect(_after_sealing(request, selection, seal_jobs.now(asked)))
    if asked.kind == SealRequest.Kind.REOPEN:
        messages.success(request, _("The result is open again; the selection is back in its plenary."))
        return redirect("checks", selection.slug)
    return done(request, _("The announcement is seconded."), "result", selection.slug)


def _sealing(request: UserRequest, selection: Selection, sealing: Phase) -> HttpResponse:
    """The progress; only the fragment for htmx, which is led on once it is over."""
    if not sealing.is_working:
        return HttpResponseClientRedirect(_after_sealing(request, selection, sealing))
    page = "scoring/sealing/_sealing.html" if request.htmx else "scoring/sealing/sealing.html"
    return render(request, page, {"selection": selection, "phase": sealing, "here_url": request.path})


def _after_sealing(request: UserRequest, selection: Selection, sealing: Phase | None) -> str:
    """To the result, or to the page that shows its progress or what went wrong."""
    if sealing is None or sealing.state != seal_jobs.SEALED:
        return reverse("seal-second", args=[selection.slug])
    messages.success(request, _("The result is sealed."))
    return reverse("result", args=[selection.slug])


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_result(request: UserRequest, slug: str) -> HttpResponse:
    """The first of two people requests to reopen a sealed result, with a reason."""
    selection = selection_seen(request, slug, Permission.REOPEN_RESULT)
    asked = requests.open_request(selection)
    if asked:
        return _waiting(request, selection, asked)
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.ask_reopening(selection, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Asked. The result is opened again when a second person seconds it."))
            return redirect("result", slug)
    context = {"selection": selection, "seal": selection.seal, "form": form}
    return render(request, "scoring/sealing/reopen.html", context | {"back_url": selection.get_absolute_url()})


@require_safe
def seals(request: UserRequest, slug: str) -> HttpResponse:
    """Every sealed result, also reopened ones, with digest and document."""
    selection = selection_seen(request, slug, Permission.SEE_SEALS)
    people = ("sealed_by", "seconded_by", "reopened_by", "reopen_seconded_by")
    rows = selection.seals.select_related(*people)
    return render(request, "scoring/sealing/seals.html", {"selection": selection, "seals": rows})


@require_safe
def numbered_seal(request: UserRequest, slug: str, number: int) -> HttpResponse:
    """One sealed document, byte for byte."""
    selection = selection_seen(request, slug, Permission.SEE_SEALS)
    found: Any = get_object_or_404(selection.seals, number=number)
    return attached(found.payload.encode(), f"penetapan-{slug}-{number}.json", JSON)
