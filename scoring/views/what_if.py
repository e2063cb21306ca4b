"""What other weights would have done to a sealed result, for those who design the edition. Nothing is kept."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from awards import edition_permissions, permissions
from awards.models import Selection
from awards.models.rubrics import Awarding
from awards.stages import Permission
from scoring import results
from scoring.forms.what_if import WhatIfForm
from scoring.proof import what_if
from scoring.views.access import selection_seen
from scoring.views.firmness import ranked_basis


def _sealed(request: HttpRequest, slug: str) -> Selection:
    """Never before the seal: who is still to decide must not see what a decision would do."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEE_RESULT, selection)
    if not edition_permissions.may_design(request.user, selection.edition):
        raise PermissionDenied(_("Only who designs the edition tries other weights."))
    return selection


@require_safe
def what_if_start(request: HttpRequest, slug: str) -> HttpResponse:
    """The first title with somebody ranked."""
    selection = _sealed(request, slug)
    for ranking in results.sealed(selection.seal):
        if ranking.groups:
            return redirect("what-if", selection.slug, ranking.category_slug, ranking.slug)
    return render(request, "scoring/results/no_titles.html", {"selection": selection})


@require_safe
def what_if_page(request: HttpRequest, slug: str, category: str, title: str) -> HttpResponse:
    """The official places beside those under the weights of the query; the official weights where it has none."""
    selection = _sealed(request, slug)
    basis = ranked_basis(selection, f"{category}/{title}")
    criteria = basis.ranking.criteria
    asked = {name: value for name, value in request.GET.items() if name.startswith("bobot-")}
    form = WhatIfForm(asked or None, criteria=criteria)
    official = {each.slug: each.weight for each in criteria}
    weights = form.weights if asked and form.is_valid() else None if asked else official
    groups = what_if.suppose(basis, weights) if weights else []
    context = {
        "selection": selection,
        "ranking": basis.ranking,
        "titles": [
            each for each in results.sealed(selection.seal) if each.awarding != Awarding.SPECIAL and each.groups
        ],
        "form": form,
        "groups": groups,
        "moved": what_if.changes(groups),
        "first_moved": what_if.first_changes(groups),
        "is_official": weights == official,
    }
    return render(request, "scoring/proof/what_if.html", context)
