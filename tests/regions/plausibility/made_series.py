"""A quiet little country for the sentinel's tests: two provinces, three segments, five years, no chance in it."""

from dataclasses import replace
from datetime import date
from math import sin

from regions.plausibility import CheckedFigure, FigureDoubt, Key, examine

END = date(2024, 12, 31)
YEARS = range(2020, 2025)
SHARES = {"PU": (80_000, 0.40), "BPU": (110_000, 0.12), "RENTAN": (21_000, 0.25)}
REGIONS = [(f"{province}.{number:02}", province) for province in ("51", "52") for number in range(1, 9)]


def quiet() -> dict[Key, CheckedFigure]:
    """Every region grows by about 3 % a year, its participants by about 8 %, and neither in step with the next."""
    made = {}
    for place, (region, parent) in enumerate(REGIONS):
        for order, (segment, (people, share)) in enumerate(SHARES.items()):
            for year in YEARS:
                age, phase = year - YEARS[0], 1 + 7 * place + 3 * order
                workers = people * (1 + 0.13 * place) * 1.03**age * (1 + 0.01 * sin(phase + 11 * age))
                covered = share * (1 - 0.02 * place) * 1.05**age * (1 + 0.02 * sin(phase + 5 * age))
                figure = CheckedFigure(
                    region, year, segment, round(workers), round(workers * covered), parent, "kab/kota", END
                )
                made[figure.key] = replace(figure, as_of=date(year, 8, 31))
    return made


def total(figures: dict[Key, CheckedFigure], segment: str, year: int, **changes: int) -> CheckedFigure:
    """The figure of province 51 as the sum of its own."""
    parts = [f for f in figures.values() if (f.parent, f.segment, f.year) == ("51", segment, year)]
    counts = {column: sum(getattr(part, column) for part in parts) for column in ("workers", "participants")}
    return CheckedFigure("51", year, segment, **(counts | changes))


CHILDREN = {"51": 8, "52": 8}


def flags(figures: dict[Key, CheckedFigure], **options) -> list[FigureDoubt]:
    return examine(figures.values(), END, children=CHILDREN, **options)


def said(found: list[FigureDoubt]) -> list[tuple]:
    return [(flag.code, *flag.keys) for flag in found]
