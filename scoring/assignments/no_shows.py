"""Candidates marked absent: their recorded attendance level means that nobody came, so there is nothing to mark."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from awards.models import Criterion, Nomination, Rubric, Selection
from scoring.models import Interview


def levels(criteria: Iterable[Criterion]) -> frozenset[str]:
    """The codes of the levels of these criteria that mean absence."""
    asked = [criterion for criterion in criteria if criterion.kind == Criterion.Kind.ATTENDANCE]
    return frozenset(level["code"] for one in asked for level in one.rules["levels"] if level.get("absent"))


def among(selection: Selection | int) -> frozenset[int]:
    """The nominations of a selection nobody came for. One query, and one more where a rubric has a level that says so,
    which reads those interviews alone."""
    asked = defaultdict(list)
    in_force = Rubric.objects.in_force(selection).order_by()
    criteria = Criterion.objects.filter(kind=Criterion.Kind.ATTENDANCE, aspect__rubric__in=in_force).order_by()
    for criterion in criteria.select_related("aspect__rubric"):
        asked[criterion.aspect.rubric.category_id].append(criterion)
    codes = {category: levels(of) for category, of in asked.items()}
    every = frozenset().union(*codes.values())
    if not every:
        return frozenset()
    absent = Interview.objects.filter(nomination__selection=selection, attended__in=sorted(every)).order_by()
    rows = absent.values_list("nomination", "nomination__category", "attended")
    return frozenset(key for key, category, attended in rows if attended in codes.get(category, ()))


def message(nomination: Nomination) -> str:
    return _(
        "Nobody came to the interview of %(candidate)s, so nothing is marked. What was typed before is kept, does not "
        "count, and counts again once the attendance is corrected."
    ) % {"candidate": nomination}
