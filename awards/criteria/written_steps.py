"""Calculations as text that can be repeated with a pocket calculator: "100 × 300 ÷ 1.001 = 29,970029… → 29,97"."""

from decimal import Decimal

from django.utils import formats as django_formats

from awards.criteria import WHOLE
from paritrana.display import formats

DIGITS = 6
"""Decimals of a pocket calculator; an ellipsis is added where more would follow."""


def exact(numerator: int, denominator: int) -> str:
    """A quotient of non-negative whole numbers as a calculator shows it: truncated, not rounded."""
    cut, rest = divmod(numerator * 10**DIGITS, denominator)
    value = Decimal(cut).scaleb(-DIGITS).normalize()
    places = DIGITS if rest else max(0, -int(value.as_tuple().exponent))
    shown = django_formats.number_format(value, decimal_pos=places, force_grouping=True)
    return f"{shown}…" if rest else shown


def percentage(part: int, whole: int, score: int | None) -> str:
    return f"100 × {formats.count(part)} ÷ {formats.count(whole)} = {exact(100 * part, whole)} → {shown(score)}"


def growth(now: int, before: int, zero: int, full: int, score: int | None) -> str:
    """From two percentages as shown, in hundredths; ``zero`` and ``full`` are the growth that earns 0 and 100."""
    grown = now - before
    reached = min(max(grown, zero), full) - zero
    steps = f"{shown(now)} − {shown(before)} = {shown(grown)}"
    if grown != reached:
        steps += f"; {shown(reached)}"
    quotient = exact(100 * reached, full - zero)
    return f"{steps}; 100 × {shown(reached)} ÷ {shown(full - zero)} = {quotient} → {shown(score)}"


def mean(marks: list[int], score: int | None) -> str:
    """The mean of the marks that count."""
    added = " + ".join(map(shown, marks))
    whole = exact(sum(marks), 100 * len(marks))
    return f"({added}) ÷ {len(marks)} = {whole} → {shown(score)}"


def addition(points: int, more: int, score: int | None) -> str:
    """Points, less the deduction for an online meeting."""
    if not more:
        return shown(score)
    sign = "+" if more > 0 else "−"
    return f"{shown(points)} {sign} {shown(abs(more))} = {shown(score)}"


def earned(part: int, whole: int, score: int | None) -> str:
    """Points earned of points possible, both hundredths."""
    return f"100 × {shown(part)} ÷ {shown(whole)} = {exact(100 * part, whole)} → {shown(score)}"


def total(parts: list[tuple[int, int]], shown_total: int | None) -> str:
    """(score, weight) pairs: their exact sum, and the total as shown."""
    summed = exact(sum(score * weight for score, weight in parts), 100 * WHOLE)
    return f"{summed} → {shown(shown_total)}"


def shown(hundredths: int | None) -> str:
    return formats.hundredths(hundredths)
