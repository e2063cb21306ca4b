"""Attendance: who came to the interview, with a deduction for an online meeting.

Rules: ``{"levels": [{"code", "label", "points"}], "online": -1000}``; a level with ``"absent": true`` means that nobody
came, so there is nothing to mark. In the document points are "100.00" and ``"online"*: "-10.00"``.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import boxes, levels, written_steps
from awards.criteria.exchange import (
    Cell,
    Cells,
    Criterion,
    CriterionInputs,
    Facts,
    Figure,
    Head,
    Kernel,
    Nomination,
    Scores,
    Trace,
    TraceParts,
)
from awards.criteria.kind import Kind, Made, Rules, register
from awards.criteria.schema_reader import SchemaFaults, flag, hundredths
from paritrana.display import formats
from paritrana.display.english import in_english


@register
class AttendanceKind(Kind):
    name = "attendance"
    label = gettext_lazy("attendance at the interview")
    order = 7
    is_interviewed = True
    rule_boxes = {
        "online": boxes.signed(gettext_lazy("Change when it was on line"), gettext_lazy("For example -10.00."))
    }
    rows = "levels"
    row_boxes = levels.ROW | {"absent": boxes.tick(gettext_lazy("Nobody came"))}
    add_row = levels.ADD_LEVEL
    figures = frozenset({"online"})
    reasons = {"attendance-missing": gettext_lazy("Attendance at the interview not recorded")}

    def read_rules(self, reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
        online = reading.take(source, "online", place, hundredths, 0)
        rules = {"online": online, **levels.read_levels(reading, source, place)}
        for n, (level, read) in enumerate(zip(source.get("levels", []), rules["levels"], strict=False)):
            if reading.take(level, "absent", f"{place}.levels[{n}]", flag, False):
                read["absent"] = True
        return rules

    def rule_text(self, rules: Rules) -> str:
        return levels.levels_text(rules)

    def read(
        self, criterion: Criterion, nominations: list[Nomination], evidence: CriterionInputs, kernel: Kernel
    ) -> Scores:
        """The level's points, less the deduction for an online meeting, never below 0."""
        scores: list[Figure] = []
        facts: list[Facts] = []
        for nomination in nominations:
            interview = evidence.interviews.get(nomination.pk)
            level = criterion.level(interview.attended) if interview else None
            online = criterion.rules.get("online", 0) if interview and interview.is_online else 0
            scores.append(max(0, level["points"] + online) if level else None)
            facts.append({"level": level["label"], "points": level["points"], "online": online} if level else {})
        missing: list[Any] = [[] if score is not None else [["attendance-missing"]] for score in scores]
        return Scores(scores, facts, missing)

    def explain(self, facts: Facts) -> str:
        points = formats.points(facts["points"])
        if not facts["online"]:
            return f"{in_english(facts['level'])}: {points}"
        online = formats.signed(facts["online"])
        words = {"level": in_english(facts["level"]), "points": points, "online": online}
        return _("%(level)s: %(points)s, on line %(online)s") % words

    def trace(self, walk: TraceParts, slug: str, score: Figure, facts: Facts) -> Trace:
        if not facts:
            return Trace()
        return Trace(written_steps.addition(facts["points"], facts["online"], score), notes=walk.attendance())

    def rule_rows(self, criterion: Facts) -> dict[str, list[list[Cell]]]:
        online = criterion["rules"].get("online", 0) / 100
        return levels.level_rows(criterion) | {"online": [[_("on line"), "", None, None, online]]}

    def heads(self, criterion: Facts, cells: Cells) -> list[Head]:
        name = criterion["name"]
        return [Head(f"{name}: {_('who came')}"), Head(f"{name}: {_('on line')}", "whole")]

    def workbook(self, criterion: Facts, cells: Cells, contender: Facts) -> Made:
        came = contender["attendance"]
        known, points = levels.level_formulas(cells)
        formula = f'IF({known}=0,"",MAX(0,{points}+{cells.cell(1)}*{cells.points("online")}))'
        if not came:
            return [None, None], formula
        return [levels.label_of(criterion, came["level"]), int(came["online"])], formula
