"""How firm a first place is: one group of one title at a time, computed when asked."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards import permissions
from awards.models import Selection
from awards.models.rubrics import Awarding
from awards.stages import Permission
from scoring import robustness
from scoring.models import Seat
from scoring.proof import firmness_words as words
from scoring.proof import readers
from scoring.proof.basis import Basis, basis_of
from scoring.proof.firmness import firmness
from scoring.views import differing
from scoring.views.access import selection_seen


def ranked_basis(selection: Selection, path: str) -> Basis:
    """The title with all its inputs; 404 without one, and for what is given outside a ranking."""
    try:
        basis = basis_of(selection, path)
    except LookupError as error:
        raise Http404 from error
    if basis.ranking.path != path or basis.ranking.awarding == Awarding.SPECIAL:
        raise Http404
    return basis


@require_safe
def firmness_page(request: HttpRequest, slug: str, category: str, title: str) -> HttpResponse:
    """``kelompok`` is the number of the group, from 1."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEE_RANKING, selection)
    if differs := differing.refused(request, selection):
        return differs
    basis = ranked_basis(selection, f"{category}/{title}")
    groups = basis.ranking.groups
    asked = request.GET.get("kelompok", "1")
    number = int(asked) if asked.isdecimal() and 1 <= int(asked) <= len(groups) else 1
    found = firmness(basis, groups[number - 1]) if groups else None
    names = _names(request, selection)
    context = {
        "selection": selection,
        "ranking": basis.ranking,
        "groups": list(enumerate(groups, start=1)),
        "number": number,
        "group": groups[number - 1] if groups else None,
        "found": found,
        "draws": robustness.DRAWS,
        "seed": robustness.SEED,
    }
    if found:
        context["measures"] = words.measures(basis, found, names)
        context["picture"] = words.picture(found)
        context["left_out"] = words.left_out(found, names) if names is not None else []
    return render(request, "scoring/proof/firmness.html", context)


def _names(request: HttpRequest, selection: Selection) -> dict[int, str] | None:
    """The jurors by seat, for who may know whose marks they are and keeps out of no candidate."""
    if not readers.may_name(request.user, selection) or readers.keeps_out(request.user, selection):
        return None
    seats = Seat.objects.filter(panel__selection=selection).with_people()
    return readers.names({seat.order: seat for seat in seats})
