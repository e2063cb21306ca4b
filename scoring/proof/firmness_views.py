"""Pages on how firm a first place is, computed on request for one group, and on the effect of other weights."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from awards.editions import permissions as edition_permissions
from awards.lookups import selection_seen
from awards.models import Selection
from awards.models.rubrics import Awarding
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display import formats
from paritrana.display.numbers import HundredthsField
from scoring.models import Seat
from scoring.proof import firmness_text as words
from scoring.proof import what_if
from scoring.proof.basis import TitleBasis, basis_of
from scoring.proof.firmness import firmness
from scoring.ranking import WHOLE, robustness
from scoring.standings import rankings, views, visibility
from scoring.standings.rankings import Weighed


def ranked_basis(selection: Selection, path: str) -> TitleBasis:
    """The title with all its inputs; 404 for an unknown title and for special awards."""
    try:
        basis = basis_of(selection, path)
    except LookupError as error:
        raise Http404 from error
    if basis.ranking.path != path or basis.ranking.awarding == Awarding.SPECIAL:
        raise Http404
    return basis


@require_safe
def firmness_page(request: UserRequest, slug: str, category: str, title: str) -> HttpResponse:
    """``kelompok`` is the number of the group, from 1."""
    selection = selection_seen(request, slug, Permission.SEE_RANKING)
    if differs := views.refused(request, selection):
        return differs
    basis = ranked_basis(selection, f"{category}/{title}")
    if visibility.hidden_from(request.user, selection):
        ranking, known = basis.ranking, visibility.nominations_of(selection, basis.ranking.lines)
        keys = [visibility.key_of(ranking.category_slug, line, known) for line in ranking.lines]
        visibility.require_shown(request.user, selection, [key for key in keys if key])
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


def _names(request: UserRequest, selection: Selection) -> dict[int, str] | None:
    """The jurors by seat, for readers who may see them and have no conflict of interest in the selection."""
    if not visibility.may_name(request.user, selection) or visibility.keeps_out(request.user, selection):
        return None
    seats = Seat.objects.filter(panel__selection=selection).with_people()
    return visibility.names({seat.order: seat for seat in seats})


class WhatIfForm(forms.Form):
    def __init__(self, *args: Any, criteria: list[Weighed], **options: Any) -> None:
        super().__init__(*args, **options)
        self.boxes = {f"bobot-{each.slug}": each.slug for each in criteria}
        for name, each in zip(self.boxes, criteria, strict=True):
            self.fields[name] = HundredthsField(label=each.name, max_value=WHOLE, initial=each.weight)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        found = [cleaned[name] for name in self.boxes if cleaned.get(name) is not None]
        if len(found) == len(self.boxes) and sum(found) != WHOLE:
            values = {"sum": formats.percent(sum(found)), "rest": formats.signed(WHOLE - sum(found))}
            raise ValidationError(_("The weights add up to %(sum)s; %(rest)s is left.") % values, code="sum")
        return cleaned

    @property
    def weights(self) -> dict[str, int]:
        """Criterion -> basis points, once it is valid."""
        return {slug: self.cleaned_data[name] for name, slug in self.boxes.items()}


def why_not() -> str:
    return _(
        "Only who designs the edition tries other weights, and only over a sealed result: nobody who still decides"
        " should see which decision moves whom."
    )


def _sealed(request: UserRequest, slug: str) -> Selection:
    """Only after the seal: those who still decide must not see the effect of a decision."""
    selection = selection_seen(request, slug, Permission.SEE_RESULT)
    if not edition_permissions.may_design(request.user, selection.edition):
        raise PermissionDenied(why_not())
    return selection


@require_safe
def what_if_start(request: UserRequest, slug: str) -> HttpResponse:
    """Redirects to the first title with ranked candidates."""
    selection = _sealed(request, slug)
    for ranking in rankings.sealed(selection.seal):
        if ranking.groups:
            return redirect("what-if", selection.slug, ranking.category_slug, ranking.slug)
    return render(request, "scoring/results/no_titles.html", {"selection": selection})


@require_safe
def what_if_page(request: UserRequest, slug: str, category: str, title: str) -> HttpResponse:
    """The official places next to those under the weights of the query; the official weights by default."""
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
            each for each in rankings.sealed(selection.seal) if each.awarding != Awarding.SPECIAL and each.groups
        ],
        "form": form,
        "groups": groups,
        "moved": what_if.changes(groups),
        "first_moved": what_if.first_changes(groups),
        "is_official": weights == official,
    }
    return render(request, "scoring/proof/what_if.html", context)
