"""Pages of candidates: list and workbook, one candidate, creating and changing."""

from contextlib import suppress
from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import taxpayer_number
from awards.candidates import actions, duplicates, export, industries
from awards.candidates.forms import FIELDS, CandidateForm
from awards.candidates.permissions import CandidatePermission, candidate_area, may_with, require_with
from awards.candidates.record import record_of
from awards.legal_scale import scale_of
from awards.models import Candidate, Category, Nomination, Selection
from awards.models.editions import CandidateKind
from awards.permissions import granted_in
from awards.stages import Permission, Stage
from paritrana.accounts.models import AuditEvent, User
from paritrana.accounts.requests import UserRequest
from paritrana.display import formats
from paritrana.display.refusals import done
from paritrana.downloads import XLSX, attached
from regions.models import Region

ROWS_A_PAGE = 50
EDIT = CandidatePermission.EDIT


@require_safe
def candidate_list(request: UserRequest) -> HttpResponse:
    """Visible, unmerged candidates."""
    narrowing, rows = export.narrowed(request.user, request.GET)
    page = Paginator(rows.prefetch_related("contacts"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    export.count_nominations(page.object_list, request.user)
    context = {
        "filter": narrowing,
        "page": page,
        "is_empty": not page.object_list and not request.GET,
        "may_enter": candidate_area(request.user, EDIT).exists(),
        "export_url": f"{reverse('candidates-export')}?{request.GET.urlencode()}",
    }
    return render(request, "awards/candidates/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def candidates_export(request: UserRequest) -> HttpResponse:
    """The workbook of what the list shows with this filter, without contacts."""
    query = request.GET.urlencode()
    file = export.candidate_file(request.user, query)
    made = file.made
    if request.method == "POST" and "take" in request.POST and made:
        return attached(made.content, made.name, XLSX)
    if request.method == "POST":
        export.begin(query, by=request.user)
        return redirect(request.get_full_path())
    context: dict[str, Any] = {"phase": file.phase, "made": made, "here_url": request.get_full_path()}
    context["rows_read"] = _("Candidates read")
    if request.htmx:
        return render(request, "_made_file.html", context)
    _narrowing, rows = export.narrowed(request.user, request.GET)
    context |= {"count": rows.count(), "back_url": f"{reverse('candidates')}?{query}"}
    return render(request, "awards/candidates/export.html", context)


def visible_candidate(request: UserRequest, pk: int) -> Candidate:
    """The candidate; 404 when it does not exist or is not visible to this person."""
    return get_object_or_404(Candidate.objects.visible_to(request.user).select_related("region__parent"), pk=pk)


@require_safe
def candidate_page(request: UserRequest, pk: int) -> HttpResponse:
    candidate = visible_candidate(request, pk)
    if candidate.merged_into_id:
        return redirect("candidate", candidate.merged_into_id)
    seen = Nomination.objects.visible_to(request.user).filter(candidate=candidate)
    may_edit, is_typed = may_with(request.user, EDIT, candidate), candidate.kind in FIELDS
    context = {
        "candidate": candidate,
        "kbli_section": industries.section(candidate.kbli),
        "nominations": seen.with_context().order_by("-selection__edition__period_end", "category__order"),
        "contests": _contests_open_to(candidate, request.user) if may_edit and is_typed else [],
        "record": record_of(candidate, request.user),
        "contacts": list(candidate.contacts.all()),
        "history": _history(candidate),
        "may_edit": may_edit and is_typed,
        "may_read_contacts": may_edit,
        "may_settle": may_with(request.user, CandidatePermission.SETTLE, candidate),
        "may_merge": is_typed and may_with(request.user, CandidatePermission.MERGE, candidate),
        "merged": candidate.merged.order_by("merged_at"),
    }
    return render(request, "awards/candidates/page.html", context)


def _contests_open_to(candidate: Candidate, user: User) -> list[tuple[Category, Selection]]:
    """Where nominating is open to this person, in categories that take such a candidate and do not have it yet."""
    here = Selection.objects.filter(province__code=candidate.region.province_code, stage=Stage.NOMINATION)
    selections = here.visible_to(user).with_context().prefetch_related("categories")
    granted = granted_in(user, selections)
    taken = set(candidate.nominations.values_list("selection", "category"))
    return [
        (category, selection)
        for selection in selections
        if Permission.NOMINATE in granted[selection.pk]
        for category in selection.categories.all()
        if candidate.kind in category.kinds
        and category.takes_scale(candidate.scale)
        and (selection.pk, category.pk) not in taken
    ]


def _history(candidate: Candidate) -> list[dict[str, Any]]:
    events = AuditEvent.objects.of(candidate).select_related("actor")
    zone = candidate.region.time_zone
    return [
        {"when": formats.moment(event.at, zone), "who": event.actor or _("The system"), "text": event.verb_in_words}
        for event in events
    ]


@require_safe
def candidate_new(request: UserRequest) -> HttpResponse:
    """Choose the kind of candidate to create."""
    _require_entering(request)
    kinds = [(kind, CandidateKind(kind).label) for kind in FIELDS]
    return render(request, "awards/candidates/new.html", {"kinds": kinds})


def _require_entering(request: UserRequest) -> None:
    if not candidate_area(request.user, EDIT).exists():
        raise PermissionDenied(_("Candidates are entered by branch offices and committees."))


@require_http_methods(["GET", "HEAD", "POST"])
def candidate_create(request: UserRequest, kind: str) -> HttpResponse:
    """Create a candidate; a similar one is shown for confirmation first."""
    if kind not in FIELDS:
        raise Http404
    _require_entering(request)
    back = _nominating(request, kind)
    form = CandidateForm(request.POST or None, kind=kind, user=request.user, instance=Candidate(kind=kind))
    context = {"form": form, "kind": CandidateKind(kind), "back": back}
    if form.is_valid():
        similar = _similar(request, form)
        if similar and not form.cleaned_data["is_new"]:
            return render(request, "awards/candidates/form.html", context | {"similar": similar}, status=409)
        made = actions.create(kind, form.given(), by=request.user)
        messages.success(request, _("%(name)s was entered.") % {"name": made})
        return redirect(f"{back}?candidate={made.pk}" if back else made)
    status = 422 if form.is_bound else 200
    return render(request, "awards/candidates/form.html", context, status=status)


def _nominating(request: UserRequest, kind: str) -> str:
    """Where to return to when the person was nominating; only addresses of the portal."""
    slug, category = request.GET.get("selection", ""), request.GET.get("category", "")
    selection = Selection.objects.visible_to(request.user).filter(slug=slug).first()
    chosen = Category.objects.filter(selections=selection, slug=category).first() if selection else None
    if chosen and kind in chosen.kinds:
        return reverse("nominate", args=[slug, category])
    return ""


def _similar(request: UserRequest, form: CandidateForm) -> list[Candidate]:
    """Whom a person should look at before this is written; of a candidate that is changed, only for a new identity.

    Only those this person sees: that somebody unseen has the same number is told to the office that sees both.
    """
    given, known = form.given(), form.instance
    if known.pk and not form.changes_identity():
        return []
    seen = Candidate.objects.visible_to(request.user)
    numbers = {name: given.get(name, "") for name in ("nib", "npwp")}
    return duplicates.similar(seen, form.kind, name=given["name"], **numbers, region=given["region"], but=known.pk)


_HINTED = ("name", "npp", "nib", "npwp", "kbli", "scale_basis")


@require_POST
def candidate_hints(request: UserRequest, kind: str) -> HttpResponse:
    """Hints while the form is filled in: under the name those of a like name, under the numbers those that have one.

    It writes nothing, but an NPWP may be a NIK, which must not stand in an address.
    """
    if kind not in FIELDS:
        raise Http404
    _require_entering(request)
    asked = {name: request.POST.get(name, "").strip()[:200] for name in _HINTED}
    region, but = request.POST.get("region", ""), request.POST.get("but", "")
    form = CandidateForm({"scale_amount": request.POST.get("scale_amount", "")}, kind=kind, user=request.user)
    here = Region.objects.filter(pk=int(region)).first() if region.isdecimal() and len(region) < 10 else None
    asked["npp"] = asked["npp"].upper()
    with suppress(ValidationError):  # while it is half typed it is nobody's
        asked["npwp"] = taxpayer_number.read(asked["npwp"])
    found = duplicates.similar(
        Candidate.objects.visible_to(request.user),
        kind,
        name=asked["name"],
        npp=asked["npp"],
        nib=asked["nib"],
        npwp=asked["npwp"],
        region=here or form.province,
        but=int(but) if but.isdecimal() and len(but) < 10 else None,
    )
    form.is_valid()
    amount = form.cleaned_data.get("scale_amount")
    is_asked = "scale_basis" in form.fields and asked["scale_basis"] in ("modal", "penjualan")
    context = {
        "similar": [one for one in found if not duplicates.shares_number(one, asked)],
        "numbered": [one for one in found if duplicates.shares_number(one, asked)],
        "kbli_section": industries.section(asked["kbli"]) if "kbli" in form.fields else None,
        "scale": scale_of(asked["scale_basis"], amount) if is_asked and amount is not None else None,
    }
    return render(request, "awards/candidates/_hints.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def candidate_edit(request: UserRequest, pk: int) -> HttpResponse:
    candidate = visible_candidate(request, pk)
    require_with(request.user, EDIT, candidate)
    if candidate.merged_into_id:
        return redirect("candidate", candidate.merged_into_id)
    if candidate.kind not in FIELDS:
        raise PermissionDenied(_("A government is its region: its name and place are reference data."))
    form = CandidateForm(request.POST or None, kind=candidate.kind, user=request.user, instance=copy(candidate))
    context: dict[str, Any] = {"form": form, "candidate": candidate, "kind": CandidateKind(candidate.kind)}
    if form.is_valid():
        similar = _similar(request, form)
        if similar and not form.cleaned_data["is_new"]:
            return render(request, "awards/candidates/form.html", context | {"similar": similar}, status=409)
        try:
            changed = actions.change(candidate, form.given(), version=form.cleaned_data["version"], by=request.user)
        except ValidationError:
            return _overtaken(request, form, context)
        return done(request, _("Saved.") if changed else _("Nothing had changed, so nothing was written."), candidate)
    return render(request, "awards/candidates/form.html", context, status=422 if form.is_bound else 200)


def _overtaken(request: UserRequest, form: CandidateForm, context: dict[str, Any]) -> HttpResponse:
    """After a conflict: typed and saved values, on the present version."""
    present = Candidate.objects.get(pk=context["candidate"].pk)
    last = AuditEvent.objects.of(present).select_related("actor").last()
    context["conflict"] = {"rows": form.differences(present), "by": last.actor if last else ""}
    context["form"] = form.rebased(present)
    return render(request, "awards/candidates/form.html", context, status=409)
