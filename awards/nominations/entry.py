"""Whether a candidate may enter a category: its legal scale, and the categories it has entered already."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards.legal_scale import LIMITS, Scale, ScaleBasis
from awards.models import Candidate, Category, Nomination, Selection
from awards.models.editions import CandidateKind
from awards.stages import GONE
from paritrana.display import formats


def require_scale(selection: Selection, category: Category, candidate: Candidate) -> None:
    """Raises ValidationError ``scale``, with the figures the legal scale follows from and what may be done about it."""
    if text := misfit(selection, category, candidate):
        raise ValidationError(text, code="scale")


def misfit(selection: Selection, category: Category, candidate: Candidate) -> str:
    """Why the legal scale of this candidate does not fit; empty where it does, or where its scale is not known."""
    if category.takes_scale(candidate.scale):
        return ""
    of_scale = [other for other in selection.categories.all() if candidate.scale in other.scales]
    fitting = [other.name for other in of_scale if candidate.kind in other.kinds]
    text = _(
        "%(candidate)s is of the scale %(scale)s: %(figures)s. %(category)s takes %(scales)s. If the figures are wrong,"
        " correct them."
    ) % {
        "candidate": candidate,
        "scale": candidate.get_scale_display(),
        "figures": figures_of(candidate),
        "category": category,
        "scales": category.scales_in_words,
    }
    if fitting:
        text += " " + _("This selection takes that scale in: %(categories)s.") % {"categories": ", ".join(fitting)}
    elif of_scale:
        kinds = sorted({str(CandidateKind(other.candidate_kind).label) for other in of_scale})
        text += " " + _("A candidate of that scale is entered as: %(kinds)s.") % {"kinds": ", ".join(kinds)}
    return text


def figures_of(candidate: Candidate) -> str:
    """ "yearly sales Rp 60.000.000.000, above Rp 50.000.000.000 (PP 7/2021 article 35)"."""
    basis, limits = ScaleBasis(candidate.scale_basis), LIMITS[candidate.scale_basis]
    below = [limit for limit, scale in limits if scale == candidate.scale]
    above = max((limit for limit, _scale in limits if (candidate.scale_amount or 0) > limit), default=None)
    if candidate.scale == Scale.LARGE or not below:
        bound = _("above Rp %(limit)s") % {"limit": formats.count(above)}
    else:
        bound = _("at most Rp %(limit)s") % {"limit": formats.count(below[0])}
    values = {"basis": basis.label, "amount": formats.count(candidate.scale_amount), "bound": bound}
    return _("%(basis)s Rp %(amount)s, %(bound)s (PP 7/2021 article 35)") % values


def doubled(nominations: Iterable[Nomination]) -> list[tuple[Nomination, list[Nomination]]]:
    """Each candidate among these that stands in categories excluding each other, once: one nomination, the others."""
    asked = list(nominations)
    found = rivals(asked)
    once: dict[int, tuple[Nomination, list[Nomination]]] = {}
    for one in asked:
        if one.pk in found:
            once.setdefault(one.candidate_id, (one, found[one.pk]))
    return list(once.values())


def rivals(nominations: Iterable[Nomination]) -> dict[int, list[Nomination]]:
    """For each of these (of one selection) the other nominations of its candidate that its category excludes."""
    asked = list(nominations)
    if not asked:
        return {}
    keys = {"selection": asked[0].selection_id, "candidate__in": {one.candidate_id for one in asked}}
    held = defaultdict(list)
    for other in Nomination.objects.filter(**keys).exclude(state__in=GONE).select_related("category", "candidate"):
        held[other.candidate_id].append(other)
    found = {
        one.pk: [
            other for other in held[one.candidate_id] if other.pk != one.pk and one.category.excludes(other.category)
        ]
        for one in asked
        if one.state not in GONE
    }
    return {pk: others for pk, others in found.items() if others}
