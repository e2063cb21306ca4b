"""One juror's data for scoring offline, as a document for the device.

Names, criteria, the own fields and the candidate's facts as text; without candidates that have a conflict of interest
or no declaration, marks of others, and evidence files.
"""

from typing import Any

from django.urls import reverse

from awards.models import Criterion, Nomination
from paritrana.accounts.models import User
from paritrana.display import formats
from paritrana.display.numbers import show_hundredths
from scoring.assignments import no_shows
from scoring.assignments.assignment import assistant_conflicts
from scoring.assignments.criteria import AskedCriteria, criteria_in_force
from scoring.assignments.progress import Progress, board
from scoring.models import ScoreSheet, Seat
from scoring.sheets import forms
from scoring.sheets.candidate_facts import CriterionFacts, Year, dossiers, trends
from scoring.sheets.entries import Values, boxes_of, is_mark, values_of

TAKES_NOTHING = {Progress.HANDED_IN, Progress.NOBODY_CAME}


def board_file(seat: Seat, *, reader: User) -> dict[str, Any]:
    """A document of plain values; the number of queries grows with the categories, not with the candidates.

    Of a closed sheet only the name is given: a device needs just what its juror still has to score.
    """
    mine, panel = board(seat), seat.panel
    criteria = criteria_in_force(panel.selection, Criterion.Kind.MARK)
    open_ones = [each for each in mine.to_score if each.pk not in mine.undeclared]
    if seat.user != reader:
        declarations = assistant_conflicts(seat, reader)
        open_ones = [each for each in open_ones if declarations.get(each.pk) is False]
    versions = dict(ScoreSheet.objects.filter(seat=seat).values_list("nomination", "version"))
    owed = [each for each in open_ones if panel.closed_at is None and mine.states[each.pk] not in TAKES_NOTHING]
    for each in open_ones:
        each.selection = panel.selection
    typing = _typing(seat, owed, criteria)
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
                "isClosed": each.pk not in typing,
                "closedBecause": no_shows.message(each) if mine.states[each.pk] == Progress.NOBODY_CAME else "",
                "version": versions.get(each.pk, 0),
            }
            | typing.get(each.pk, {})
            for each in open_ones
        ],
    }


def _typing(seat: Seat, owed: list[Nomination], criteria: AskedCriteria) -> dict[int, dict[str, Any]]:
    """What is shown and typed on the sheet of each nomination."""
    values, facts, grown = values_of(seat, owed), _dossiers(owed, criteria), trends(owed)
    return {
        each.pk: {
            "criteria": [criterion.pk for criterion in criteria[each.category_id]],
            "values": typed(values[each.pk], criteria[each.category_id]),
            "facts": [_fact(line) for line in facts[each.pk]],
            "trend": [_segment(*row) for row in grown.get(each.candidate.region_id, [])],
        }
        for each in owed
    }


def typed(values: Values, criteria: list[Criterion]) -> dict[str, str]:
    """Field -> its value as it may be typed."""
    texts = {}
    for box in boxes_of(criteria):
        value = values.get(box)
        texts[box] = show_hundredths(int(value)) if is_mark(box) and value is not None else str(value or "")
    return texts


def _criterion(criterion: Criterion) -> dict[str, Any]:
    words, levels = forms.read_guidance(criterion.guidance)
    told = [{"least": level.least, "most": level.most, "words": level.words} for level in levels]
    return {"name": str(criterion), "weight": criterion.weight, "guidance": words, "levels": told}


def _dossiers(nominations: list[Nomination], criteria: AskedCriteria) -> dict[int, list[CriterionFacts]]:
    found: dict[int, list[CriterionFacts]] = {}
    for category, asked in criteria.items():
        of = [each for each in nominations if each.category_id == category]
        found |= dossiers(of, asked[0].aspect.rubric)
    return found


def _fact(line: CriterionFacts) -> dict[str, Any]:
    points = "" if line.points is None else formats.points(line.points)
    parts = [line.text, line.missing, line.note]
    return {
        "name": str(line.criterion),
        "weight": formats.percent(line.criterion.weight),
        "points": points,
        "told": [words for words in parts if words],
        "files": [file.name for file in line.files],
    }


def _segment(name: str, years: list[Year]) -> dict[str, Any]:
    return {"name": name, "years": [{"year": each.year, "share": _share(each)} for each in years]}


def _share(year: Year) -> str:
    """With the state of the figure as text, since the device has no badges."""
    share = formats.percent(year.share)
    return f"{share} ({year.state.label})" if year.state else share
