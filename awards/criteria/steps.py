"""Rising steps: the highest one a figure reaches decides. ``{"from", "points"}``, both hundredths."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import WHOLE, boxes, levels
from awards.criteria.exchange import Cell, Cells, Count
from awards.criteria.schema_reader import SchemaFaults, list_of
from paritrana.display import formats

LARGEST = 99_999_999_999
ROW: boxes.Boxes = {
    "from": boxes.figure(gettext_lazy("From"), most=LARGEST),
    "points": boxes.figure(gettext_lazy("Points")),
}
ADD_STEP = gettext_lazy("Add a step")
_FIGURE = re.compile(r"\d{1,13}\.\d\d")
Step = Mapping[str, Any]


def read(reading: SchemaFaults, source: Any, place: str) -> list[dict[str, Any]]:
    """From the document, where both figures are "0.00"; they rise, the first from 0."""
    found = [
        {
            "from": reading.take(step, "from", f"{place}.steps[{n}]", _read_figure),
            "points": levels.read_points(reading, step, f"{place}.steps[{n}]"),
        }
        for n, step in enumerate(reading.take(source, "steps", place, list_of) or [])
    ]
    starts = [step["from"] for step in found if step["from"] is not None]
    if starts != sorted(set(starts)) or starts[:1] != [0]:
        reading.fault(f"{place}.steps", gettext_lazy("steps rise, and the first begins at 0.00."))
    return found


def in_words(steps: Iterable[Step], unit: Any) -> str:
    return "; ".join(
        _("from %(amount)s %(unit)s: %(points)s")
        % {"amount": formats.hundredths(step["from"]), "unit": unit, "points": formats.hundredths(step["points"])}
        for step in steps
    )


def reached(steps: Iterable[Step], figure: int) -> Count:
    points = [step["points"] for step in steps if step["from"] <= figure]
    return (points[-1], WHOLE) if points else (0, 0)


def rows(steps: Iterable[Step]) -> dict[str, list[list[Cell]]]:
    """The steps on the workbook's sheet of rules."""
    return {"steps": [[_("step"), "", None, one["from"] / 100, one["points"] / 100] for one in steps]}


def formula(cells: Cells) -> str:
    """The points of the contender's first cell."""
    own = cells.cell()
    _labels, limits, points = cells.columns("steps")
    reaches = f"({limits}<={own})"
    highest = f"SUMPRODUCT(MAX({reaches}*{limits}))"
    known = f"COUNT({own})*SUMPRODUCT(--{reaches})"
    return f'IF({known}=0,"",SUMPRODUCT(({limits}={highest})*{points}))'


def _read_figure(value: Any) -> int:
    if not _FIGURE.fullmatch(value):
        raise ValueError
    return int(value.replace(".", ""))
