"""Rules that are a table of levels with points, shared by the kinds band and attendance."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import WHOLE, boxes
from awards.criteria.exchange import Cell, Cells, Facts
from awards.criteria.schema_reader import SchemaFaults, hundredths, list_of, slug, within
from paritrana.display import formats
from paritrana.display.english import in_english

Rules = Mapping[str, Any]
LONGEST_LABEL = 120
ROW: boxes.Boxes = {
    "code": boxes.hidden,
    "label": boxes.text(gettext_lazy("Level"), LONGEST_LABEL),
    "points": boxes.figure(gettext_lazy("Points")),
}
ADD_LEVEL = gettext_lazy("Add a level")


def read_levels(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    levels = reading.take(source, "levels", place, list_of) or []
    found = [read_level(reading, level, f"{place}.levels[{n}]") for n, level in enumerate(levels)]
    reading.once([level["code"] for level in found], f"{place}.levels")
    return {"levels": found}


def read_level(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    return {
        "code": reading.take(source, "code", place, slug),
        "label": reading.take(source, "label", place, within(LONGEST_LABEL)),
        "points": read_points(reading, source, place),
    }


def read_points(reading: SchemaFaults, source: Any, place: str, key: str = "points") -> int | None:
    points = reading.take(source, key, place, hundredths)
    if points is not None and not 0 <= points <= WHOLE:
        reading.fault(f"{place}.{key}", gettext_lazy("points lie between 0.00 and 100.00."))
    return points


def levels_text(rules: Rules) -> str:
    parts = [
        f"{in_english(level['label'])} {formats.hundredths(level['points'])}{_absent(level)}"
        for level in rules["levels"]
    ]
    if rules.get("online"):
        parts.append(_("online: %(points)s") % {"points": formats.signed(rules["online"])})
    return "; ".join(parts)


def _absent(level: Rules) -> str:
    return f" ({_('nobody came')})" if level.get("absent") else ""


def level_rows(criterion: Facts) -> dict[str, list[list[Cell]]]:
    """The levels on the workbook's sheet of rules."""
    pairs = zip(_labels(criterion), criterion["rules"]["levels"], strict=True)
    return {"levels": [[_("level"), label, None, None, level["points"] / 100] for label, level in pairs]}


def level_formulas(cells: Cells) -> tuple[str, str]:
    """Formulas: whether the contender's first cell is a level of the table, and its points."""
    labels, _limits, points = cells.columns("levels")
    given = cells.cell()
    return f"SUMPRODUCT(--({labels}={given}))", f"SUMPRODUCT(({labels}={given})*{points})"


def label_of(criterion: Facts, code: str) -> str:
    codes = [level["code"] for level in criterion["rules"]["levels"]]
    return _labels(criterion)[codes.index(code)] if code in codes else code


def _labels(criterion: Facts) -> list[str]:
    """The label of each level, with its code where two levels have the same label."""
    levels = criterion["rules"]["levels"]
    words = [level["label"].casefold() for level in levels]
    return [
        level["label"] if words.count(word) == 1 else f"{level['label']} ({level['code']})"
        for level, word in zip(levels, words, strict=True)
    ]
