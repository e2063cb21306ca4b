"""Winners of past periods: for everybody to browse, and for committees to settle what is still open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards.actions.history import settle as settle_award
from awards.candidate_permissions import CandidatePermission, awards_to_settle, candidate_area
from awards.duplicates import similar
from awards.forms.history import SettleForm, WinnersFilter
from awards.history.words import QUESTIONS
from awards.models import Candidate, PastAward

ROWS_A_PAGE = 50
MOST_OFFERED = 200


@login_not_required
@require_safe
def past_winners(request: HttpRequest) -> HttpResponse:
    """What was published, with its sources; nominees who won nothing are no winners."""
    winners = PastAward.objects.exclude(prize=PastAward.Prize.NOMINEE)
    narrowing = WinnersFilter(request.GET, winners)
    rows = narrowing.narrow(winners).select_related("province", "region")
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    _tell(page)
    context = {"filter": narrowing, "page": page, "is_empty": not winners.exists()}
    return render(request, "awards/history/winners.html", context)


def _tell(page: Iterable[PastAward]) -> None:
    """Give every award of a page its sources as links where they are addresses, and its questions in words."""
    for award in page:
        award.told_sources = [{"text": _host(source), "url": _address(source)} for source in award.sources]
        award.asked = [QUESTIONS[code] for code in award.questions if code in QUESTIONS]


def _address(source: str) -> str:
    """The web address a source begins with; empty for anything else, so that nothing else ever becomes a link."""
    first = source.split()[0] if source.split() else ""
    return first if first.startswith(("https://", "http://")) else ""


def _host(source: str) -> str:
    address = _address(source)
    return urlsplit(address).netloc.removeprefix("www.") + source[len(address) :] if address else source


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Published awards with something open, of the provinces a committee runs."""
    if not candidate_area(request.user, CandidatePermission.SETTLE).exists():
        raise PermissionDenied(_("Committees settle what is open about past winners."))
    rows = awards_to_settle(request.user).questionable().select_related("province", "region")
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    _tell(page)
    return render(request, "awards/history/questions.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    award = get_object_or_404(awards_to_settle(request.user).with_context(), pk=pk)
    form = SettleForm(request.POST or None, instance=award, candidates=_candidates(request, award))
    _tell([award])
    context: dict[str, Any] = {"award": award, "form": form}
    if form.is_valid():
        version, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
        try:
            settle_award(award, form.given(), version=version, reason=reason, by=request.user)
        except ValidationError as error:
            award.refresh_from_db()
            form.data = form.data.copy()
            form.data["version"] = str(award.version)
            form.add_error(None, error)
            return render(request, "awards/history/settle.html", context, status=409)
        messages.success(request, _("Settled."))
        return redirect("past-questions")
    return render(request, "awards/history/settle.html", context, status=422 if form.is_bound else 200)


def _candidates(request: HttpRequest, award: PastAward) -> list[Candidate]:
    """Whom it may have been: the chosen one, those with a name alike, then those of its kind in its province."""
    seen = Candidate.objects.visible_to(request.user).current()
    here = award.region or award.province
    found = similar(seen, award.kind, name=award.name, region=here) if award.kind else []
    at_home = Q(kind=award.kind, region__code__startswith=here.province_code) if here else Q(pk__in=[])
    rest = seen.filter(at_home | Q(pk=award.candidate_id)).select_related("region").order_by("name")
    return list(dict.fromkeys([*found, *rest[:MOST_OFFERED]]))
