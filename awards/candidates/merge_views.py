"""Pages to merge two candidates: finding the other, comparing both, confirming."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.candidates import actions, duplicates
from awards.candidates.forms import FIELDS, ContactForms
from awards.candidates.permissions import CandidatePermission, candidate_area, mergeable_by, require_with
from awards.candidates.views import ROWS_A_PAGE, visible_candidate
from awards.models import Candidate, PastAward
from awards.models.candidates import CandidateQuerySet
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done

MERGE = CandidatePermission.MERGE
MOST_FOUND = 20


@require_safe
def candidate_merge(request: UserRequest, pk: int) -> HttpResponse:
    """Similar candidates, and the results of a search."""
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
def candidate_merge_into(request: UserRequest, pk: int, into: int) -> HttpResponse:
    """The review: which row stays, and what moves to it."""
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
        return done(request, _("Merged. The old address leads here from now on."), target)
    return render(request, "awards/candidates/merge.html", context)


@require_safe
def candidate_numbers(request: UserRequest) -> HttpResponse:
    """Numbers several candidates have. Branches of two areas cannot see it of each other; this office settles it."""
    among = mergeable_by(request.user)
    if among is None:
        raise PermissionDenied(_("Committees settle whose a number is."))
    page = Paginator(duplicates.held_twice(among), ROWS_A_PAGE).get_page(request.GET.get("page"))
    held = Q(pk__in=[])
    for row in page.object_list:
        held |= Q(**{row["number"]: row["value"]})
    rows = list(among.filter(held).select_related("region__parent").order_by("region__code", "name", "pk"))
    for row in page.object_list:
        row["candidates"] = [one for one in rows if getattr(one, row["number"]) == row["value"]][:MOST_FOUND]
    return render(request, "awards/candidates/numbers.html", {"page": page})


def _own(request: UserRequest, pk: int) -> Candidate:
    candidate = visible_candidate(request, pk)
    require_with(request.user, MERGE, candidate)
    if candidate.kind not in FIELDS:
        raise PermissionDenied(_("A government is its region: its name and place are reference data."))
    return candidate


def _mergeable(request: UserRequest, candidate: Candidate) -> CandidateQuerySet:
    """The other candidates of its kind this person may also merge."""
    area = candidate_area(request.user, MERGE)
    others = Candidate.objects.visible_to(request.user).current().exclude(pk=candidate.pk)
    return others.filter(kind=candidate.kind, region__in=area).select_related("region")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def candidate_contacts(request: UserRequest, pk: int) -> HttpResponse:
    """Masked by default; unmasked in a form only after a POST, because reading them is recorded."""
    candidate = _own_contact(request, pk)
    if request.method != "POST":
        contacts = list(candidate.contacts.all())
        return render(request, "awards/candidates/contacts.html", {"candidate": candidate, "contacts": contacts})
    actions.read_contacts(candidate, by=request.user)
    return _page(request, candidate, ContactForms(queryset=candidate.contacts.all()), candidate.version)


@never_cache
@require_POST
def contacts_save(request: UserRequest, pk: int) -> HttpResponse:
    candidate = _own_contact(request, pk)
    forms = ContactForms(request.POST, queryset=candidate.contacts.all())
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
    if not forms.is_valid():
        return _page(request, candidate, forms, version, status=422)
    contacts = forms.save(commit=False)
    try:
        changed = actions.save_contacts(candidate, contacts, forms.deleted_objects, version=version, by=request.user)
    except ValidationError:
        candidate.refresh_from_db()
        return _page(request, candidate, forms, candidate.version, status=409, is_overtaken=True)
    messages.success(request, _("Contacts saved.") if changed else _("Nothing had changed, so nothing was written."))
    return redirect(candidate)


def _own_contact(request: UserRequest, pk: int) -> Candidate:
    candidate = visible_candidate(request, pk)
    require_with(request.user, CandidatePermission.EDIT, candidate)
    return candidate


def _page(
    request: UserRequest, candidate: Candidate, forms: object, version: int, status: int = 200, **more: bool
) -> HttpResponse:
    context = {"candidate": candidate, "forms": forms, "version": version, **more}
    return render(request, "awards/candidates/contacts.html", context, status=status)
