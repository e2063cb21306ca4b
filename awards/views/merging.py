"""Making one of two candidates: finding the other, looking at both, confirming."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards import duplicates
from awards.actions import candidates as actions
from awards.candidate_permissions import CandidatePermission, candidate_area, require_with
from awards.forms.candidates import FIELDS
from awards.models import Candidate, PastAward
from awards.querysets import CandidateQuerySet
from awards.views.candidates import visible_candidate

MERGE = CandidatePermission.MERGE
MOST_FOUND = 20


@require_safe
def candidate_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Which candidate this one really is: those alike, and what a search finds."""
    candidate = _own(request, pk)
    if candidate.merged_into_id:
        return redirect("candidate", candidate.merged_into_id)
    text = request.GET.get("q", "").strip()[:100]
    among = _mergeable(request, candidate)
    if text:
        found = list(among.called(text).select_related("region")[:MOST_FOUND])
    else:
        found = duplicates.similar(
            among, candidate.kind, name=candidate.name, region=candidate.region, but=candidate.pk
        )
    context = {"candidate": candidate, "text": text, "found": found}
    return render(request, "awards/candidates/merge_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def candidate_merge_into(request: HttpRequest, pk: int, into: int) -> HttpResponse:
    """The last look: which row stays, and what goes over to it."""
    candidate = _own(request, pk)
    target = get_object_or_404(_mergeable(request, candidate), pk=into)
    context = {
        "candidate": candidate,
        "into": target,
        "clashes": actions.clashes(candidate, target),
        "moved": {
            "nominations": candidate.nominations.count(),
            "contacts": candidate.contacts.count(),
            "past_awards": PastAward.objects.of(candidate).count(),
        },
        "back_url": candidate.get_absolute_url(),
    }
    if request.method == "POST":
        try:
            actions.merge(candidate, target, by=request.user)
        except ValidationError as error:
            return render(request, "awards/candidates/merge.html", context | {"refusal": error.messages[0]}, status=409)
        messages.success(request, _("Merged. The old address leads here from now on."))
        return redirect(target)
    return render(request, "awards/candidates/merge.html", context)


def _own(request: HttpRequest, pk: int) -> Candidate:
    candidate = visible_candidate(request, pk)
    require_with(request.user, MERGE, candidate)
    if candidate.kind not in FIELDS:
        raise PermissionDenied(_("A government is its region: its name and place are reference data."))
    return candidate


def _mergeable(request: HttpRequest, candidate: Candidate) -> CandidateQuerySet:
    """The others of its kind this person may merge as well."""
    area = candidate_area(request.user, MERGE)
    others = Candidate.objects.visible_to(request.user).current().exclude(pk=candidate.pk)
    return others.filter(kind=candidate.kind, region__in=area).select_related("region")
