"""Deadlines of stages: whether one has passed, the message about it, and the time left.

A stage is open while now < ``closes_at`` and closed from ``closes_at`` on; a stage without a date has no deadline.
Actions ask the database's clock in their transaction (``StageDate.objects.closed()``,
``Nomination.objects.mendable()``); pages may use the clock of their server.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from awards.models import Nomination, Selection, StageDate
from awards.stages import ENDS_WITH, NominationState, Stage, mendable_in

_UNITS = (
    (86_400, lambda number: ngettext("closes in %(number)d day", "closes in %(number)d days", number)),
    (3_600, lambda number: ngettext("closes in %(number)d hour", "closes in %(number)d hours", number)),
    (60, lambda number: ngettext("closes in %(number)d minute", "closes in %(number)d minutes", number)),
)


def is_open(closes_at: datetime | None, now: datetime) -> bool:
    return closes_at is None or now < closes_at


def passed(selection: Selection, stage: Stage) -> StageDate | None:
    """The date of this stage of the selection if its close is reached by the database's clock, else None."""
    date: StageDate | None = StageDate.objects.filter(selection=selection, stage=stage).closed().first()
    if date:
        date.selection = selection
    return date


def is_mendable(nomination: Nomination) -> bool:
    """Whether the nomination can still be changed and sent, by state, stage and date; the rule of ``mendable()``."""
    state, selection = NominationState(nomination.state), nomination.selection
    return state in ENDS_WITH and selection.stage in mendable_in(state) and not passed(selection, ENDS_WITH[state])


def missed(nomination: Nomination) -> StageDate | None:
    """The deadline after which this nomination can no longer be changed or sent, if it has passed."""
    state = NominationState(nomination.state)
    return passed(nomination.selection, ENDS_WITH[state]) if state in ENDS_WITH else None


def too_late(date: StageDate) -> ValidationError:
    """ValidationError ``deadline``: when the stage closed, in local time, and who can help."""
    return ValidationError(
        _("“%(stage)s” closed on %(moment)s. The committee may extend the deadline, giving the reason."),
        code="deadline",
        params={
            "stage": date.get_stage_display(),
            "moment": date.selection.moment(date.closes_at),
        },
    )


def remaining(closes_at: datetime, now: datetime) -> str:
    """ "closes in 3 days", in whole units rounded down; "closed" from the deadline on."""
    if not is_open(closes_at, now):
        return str(_("closed"))
    seconds = int((closes_at - now).total_seconds())
    for length, words in _UNITS:
        if seconds >= length:
            return words(seconds // length) % {"number": seconds // length}
    return str(_("closes in less than a minute"))
