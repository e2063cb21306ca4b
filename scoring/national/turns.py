"""What the provinces' proposals ask of the national committee: taking over, and waiting for those still to come."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.lookups import selections_of
from awards.models import Nomination, Selection
from awards.models.appointments import Role, appointments_of
from awards.models.selections import Level
from awards.stages import TAKES_PROPOSALS, Permission, Stage
from paritrana.accounts.models import User
from paritrana.accounts.request_cache import remembered
from paritrana.todo import Task
from scoring.models import Standing
from scoring.turns import Turn, page

SEALED = (Stage.SEALED, Stage.ANNOUNCED)


def turns(user: User) -> list[Turn]:
    """Sealed provinces whose first places have not arrived; two queries for each national selection that takes them."""
    return remembered(user, "proposal-turns", lambda: [turn for to in _takers(user) for turn in _of_one(to)])


def _takers(user: User) -> list[Selection]:
    editions = [one.edition_id for one in appointments_of(user) if one.role == Role.NATIONAL_COMMITTEE]
    if not editions:
        return []
    return [
        each
        for each in selections_of(user)
        if each.level == Level.NATIONAL and each.edition_id in editions and each.stage in TAKES_PROPOSALS
    ]


def _provinces(to: Selection):
    return Selection.objects.filter(edition=to.edition_id, level=Level.PROVINCIAL)


def _of_one(to: Selection) -> list[Turn]:
    arrived = Nomination.objects.filter(selection=to, carried_from__selection=OuterRef("pk")).order_by()
    placed = Standing.objects.filter(selection=OuterRef("pk"), place=1).order_by()
    placed = placed.filter(nomination__category__in=to.categories.filter(proposed__gt=0))
    number = _provinces(to).filter(~Exists(arrived), Exists(placed), stage__in=SEALED).count()
    if not number:
        return []
    title = _("Take over what sealed provinces propose")
    return [Turn(to, Permission.PROPOSE, title, page(to, "proposals"), count=number)]


def proposals_awaited(user: User) -> list[Task]:
    """Provinces that have not sealed their result yet, for the committee that waits for their proposals."""
    found = []
    for to in _takers(user):
        if number := _provinces(to).exclude(stage__in=SEALED).count():
            words = ngettext("Proposal of %(count)d province", "Proposals of %(count)d provinces", number)
            title = words % {"count": number}
            found.append(Task(title, page(to, "proposals"), str(to), number, turn=_("committees of the provinces")))
    return found
