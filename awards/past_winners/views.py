"""Winners of past periods with questions that the committees have to settle."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards.candidates.duplicates import similar
from awards.candidates.permissions import CandidatePermission, awards_to_settle, candidate_area, is_nationwide
from awards.models import Candidate, PastAward
from awards.names import read_name
from awards.past_winners.actions import settle as settle_award
from awards.past_winners.forms import SettleForm
from awards.past_winners.intake import WinnersIntake
from awards.past_winners.matching import Match, match
from awards.past_winners.writing import tell
from paritrana.accounts.requests import UserRequest
from paritrana.display.form_fields import retyped
from paritrana.display.refusals import done
from paritrana.intake import IntakeErrand

ROWS_A_PAGE = 50
MOST_ALIKE = 20


@require_safe
def questions(request: UserRequest) -> HttpResponse:
    """Published awards with open questions, of the provinces of a committee."""
    if not candidate_area(request.user, CandidatePermission.SETTLE).exists():
        raise PermissionDenied(_("Committees settle what is open about past winners."))
    rows = awards_to_settle(request.user).questionable().select_related("province", "region")
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    tell(page)
    context = {"page": page, "may_import": is_nationwide(request.user, CandidatePermission.SETTLE)}
    return render(request, "awards/past_winners/questions.html", context)


def errand(request: UserRequest) -> IntakeErrand:
    """Handing in a published list, of every province and the nation."""
    if not is_nationwide(request.user, CandidatePermission.SETTLE):
        raise PermissionDenied(_("Only the national committee hands in lists of winners."))
    back = reverse("past-questions"), _("Open questions about past winners")
    return IntakeErrand(WinnersIntake(), "past-list", back)


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: UserRequest, pk: int) -> HttpResponse:
    award = get_object_or_404(awards_to_settle(request.user).with_context(), pk=pk)
    form = SettleForm(
        request.POST or None,
        instance=award,
        candidates=_candidates(request, award),
        namesakes=_namesakes(request, award),
    )
    tell([award])
    context: dict[str, Any] = {"award": award, "form": form}
    if form.is_valid():
        version, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
        try:
            settle_award(award, form.given(), version=version, reason=reason, by=request.user)
        except ValidationError as error:
            award.refresh_from_db()
            form.data = retyped(form, version=str(award.version))
            form.add_error(None, error)
            return render(request, "awards/past_winners/settle.html", context, status=409)
        return done(request, _("Settled."), "past-questions")
    return render(
        request,
        "awards/past_winners/settle.html",
        context,
        status=422 if form.is_bound and not form.is_searching else 200,
    )


def _candidates(request: UserRequest, award: PastAward) -> QuerySet[Candidate]:
    """The possible winners, found by search: similar names first, then those in its province."""
    seen = Candidate.objects.visible_to(request.user).current()
    if not award.kind:
        return seen.filter(pk=award.candidate_id)
    here = award.region or award.province
    alike = similar(seen, award.kind, name=award.name, region=here)
    alike += list(seen.filter(kind=award.kind).called(read_name(award.name).bare)[:MOST_ALIKE])
    at_home = Q(region__code__startswith=here.province_code) if here else Q(pk__in=[])
    nearness = Case(When(pk__in=[one.pk for one in alike], then=0), When(at_home, then=1), default=2)
    rows = seen.filter(Q(kind=award.kind) | Q(pk=award.candidate_id)).select_related("region")
    return rows.order_by(nearness, "name", "pk")


def _namesakes(request: UserRequest, award: PastAward) -> list[PastAward]:
    """The awards of its period and name it may be the same as."""
    others = (
        awards_to_settle(request.user).current().exclude(pk=award.pk).filter(period=award.period, level=award.level)
    )
    known = others.select_related("province", "region")
    return [other for other in known if match(award, other) is not Match.OTHER]
