"""What was done at a stage so that it can no longer be taken back: interviews, marks, decisions, and a ranking seen."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.models import Selection
from awards.stages import Stage
from scoring.models import (
    Conflict,
    Declaration,
    Deliberation,
    Interview,
    Mark,
    Panel,
    Seal,
    SealRequest,
    SpecialAward,
    TieDecision,
)
from scoring.sealing import review

Rows = tuple[str | Promise, QuerySet[Any]]


def resting_on(selection: Selection) -> list[str]:
    """One sentence for each kind of thing done at the present stage; empty for stages this app does nothing at."""
    found = [str(words) for words, rows in _rows(selection) if rows.exists()]
    if selection.stage == Stage.PLENARY and review.open_panel(selection):
        found.append(str(_("The ranking could be read, and the panel is not closed: marks could be changed after it.")))
    return found


def _rows(selection: Selection) -> list[Rows]:
    if selection.stage == Stage.VERIFICATION:
        return [
            (_("Interviews are scheduled."), Interview.objects.filter(nomination__selection=selection)),
            (_("Jurors have declared."), Declaration.objects.filter(nomination__selection=selection)),
            (_("Conflicts of interest are recorded."), Conflict.objects.filter(nomination__selection=selection)),
        ]
    if selection.stage == Stage.INTERVIEW:
        held = Interview.objects.filter(nomination__selection=selection, attendance_at__isnull=False)
        return [
            (_("Attendance is recorded."), held),
            (_("Marks are given."), Mark.objects.filter(sheet__nomination__selection=selection)),
            (_("The panel is closed."), Panel.objects.filter(selection=selection, closed_at__isnull=False)),
        ]
    if selection.stage == Stage.PLENARY:
        return [
            (_("The plenary has agreed on an order."), Deliberation.objects.filter(selection=selection)),
            (_("The plenary has decided on a tie."), TieDecision.objects.filter(selection=selection)),
            (_("A special award is given."), SpecialAward.objects.filter(selection=selection)),
            (_("The seal was asked for."), SealRequest.objects.filter(selection=selection)),
            (_("The result was sealed before."), Seal.objects.filter(selection=selection)),
        ]
    return []
