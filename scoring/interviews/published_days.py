"""Published times are kept, or changed knowingly: with a reason that is recorded in the trail."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from awards.models import Selection, StageDate
from awards.stages import Stage
from scoring.models import Interview

OFF_CALENDAR = frozenset({"outside-days", "not-yet"})
"""The codes of refusals that a reason lifts; forms have a field ``off_calendar`` for it."""
Detail = dict[str, str]


def within_days(selection: Selection, moments: Iterable[datetime.datetime], reason: str) -> Detail:
    """What the trail adds for interviews outside the published days; ValidationError ``outside-days`` unexplained."""
    date = StageDate.objects.filter(selection=selection, stage=Stage.INTERVIEW).first()
    if date is None or all(date.opens_at <= moment < date.closes_at for moment in moments):
        return {}
    words = _("The interviews are published for %(opens)s to %(closes)s. Give the reason for one outside these days.")
    params = {"opens": selection.moment(date.opens_at), "closes": selection.moment(date.closes_at)}
    return _explained(reason, words, "outside-days", params)


def after_its_start(interview: Interview, selection: Selection, reason: str) -> Detail:
    """The same for attendance recorded before the interview, by the database's clock; ValidationError ``not-yet``."""
    if not Interview.objects.filter(pk=interview.pk, starts_at__gt=Now()).exists():
        return {}
    words = _("This interview begins on %(starts)s. Give the reason for recording attendance before it.")
    return _explained(reason, words, "not-yet", {"starts": selection.moment(interview.starts_at)})


def _explained(reason: str, words: str, code: str, params: dict[str, str]) -> Detail:
    if not reason.strip():
        raise ValidationError(words, code=code, params=params)
    return {"off_calendar": reason.strip()}
