"""Deadlines of stages: whether one has passed, the message about it, and the time left.

A stage is open while now < ``closes_at`` and closed from ``closes_at`` on; a stage without a date has no deadline.
Actions ask the database's clock in their transaction (``StageDate.objects.closed()``,
``Nomination.objects.mendable()``); pages may use the clock of their server.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from awards.models import Nomination, Selection, StageDate
from awards.models.nominations import NominationQuerySet
from awards.stage_history import StageHistory
from awards.stages import ENDS_WITH, NominationState, Stage, mendable_in
from paritrana.display.formats import DASH

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


def waiting_before(selection: Selection) -> NominationQuerySet:
    """The nominations that can be sent until the present stage closes, and not after it."""
    states = [state for state, stage in ENDS_WITH.items() if stage == selection.stage]
    return Nomination.objects.filter(selection=selection, state__in=states).with_context()


def missed(nomination: Nomination) -> StageDate | None:
    """The deadline after which this nomination can no longer be changed or sent, if it has passed."""
    state = NominationState(nomination.state)
    return passed(nomination.selection, ENDS_WITH[state]) if state in ENDS_WITH else None


@dataclass(frozen=True)
class Early:
    """Published dates that moving on now would break: the close of the present stage, the start of the next."""

    closes: StageDate | None
    opens: StageDate | None

    def __bool__(self) -> bool:
        return bool(self.closes or self.opens)

    @property
    def sentences(self) -> list[str]:
        """What was published, as text."""
        found = []
        if self.closes:
            words = _("“%(stage)s” was published to close on %(moment)s.")
            found.append(words % _named(self.closes, self.closes.closes_at))
        if self.opens:
            words = _("“%(stage)s” was published to open on %(moment)s.")
            found.append(words % _named(self.opens, self.opens.opens_at))
        return found


def early(selection: Selection, following: Stage) -> Early:
    """What moving on now from the present stage to the following one breaks, by the database's clock."""
    dates = StageDate.objects.filter(selection=selection)
    found = Early(
        dates.filter(stage=selection.stage).to_close().first(), dates.filter(stage=following).to_open().first()
    )
    for date in filter(None, (found.closes, found.opens)):
        date.selection = selection
    return found


def _named(date: StageDate, moment: datetime) -> dict[str, str]:
    return {"stage": date.get_stage_display(), "moment": date.selection.moment(moment)}


def closing_words(
    selection: Selection, stage: Stage, date: StageDate | None, history: StageHistory, now: datetime
) -> tuple[bool, str]:
    """Whether the stage is still to close, and in words until when, or when it closed and why before its date.

    ``date`` is the published one of the stage, with its selection; empty words for an open stage without a date.
    """
    order, passage = list(Stage), history.ended.get(stage)
    has_ended = order.index(Stage(selection.stage)) > order.index(stage)
    if not has_ended and date is None:
        return True, ""
    if not has_ended and date and is_open(date.closes_at, now):
        words = _("to be sent by %(closes)s · %(left)s")
        return True, words % {"closes": date.opening_text, "left": remaining(date.closes_at, now)}
    if date and not is_open(date.closes_at, passage.at if passage else now):
        return False, _("closed on %(closes)s") % {"closes": date.opening_text}
    if passage is None:
        return False, str(_("closed"))
    values = {"at": selection.moment(passage.at), "next": passage.into.label, "reason": passage.reason or DASH}
    if date is None:
        return False, _("closed on %(at)s, when “%(next)s” was opened") % values
    words = _("closed early on %(at)s, when “%(next)s” was opened; %(planned)s was published. Reason: %(reason)s")
    return False, words % (values | {"planned": selection.moment(date.closes_at)})


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
