"""The moves of a nomination and its exceptions, each through its review page: what will be recorded, then the act."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards.criteria.completeness import Completeness, completeness
from awards.models import AnswerDraft, Nomination
from awards.nominations import calling, row_checks, transitions
from awards.nominations import exceptions as actions
from awards.nominations.answer_page import missing
from awards.nominations.detail import Dossier
from awards.nominations.eligibility import eligibility
from awards.nominations.forms import ExemptionForm, ReasonForm, ReturnNominationForm, SeenForm
from awards.nominations.return_sharing import share_return
from awards.nominations.transitions import MOVE_WORDS, NEEDS_FIGURES, remarkable
from awards.nominations.views import visible_nomination
from awards.permissions import require_on
from awards.stages import MOVES, REASON_NEEDED, NominationState, Permission
from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.display.form_fields import retyped
from paritrana.display.refusals import done, refusals_above
from paritrana.display.sharing import NO_LETTER, shared_message
from regions import permissions as coverage
from regions.verification.doubts import doubts

_PAGES = {"verify": "awards/nominations/verify.html"}
"""The moves that are reviewed on a page of their own."""


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_move(request: UserRequest, pk: int, verb: str) -> HttpResponse:
    """GET reviews, POST does. A refusal is shown on the nomination's page, a form error at its field."""
    nomination = visible_nomination(request, pk)
    _origins, _target, permission = MOVES[verb]
    require_on(request.user, permission, nomination)
    form = _form(verb, nomination, request)
    if request.method == "POST" and form.is_valid():
        with refusals_above(request):
            _move(verb, nomination, form, request)
            done = {"candidate": nomination, "state": nomination.get_state_display()}
            messages.success(request, _("%(candidate)s is now: %(state)s.") % done)
        return _onward(request, nomination)
    drafts = AnswerDraft.objects.filter(nomination=nomination, user=request.user)
    context = _context(verb, nomination, form, request.user) | {"has_draft": verb == "submit" and drafts.exists()}
    return render(request, _PAGES.get(verb, "awards/nominations/transition.html"), context)


def _onward(request: UserRequest, nomination: Nomination) -> HttpResponse:
    """Back to the nomination, or from the desk to the next one there; a refused one stays chosen."""
    after = request.POST.get("desk", "")
    if not after.isdecimal():
        return redirect(nomination)
    chosen = nomination.pk if nomination.state == NominationState.SENT else after
    return redirect(f"{reverse('nominations-desk', args=[nomination.selection.slug])}?nomination={chosen}")


@require_POST
def nomination_share_return(request: UserRequest, pk: int) -> HttpResponse:
    nomination = visible_nomination(request, pk)
    require_on(request.user, Permission.VERIFY, nomination)
    with refusals_above(request):
        text, back = share_return(nomination, by=request.user), (nomination.get_absolute_url(), str(nomination))
        name, selection = nomination.nominated_by.name, nomination.selection
        return shared_message(request, name, text, lead=NO_LETTER, back=back, selection=selection)
    return redirect(nomination)


def _form(verb: str, nomination: Nomination, request: HttpRequest) -> SeenForm:
    typed, initial = request.POST or None, {"version": nomination.version}
    if verb == "return":
        return ReturnNominationForm(typed, initial=initial, criteria=remarkable(nomination))
    asks = verb in REASON_NEEDED or calling.is_beyond(verb, nomination.selection, [nomination])
    return (ReasonForm if asks else SeenForm)(typed, initial=initial)


def _move(verb: str, nomination: Nomination, form: SeenForm, request: UserRequest) -> None:
    given: dict[str, Any] = {"version": form.cleaned_data["version"], "by": request.user}
    if isinstance(form, ReasonForm):
        given["reason"] = form.cleaned_data["reason"]
    if isinstance(form, ReturnNominationForm):
        given["remarks"] = form.remarks()
    if verb == "verify" and (picked := request.POST.getlist("row")):
        row_checks.tick(nomination, picked, by=request.user)
    transitions.move(verb, nomination, **given)


