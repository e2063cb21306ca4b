"""What one person asks for and another confirms: to seal, to announce, to open again. Who signs next gets a letter."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import notices, two_people
from awards.models import Appointment, Selection
from awards.permissions import ROLE_TABLE
from awards.stages import Permission
from paritrana.accounts import trail, two_signatures
from paritrana.accounts.models import User
from scoring.models import SealRequest
from scoring.permissions import hold
from scoring.standings.visibility import conflicts_of

Kind = SealRequest.Kind
Outcome = SealRequest.Outcome
REFUSALS = two_people.REFUSALS | {
    "conflicted": gettext_lazy("You have a conflict of interest here. Somebody else has to second it."),
}
NEXT_PAGE = {Kind.SEAL: "announce", Kind.ANNOUNCE: "result", Kind.REOPEN: "checks"}
"""Where the way goes on after a request was granted."""


def open_request(selection: Selection) -> SealRequest | None:
    found = latest_request(selection)
    return found if found and not found.outcome else None


def latest_request(selection: Selection) -> SealRequest | None:
    """The open one, since nobody asks anew while one is open, or the one that ended last."""
    return SealRequest.objects.filter(selection=selection).select_related("asked_by").first()


def who_seconded_announcing(selection: Selection) -> User | None:
    """Of the last announcement that was granted."""
    granted = SealRequest.objects.filter(selection=selection, kind=Kind.ANNOUNCE, outcome=Outcome.GRANTED)
    last = granted.select_related("ended_by").first()
    return last.ended_by if last else None


def ask(selection: Selection, kind: Kind, fingerprint: str, by: User, **values: object) -> SealRequest:
    """Write the request and to everybody who may second it. ValidationError ``asked``."""
    if open_request(selection):
        raise ValidationError(_("Somebody has asked already; the second person has to answer first."), code="asked")
    made = SealRequest.objects.create(selection=selection, kind=kind, fingerprint=fingerprint, asked_by=by, **values)
    seconds = [user for user in holders(selection, Permission.SECOND_SEAL) if not hindrance(made, user)]
    _tell(made, "asked", seconds, "seal-second")
    return made


def holders(selection: Selection, permission: Permission) -> set[User]:
    """Everybody with an appointment whose role has this permission in the selection, whatever its stage; one query."""
    roles = [role for (role, level), may in ROLE_TABLE.items() if level == selection.level and permission in may]
    here = Q(selection=selection) | Q(selection=None, edition=selection.edition_id)
    held = Appointment.objects.current().filter(here, role__in=roles).select_related("user")
    return {one.user for one in held}


def _tell(asked: SealRequest, happened: str, people: list[User], page: str) -> None:
    path = reverse(page, args=[asked.selection.slug])
    context = {"asked": asked, "happened": happened, "path": path}
    subject = {
        "asked": gettext_lazy("Your signature is needed: a request waits for a second person"),
        Outcome.GRANTED: gettext_lazy("A request was seconded"),
        Outcome.OVERTAKEN: gettext_lazy("A request has to be made again"),
    }[happened]
    notices.tell(people, f"seal-request:{asked.pk}:{happened}", subject, "seal_request", context, asked.selection)


def grant(asked: SealRequest, by: User) -> None:
    """End it as seconded; whoever asked gets a letter, and after a seal also those who announce."""
    two_signatures.end(asked, Outcome.GRANTED, by)
    people = {asked.asked_by}
    if asked.kind == Kind.SEAL:
        people |= holders(asked.selection, Permission.ANNOUNCE)
    _tell(asked, Outcome.GRANTED, list(people - {by}), NEXT_PAGE[Kind(asked.kind)])


def overtake(asked: SealRequest, held: Selection, by: User) -> None:
    """End it for good because what was asked for is no longer what there is; whoever asked gets a letter."""
    two_signatures.end(asked, Outcome.OVERTAKEN, by)
    page = "checks" if asked.kind == Kind.SEAL else "announce"
    _tell(asked, Outcome.OVERTAKEN, [asked.asked_by], page)
    trail.record(by, "result.overtake-request", held, kind=asked.kind)


@transaction.atomic
def withdraw(request: SealRequest, *, by: User) -> None:
    """Withdraw a request, by anybody who may make one. ValidationError ``moved-on``."""
    asking = Permission.SEAL if request.kind == Kind.SEAL else Permission.REOPEN_RESULT
    held = hold(request.selection, asking, by)
    two_signatures.end(request, Outcome.WITHDRAWN, by)
    trail.record(by, "result.withdraw-request", held, kind=request.kind)


def require_second(request: SealRequest, by: User) -> None:
    """ValidationError with a code of ``REFUSALS`` unless this person may second the request."""
    if code := hindrance(request, by):
        raise ValidationError(REFUSALS[code], code=code)


def hindrance(request: SealRequest, by: User) -> str:
    """The code in ``REFUSALS`` of the reason why this person cannot second the request, or an empty text."""
    if code := two_people.hindrance(request.asked_by, by, request.selection):
        return code
    kept_out = conflicts_of(by).filter(nomination__selection=request.selection, seat__appointment__ended_at=None)
    return "conflicted" if kept_out.exists() else ""
