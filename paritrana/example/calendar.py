"""A calendar around today, so that the example always has an open stage."""

import datetime

from awards.models import Selection, StageDate
from awards.stages import DATED, Stage

LENGTHS = {
    Stage.PREPARATION: 14,
    Stage.NOMINATION: 21,
    Stage.VERIFICATION: 14,
    Stage.INTERVIEW: 5,
    Stage.PLENARY: 3,
    Stage.SEALED: 7,
    Stage.ANNOUNCED: 30,
}
"""Days each stage lasts, including stages without dates of their own."""


def plan(selection: Selection, present: Stage) -> None:
    """Consecutive dates such that ``present`` opened yesterday in the selection's time zone."""
    yesterday = datetime.datetime.now(selection.tzinfo).date() - datetime.timedelta(days=1)
    stages = list(LENGTHS)
    before = sum(LENGTHS[stage] for stage in stages[: stages.index(present)])
    day = yesterday - datetime.timedelta(days=before)
    for stage in stages:
        following = day + datetime.timedelta(days=LENGTHS[stage])
        last = following - datetime.timedelta(days=1)
        if stage in DATED:
            StageDate.objects.create(
                selection=selection,
                stage=stage,
                opens_at=datetime.datetime.combine(day, datetime.time(8), selection.tzinfo),
                closes_at=datetime.datetime.combine(last, datetime.time(23, 59), selection.tzinfo),
            )
        day = following
