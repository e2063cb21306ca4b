"""Pages of the provinces' proposals: arrived, late, taking over, exceptions."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions
from awards.lookups import selection_seen
from awards.models import Selection
from awards.models.selections import Level
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_in
from paritrana.downloads import XLSX, attached
from regions.atlas import workbook
from scoring.national import actions, proposals
from scoring.national.forms import ExceptionForm


def _national(request: UserRequest, slug: str, permission: Permission) -> Selection:
    """404 for a province's selection, 403 for people without permission."""
    selection = selection_seen(request, slug)
    if selection.level != Level.NATIONAL:
        raise Http404
    permissions.require(request.user, permission, selection)
    return selection


@require_safe
def overview(request: UserRequest, slug: str) -> HttpResponse:
    """By zone, province and category."""
    selection = _national(request, slug, Permission.SEE_PROPOSALS)
    zones = proposals.overview(selection)
    context = {
        "selection": selection,
        "zones": zones,
        "may_propose": Permission.PROPOSE in permissions.granted(request.user, selection),
        "arrived": sum(zone.arrived for zone in zones),
        "provinces": sum(len(zone.lines) for zone in zones),
        "late": sum(line.is_late for zone in zones for line in zone.lines),
    }
    return render(request, "scoring/national/overview.html", context)


@require_safe
def book(request: UserRequest, slug: str) -> HttpResponse:
    selection = _national(request, slug, Permission.SEE_PROPOSALS)
    head = [_("Zone"), _("Code"), _("Province"), _("Stage"), _("Deadline"), _("Category"), _("Candidate")]
    head += [_("State"), _("Exception"), _("Why nobody")]
    lines = proposals.book_lines(proposals.overview(selection))
    made = workbook.table(_("Proposals"), _("Proposals of the provinces: %(name)s") % {"name": selection}, head, lines)
    return attached(made, f"usulan-{selection.slug}.xlsx", XLSX)


@require_POST
def take_over(request: UserRequest, slug: str) -> HttpResponse:
    """Take over what every sealed province proposes and is still missing."""
    selection = _national(request, slug, Permission.PROPOSE)
    outcome = actions.take_over(selection, by=request.user)
    message = ngettext("%(count)d proposal taken over.", "%(count)d proposals taken over.", outcome.made)
    messages.success(request, message % {"count": outcome.made})
    for nomination, reason in outcome.refused:
        messages.warning(request, f"{nomination}: {reason}")
    return redirect("proposals", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def exception(request: UserRequest, slug: str) -> HttpResponse:
    """Propose a candidate of a sealed province outside its first places, with a reason."""
    selection = _national(request, slug, Permission.PROPOSE)
    form = ExceptionForm(request.POST or None, offered=proposals.exceptions(selection))
    if request.method == "POST" and form.is_valid():
        nomination, reason = form.cleaned_data["nomination"], form.cleaned_data["reason"]
        with refusals_in(form):
            actions.propose_exception(nomination, selection, reason=reason, by=request.user)
            messages.success(request, _("%(candidate)s is proposed by exception.") % {"candidate": nomination})
            return redirect("proposals", slug)
    context = {"selection": selection, "form": form, "back_url": reverse("proposals", args=[slug])}
    return render(request, "scoring/national/exception.html", context, status=422 if form.is_bound else 200)
