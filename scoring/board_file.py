"""One juror's own board as a document for the device: what is needed to go on without a network, and nothing of others.

Names, criteria and own boxes; no candidate the juror keeps out of or has not declared about, no mark of anybody else.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.urls import reverse

from awards.models import Criterion, Nomination
from paritrana.accounts.models import User
from paritrana.numbers import show_hundredths
from scoring import guidance
from scoring.boxes import Values, boxes_of, is_mark, mark_box, remark_box
from scoring.judging import Progress, board, criteria_in_force
from scoring.models import Mark, Remark, ScoreSheet, Seat


def board_file(seat: Seat, *, reader: User) -> dict[str, Any]:
    """A document of plain values; the number of queries does not grow with the candidates."""
    mine, panel = board(seat), seat.panel
    criteria = criteria_in_force(panel.selection, Criterion.Kind.MARK)
    open_ones = [each for each in mine.to_score if each.pk not in mine.undeclared]
    versions = dict(ScoreSheet.objects.filter(seat=seat).values_list("nomination", "version"))
    values = _values(seat, open_ones)
    return {
        "panel": panel.selection.slug,
        "title": str(panel.selection),
        "person": reader.pk,
        "isAssistant": seat.user != reader,
        "deliver": reverse("sheets-deliver", args=[panel.selection.slug]),
        "commentBelow": panel.comment_below,
        "commentAbove": panel.comment_above,
        "criteria": {str(criterion.pk): _criterion(criterion) for asked in criteria.values() for criterion in asked},
        "sheets": [
            {
                "nomination": each.pk,
                "url": reverse("sheet", args=[panel.selection.slug, each.pk]),
                "name": str(each),
                "category": str(each.category),
                "isClosed": panel.closed_at is not None or mine.states[each.pk] == Progress.HANDED_IN,
                "version": versions.get(each.pk, 0),
                "criteria": [criterion.pk for criterion in criteria[each.category_id]],
                "values": typed(values[each.pk], criteria[each.category_id]),
            }
            for each in open_ones
        ],
    }


def typed(values: Values, criteria: list[Criterion]) -> dict[str, str]:
    """Box -> its value as it may be typed back in."""
    told = {}
    for box in boxes_of(criteria):
        value = values.get(box)
        told[box] = show_hundredths(int(value)) if is_mark(box) and value is not None else str(value or "")
    return told


def _criterion(criterion: Criterion) -> dict[str, Any]:
    words, levels = guidance.read(criterion.guidance)
    told = [{"least": level.least, "most": level.most, "words": level.words} for level in levels]
    return {"name": criterion.name, "weight": criterion.weight, "guidance": words, "levels": told}


def _values(seat: Seat, nominations: list[Nomination]) -> dict[int, Values]:
    about = {"sheet__seat": seat, "sheet__nomination__in": nominations}
    marks = Mark.objects.filter(**about).order_by().values_list("sheet__nomination", "criterion", "value")
    remarks = Remark.objects.filter(**about, is_current=True).order_by()
    found: dict[int, Values] = defaultdict(dict)
    for nomination, criterion, value in marks:
        found[nomination][mark_box(criterion)] = value
    for nomination, criterion, text in remarks.values_list("sheet__nomination", "criterion", "text"):
        found[nomination][remark_box(criterion)] = text
    return found
