"""The offices and their working areas: read by everybody signed in, changed by whoever answers for them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paritrana.accounts.models import AuditEvent
from paritrana.accounts.requests import UserRequest
from paritrana.display.form_fields import retyped
from paritrana.display.refusals import done
from paritrana.intake import IntakeErrand
from regions import permissions
from regions.models import Branch, FormerArea, RegionalOffice
from regions.offices import actions, overview
from regions.offices.forms import AreaForm, CloseForm, OfficeForm, SplitForm
from regions.offices.intake import OfficeIntake
from regions.places import areas
from regions.places.areas import AnOffice

KINDS: dict[str, type[AnOffice]] = {"cabang": Branch, "wilayah": RegionalOffice}
FORM = ["GET", "HEAD", "POST"]


@require_safe
def office_list(request: UserRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:80]
    context = {
        "text": text,
        "groups": overview.groups(text),
        "missing": [] if text else overview.without_branch(),
        "may_add_branch": permissions.offices_with_branches(request.user).exists(),
        "may_add_office": _may_add(request, "wilayah"),
        "arranged": set(permissions.arranged_branches(request.user).values_list("pk", flat=True)),
    }
    return render(request, "regions/offices/list.html", context)


def errand(request: UserRequest) -> IntakeErrand:
    """Handing branches and their areas in; 403 for those who arrange none."""
    own = permissions.offices_with_branches(request.user).filter(closed_on=None)
    if not own.exists():
        raise PermissionDenied(_("This is done by another office than yours."))
    return IntakeErrand(OfficeIntake(lambda: own), "offices", (reverse("offices"), _("Offices")))


@require_safe
def office(request: UserRequest, kind: str, pk: int) -> HttpResponse:
    """One office, its area now and before, and who changed what."""
    shown = get_object_or_404(_model(kind), pk=pk)
    may_change = _arranged(request, kind).filter(pk=pk).exists()
    regions = list(areas.area_of(shown))
    held = areas.holders(regions, of_provinces=kind == "wilayah")
    former = FormerArea.objects.filter(**{_field(kind): shown}).select_related("region", "ended_by")
    events = AuditEvent.objects.of(shown).select_related("actor").order_by("-pk") if may_change else []
    context = {
        "office": shown,
        "is_branch": kind == "cabang",
        "rows": [(region, held[region.pk]) for region in regions],
        "former": former,
        "branches": shown.branches.open() if kind == "wilayah" else [],
        "may_change": may_change,
        "reads_figures": kind == "cabang" and Branch.objects.worked_by(request.user).filter(pk=pk).exists(),
        "events": overview.history(events),
    }
    return render(request, "regions/offices/office.html", context)


@require_http_methods(FORM)
def office_create(request: UserRequest, kind: str) -> HttpResponse:
    _model(kind)
    if not _may_add(request, kind):
        raise Http404
    form = OfficeForm(request.POST or None, kind=kind, user=request.user)
    if form.is_valid():
        add = actions.add_branch if kind == "cabang" else actions.add_regional_office
        made = _tried(form, lambda: add(**form.fields_typed(), by=request.user))
        if made is not None:
            return done(request, _("The office was added. Give it its working area."), "office-area", kind, made.pk)
    context = {"form": form, "kind": kind, "back": reverse("offices")}
    return render(request, "regions/offices/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(FORM)
def office_edit(request: UserRequest, kind: str, pk: int) -> HttpResponse:
    changed = _changeable(request, kind, pk)

    def made(data: Any = None) -> OfficeForm:
        return OfficeForm(data, kind=kind, user=request.user, office=changed)

    form = made(request.POST or None)
    context: dict[str, Any] = {"form": form, "kind": kind, "office": changed, "back": changed.address}
    if form.is_valid():
        if form.is_overtaken:
            context["conflict"] = {"rows": form.differences()}
            context["form"] = _rebased(form, made)
            return render(request, "regions/offices/form.html", context, status=409)
        if _tried(form, lambda: [actions.change(changed, form.fields_typed(), by=request.user)]):
            return _saved(request, changed)
    return render(request, "regions/offices/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(FORM)
def office_area(request: UserRequest, kind: str, pk: int) -> HttpResponse:
    """Tick the regions of the working area; searching keeps what is ticked."""
    changed = _changeable(request, kind, pk)
    present = {region.code for region in areas.area_of(changed)}

    def made(data: Any = None) -> AreaForm:
        return AreaForm(data, office=changed, choices=areas.choices_for(changed), ticked=present)

    def save(form: AreaForm) -> AnOffice:
        typed = {name: form.cleaned_data[name] for name in ("since", "source", "proves")}
        actions.set_area(changed, form.picked, **typed, by=request.user)
        return changed

    return _ticked(request, changed, "regions/offices/area.html", made, save)


@require_http_methods(FORM)
def office_split(request: UserRequest, kind: str, pk: int) -> HttpResponse:
    """A new office takes some regions over."""
    changed = _changeable(request, kind, pk)

    def save(form: SplitForm) -> AnOffice:
        typed = {name: form.cleaned_data[name] for name in ("name", "since", "source")}
        return actions.split(changed, regions=form.picked, **typed, by=request.user)

    def made(data: Any = None) -> SplitForm:
        return SplitForm(data, office=changed)

    return _ticked(request, changed, "regions/offices/split.html", made, save)


def _ticked(request: UserRequest, changed: AnOffice, page: str, made: Callable, save: Callable) -> HttpResponse:
    form = made(request.POST) if request.method == "POST" else made()
    context: dict[str, Any] = {"office": changed, "is_branch": isinstance(changed, Branch), "form": form}
    if not {"find", "whole"}.isdisjoint(request.POST):
        form.look_again()
    if not form.is_bound:
        return render(request, page, context)
    if not form.is_valid():
        return render(request, page, context, status=422)
    if form.is_overtaken:
        rows = [{"label": _("Working area"), "mine": _names(form.picked), "theirs": _names(areas.area_of(changed))}]
        context |= {"conflict": {"rows": rows}, "form": _rebased(form, made)}
        return render(request, page, context, status=409)
    saved = _tried(form, lambda: save(form))
    return _saved(request, saved) if saved else render(request, page, context, status=422)


def _names(regions: Any) -> str:
    return ", ".join(region.name for region in regions)


@require_http_methods(FORM)
def office_close(request: UserRequest, kind: str, pk: int) -> HttpResponse:
    changed = _changeable(request, kind, pk)
    form = CloseForm(request.POST or None, office=changed)
    if form.is_valid():
        typed = form.cleaned_data
        if _tried(form, lambda: [actions.close(changed, **typed, by=request.user)]):
            return _saved(request, changed)
    people = changed.postings.filter(ended_at=None).select_related("user")
    context = {"office": changed, "form": form, "rows": areas.area_of(changed), "people": people}
    return render(request, "regions/offices/close.html", context, status=422 if form.is_bound else 200)


@require_POST
def office_reopen(request: UserRequest, kind: str, pk: int) -> HttpResponse:
    changed = _changeable(request, kind, pk)
    try:
        actions.reopen(changed, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(changed.address)
    return _saved(request, changed)


def _tried(form: Any, verb: Callable[[], Any]) -> Any:
    """What the verb answers; None where it refused, and the form says why."""
    try:
        return verb()
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _rebased(form: Any, made: Callable) -> Any:
    """The same typing on what is saved now."""
    return made(retyped(form, seen=made().initial["seen"]))


def _saved(request: UserRequest, changed: AnOffice) -> HttpResponse:
    return done(request, _("Saved."), changed.address)


def _field(kind: str) -> str:
    return "branch" if kind == "cabang" else "regional_office"


def _model(kind: str) -> Any:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _arranged(request: UserRequest, kind: str) -> Any:
    _model(kind)
    if kind == "cabang":
        return permissions.arranged_branches(request.user)
    return permissions.arranged_regional_offices(request.user)


def _changeable(request: UserRequest, kind: str, pk: int) -> AnOffice:
    """404 for what is absent and what this person does not look after alike."""
    found: AnOffice = get_object_or_404(_arranged(request, kind), pk=pk)
    return found


def _may_add(request: UserRequest, kind: str) -> bool:
    if kind == "cabang":
        return bool(permissions.offices_with_branches(request.user).exists())
    return permissions.may_add_regional_offices(request.user)
