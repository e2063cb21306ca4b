"""Counts, per region, the figures with and without plausibility doubts; justified doubts do not count."""

from collections import defaultdict
from datetime import date

from django.db.models import F, QuerySet

from regions.models import Coverage, Justification, Region
from regions.plausibility import CheckedFigure, Key, examine
from regions.plausibility.figures import FIELDS


def by_region(figures: QuerySet[Coverage], year: int, chosen: str, *, adding: bool) -> dict[int, tuple[int, int]]:
    """Figures without doubt and figures examined of a year, by primary key of the region; three queries.

    All of ``figures`` are compared with one another; counted are those of the year and, if given, of the segment
    ``chosen``. With ``adding`` a province also counts the figures of its kabupaten/kota.
    """
    examined = [CheckedFigure.read(row) for row in figures.order_by().values_list(*FIELDS)]
    regions: dict[str, tuple[int, str | None]] = {
        code: (pk, parent) for pk, code, parent in Region.objects.values_list("pk", "code", "parent__code")
    }
    doubted = _doubted(examined, year, regions)
    found: dict[str, list[bool]] = defaultdict(list)
    for figure in examined:
        if figure.year == year and chosen in ("", figure.segment):
            is_clean = figure.key not in doubted
            found[figure.region].append(is_clean)
            if adding and figure.parent:
                found[figure.parent].append(is_clean)
    return {regions[code][0]: (sum(clean), len(clean)) for code, clean in found.items()}


def _doubted(figures: list[CheckedFigure], year: int, regions: dict[str, tuple[int, str | None]]) -> set[Key]:
    """Figures with a doubt that has no justification for the version in force."""
    children: dict[str, int] = defaultdict(int)
    for _pk, parent in regions.values():
        if parent:
            children[parent] += 1
    answered = {
        (code, Key(region, of_year, segment))
        for code, region, of_year, segment in Justification.objects.filter(version=F("coverage__version")).values_list(
            "code", "coverage__region__code", "coverage__year", "coverage__segment__code"
        )
    }
    flags = examine(figures, date(year, 12, 31), children=children)
    return {key for flag in flags for key in flag.keys if (flag.code, key) not in answered}
