"""What devices brought and the server did not write, as long as nothing settled it since."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination
from scoring.assignments.assignment import Assignment
from scoring.assignments.criteria import to_score
from scoring.models import Declaration, Delivery, ScoreSheet, Seat
from scoring.permissions import may_score
from scoring.sheets import entries

WORDS: dict[str, str | Promise] = {
    "closed": _("the panel no longer scored"),
    "handed-in": _("the sheet had been handed in"),
    "candidate-absent": _("nobody came to the interview"),
    "undeclared": _("the conflict of interest was not declared"),
    "out-of-range": _("a mark lies between 0 and 100"),
    "too-long": _("the comment was too long"),
}
"""Reason of a refusal -> what is said about it; others are only called refused."""


@dataclass(frozen=True)
class RefusedSheet:
    """``boxes`` are (name of the box, the field on the page, why it was not written)."""

    nomination: Nomination
    boxes: list[tuple[str | Promise, str, str | Promise]]
    opens: bool
    """Whether the reader may open the sheet."""


def outstanding(seat: Seat) -> QuerySet[Delivery]:
    """Not what the device brought again for the same box, nor what came before the sheet was handed in."""
    same = {name: OuterRef(name) for name in ("brought_by", "device", "nomination", "box")}
    later = Delivery.objects.filter(**same, sequence__gt=OuterRef("sequence")).order_by()
    reviewed = ScoreSheet.objects.filter(
        seat=OuterRef("seat"), nomination=OuterRef("nomination"), submitted_at__gt=OuterRef("brought_at")
    ).order_by()
    refused = Delivery.objects.filter(seat=seat, outcome__in=[Delivery.Outcome.CLASH, Delivery.Outcome.REFUSED])
    return refused.exclude(nomination=None).exclude(Exists(later)).exclude(Exists(reviewed)).order_by("pk")


def sheets(assignment: Assignment) -> list[RefusedSheet]:
    """The seat's sheets with refused entries, in the order of the list; a fixed number of queries."""
    seat = assignment.seat
    found: dict[int | None, dict[str, Delivery]] = {}
    for each in outstanding(seat):
        found.setdefault(each.nomination_id, {})[each.box] = each
    if not found:
        return []
    listed = to_score(seat, assignment.asked).filter(pk__in=found)
    declared = set(Declaration.objects.filter(seat=seat).order_by().values_list("nomination", flat=True))
    begun = set(ScoreSheet.objects.filter(seat=seat).order_by().values_list("nomination", flat=True))
    is_open = may_score(seat)
    return [
        RefusedSheet(
            each,
            [_described(assignment, each, refused) for refused in found[each.pk].values()],
            each.pk in declared and (is_open or each.pk in begun),
        )
        for each in listed
    ]


def _described(
    assignment: Assignment, nomination: Nomination, refused: Delivery
) -> tuple[str | Promise, str, str | Promise]:
    criterion = entries.boxes_of(assignment.asked[nomination.category_id]).get(refused.box)
    name = str(criterion) if criterion else _("Comment on the candidate as a whole")
    label = Delivery.Outcome(refused.outcome).label
    return name, f"id_{refused.box}", WORDS.get(refused.reason, label)
