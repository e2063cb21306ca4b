"""Why something is not open to somebody: who does it, when it opens, when it closed, whose turn it is."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import deadlines
from awards.models import CandidateDoor, Nomination, Selection, StageDate
from awards.models.appointments import Role
from awards.models.doors import doors_of
from awards.stages import OPEN_IN, Permission, Stage
from paritrana.accounts.models import User

WITH_THE_BRANCH = gettext_lazy(
    "The nomination is with the branch, which checks and sends it. You can only read it now."
)
"""To a contact of the candidate who has handed it over, or whom the branch has relieved."""


def is_with_the_branch(user: User, nomination: Nomination) -> bool:
    """Whether this person is a contact who no longer writes while the branch still can: handed over, or taken over."""
    return nomination.is_editable and doors_of(user).get(nomination.pk) is False


def require_turn(nomination: Nomination, user: User) -> None:
    """ValidationError ``turn`` for a contact while the nomination is with the branch, by the rows of this moment.

    Where the branch can no longer send it either, that is what the act refuses with.
    """
    is_waiting = CandidateDoor.objects.of(user).with_the_branch().filter(nomination=nomination).exists()
    if is_waiting and deadlines.is_mendable(nomination):
        raise ValidationError(WITH_THE_BRANCH, code="turn")


def opening_words(permission: Permission, selection: Selection) -> str:
    """When the stages allow this, seen from the present stage."""
    order, now = list(Stage), Stage(selection.stage)
    stages = [stage for stage in order if permission in OPEN_IN[stage]]
    coming = [stage for stage in stages if order.index(stage) > order.index(now)]
    if coming:
        return _opens(coming[0], selection)
    words = _("This closed with the stage “%(last)s”; the selection is at “%(now)s”.")
    return words % {"last": (stages or [now])[-1].label, "now": now.label}


def _opens(stage: Stage, selection: Selection) -> str:
    date = StageDate.objects.filter(selection=selection, stage=stage).first()
    named = {"stage": stage.label, "now": Stage(selection.stage).label}
    if date is None:
        return _("This opens with the stage “%(stage)s”; the selection is at “%(now)s”.") % named
    words = _("This opens with the stage “%(stage)s”, planned for %(day)s; the selection is at “%(now)s”.")
    return words % (named | {"day": selection.moment(date.opens_at)})


def doing_words(capacities: Iterable[str], names: dict[str, str]) -> str:
    """Who does this."""
    found = [str(Role(each).label if each in Role.values else names[each]) for each in sorted(capacities)]
    return _("This is done by: %(who)s.") % {"who": get_text_list(found, _("or"))}
