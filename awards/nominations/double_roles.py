"""Panel members who also work at an office of BPJS Ketenagakerjaan, which nominates candidates."""

from collections import defaultdict
from dataclasses import dataclass

from awards.models import Appointment, Nomination, Role, Selection
from regions.models import Posting

PANEL = (Role.CHAIR, Role.SECRETARY, Role.JUROR)


@dataclass(frozen=True)
class DoubleRole:
    """A panel member with current postings.

    For one nomination: whether the member ``is_nominator``, or the branch (its name) the member ``shares`` with the
    nominator.
    """

    appointment: Appointment
    postings: list[Posting]
    is_nominator: bool = False
    shares: str = ""

    @property
    def is_near(self) -> bool:
        return self.is_nominator or bool(self.shares)

    @property
    def offices(self) -> str:
        return ", ".join(str(posting) for posting in self.postings)


def double_roles(selection: Selection) -> list[DoubleRole]:
    """Every panel member with a current posting; two queries."""
    seats = Appointment.objects.current().filter(selection=selection, role__in=PANEL).select_related("user")
    members = {appointment.user_id: appointment for appointment in seats.order_by("role", "pk")}
    held = defaultdict(list)
    for posting in Posting.objects.current().filter(user__in=members).select_related("branch", "regional_office"):
        held[posting.user_id].append(posting)
    return [DoubleRole(members[user], held[user]) for user in members if user in held]


def double_roles_towards(nomination: Nomination) -> list[DoubleRole]:
    """The same, with each member's relation to those who nominated and sent this one; three queries."""
    found = double_roles(nomination.selection)
    if not found:
        return []
    nominators = {nomination.nominated_by_id, nomination.submitted_by_id}
    branches = set(
        Posting.objects.current()
        .filter(user__in=nominators - {None}, branch__isnull=False)
        .values_list("branch", flat=True)
    )
    return [
        DoubleRole(
            one.appointment,
            one.postings,
            is_nominator=one.appointment.user_id in nominators,
            shares=next((str(posting) for posting in one.postings if posting.branch_id in branches), ""),
        )
        for one in found
    ]