def _context(verb: str, nomination: Nomination, form: SeenForm, reader: User) -> dict[str, Any]:
    lacking = completeness([nomination])[nomination.pk]
    may_enter = coverage.may(reader, coverage.RegionPermission.ENTER, nomination.candidate.region)
    absent = missing(nomination, lacking, may_answer=verb == "submit", may_enter=may_enter)
    return _shown(verb, nomination, form, reader) | {
        "nomination": nomination,
        "selection": nomination.selection,
        "verb": verb,
        "act": MOVE_WORDS[verb],
        "target": MOVES[verb][1] or NominationState(nomination.left_from or nomination.state),
        "form": form,
        "lacking": lacking,
        "has_more_missing": any(one["kind"] != "unsent" for one in absent),
        "needs_figures": bool(verb in NEEDS_FIGURES and lacking.to_send),
        "send_url": _send_url(nomination, lacking) if may_enter else "",
        "missing": absent,
        "calls": calling.calls(verb, nomination.selection, [nomination]),
        "eligibility": eligibility([nomination])[nomination.pk],
        "back_url": nomination.get_absolute_url(),
    }


def _send_url(nomination: Nomination, lacking: Completeness) -> str:
    """The page where the first unsent figure is sent."""
    first = next(iter(lacking.to_send), None)
    return reverse("coverage-send", args=[nomination.candidate.region.code, first.year]) if first else ""


def _shown(verb: str, nomination: Nomination, form: SeenForm, reader: User) -> dict[str, Any]:
    """What the page shows for verifying, or for returning answer by answer; empty for other transitions."""
    if isinstance(form, ReturnNominationForm):
        known = {row.criterion: row for row in Dossier(nomination).rows()}
        return {"answers": [(known[criterion], field) for criterion, field in form.remark_fields()]}
    if verb != "verify":
        return {}
    dossier = Dossier(nomination)
    doubted = doubts(dossier.figures, reader=reader)
    listed = [(row, row_checks.name_of(row)) for row in row_checks.rows_of([nomination])[nomination.pk]]
    shown = {"dossier": dossier, "doubts": doubted, "listed": listed}
    return {**shown, "return_url": reverse("nomination-return", args=[nomination.pk])}


@require_http_methods(["GET", "HEAD", "POST"])
def exemptions(request: UserRequest, pk: int) -> HttpResponse:
    nomination = visible_nomination(request, pk, Permission.CLEAR)
    criteria = actions.exemptible(nomination)
    form = ExemptionForm(request.POST or None, criteria=criteria, initial={"version": nomination.version})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.exempt(nomination, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            status = 409 if error.code == "conflict" else 200
            form.data = retyped(form, version=visible_nomination(request, pk).version)
        else:
            return done(request, _("It is recorded that the criterion does not apply."), "exemptions", pk)
    context = {
        "nomination": nomination,
        "selection": nomination.selection,
        "given": nomination.exemptions.select_related("criterion", "recorded_by"),
        "form": form,
    }
    return render(request, "awards/nominations/exemptions.html", context, status=status)


@require_POST
def exemption_end(request: UserRequest, pk: int, exemption: int) -> HttpResponse:
    nomination = visible_nomination(request, pk, Permission.CLEAR)
    found = get_object_or_404(nomination.exemptions.select_related("criterion"), pk=exemption)
    found.nomination = nomination
    form = SeenForm(request.POST)
    with refusals_above(request):
        actions.end_exemption(found, version=form.cleaned_data["version"] if form.is_valid() else 0, by=request.user)
        messages.success(request, _("The criterion applies again."))
    return redirect("exemptions", pk)


Verb = Callable[..., None]


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_clear(request: UserRequest, pk: int) -> HttpResponse:
    return _review(request, pk, actions.clear_nomination, is_clearing=True)


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_revoke_clearing(request: UserRequest, pk: int) -> HttpResponse:
    return _review(request, pk, actions.revoke_clearing, is_clearing=False)


def _review(request: UserRequest, pk: int, verb: Verb, *, is_clearing: bool) -> HttpResponse:
    nomination = visible_nomination(request, pk, Permission.CLEAR)
    form = ReasonForm(request.POST or None, initial={"version": nomination.version})
    if request.method == "POST" and form.is_valid():
        with refusals_above(request):
            verb(nomination, by=request.user, **form.cleaned_data)
            messages.success(request, _("Cleared.") if is_clearing else _("The clearing has been taken back."))
        return redirect(nomination)
    context: dict[str, Any] = {
        "nomination": nomination,
        "selection": nomination.selection,
        "held": eligibility([nomination])[nomination.pk],
        "form": form,
        "is_clearing": is_clearing,
        "back_url": nomination.get_absolute_url(),
    }
    return render(request, "awards/nominations/clearance.html", context)
