"""The meaning of a number in a workbook by its number format: plain number, percentage, date or time."""

import re
from datetime import date, datetime, timedelta

from paritrana.display.numbers import Percentage
from paritrana.workbooks.grid import Value, number_of

PLAIN, PERCENT, MOMENT = "", "percent", "moment"
_BUILT_IN = {
    **dict.fromkeys((9, 10), PERCENT),
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), MOMENT),
}
_SAID_LITERALLY = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_LEAP_DAY_OF_1900 = 60
"""Excel counts a 29 February 1900 that never was."""
_HIGHEST_SERIAL = 2_958_465
"""The last day of the year 9999."""


def kind_of(number: int, codes: dict[int, str]) -> str:
    """By the number of a format; ``codes`` are the formats the workbook defines itself."""
    if number not in codes:
        return _BUILT_IN.get(number, PLAIN)
    code = _SAID_LITERALLY.sub("", codes[number]).lower()
    if "%" in code:
        return PERCENT
    return MOMENT if "general" not in code and re.search("[dmyhs]", code) else PLAIN


def shown(number: float, kind: str, *, is_1904: bool = False) -> Value:
    """The number as displayed."""
    if kind == PERCENT:
        return Percentage.of(number)
    if kind == MOMENT:
        return _moment(number, is_1904)
    return number_of(number)


def _moment(serial: float, is_1904: bool) -> Value:
    if not 0 <= serial <= _HIGHEST_SERIAL:
        return number_of(serial)
    if serial < 1:
        return (datetime(1900, 1, 1) + timedelta(days=serial)).strftime("%H:%M:%S")  # noqa: DTZ001 (a time of day alone)
    return _day(int(serial), is_1904)


def _day(serial: int, is_1904: bool) -> date:
    if is_1904:
        return date(1904, 1, 1) + timedelta(days=serial)
    return date(1899, 12, 31 if serial < _LEAP_DAY_OF_1900 else 30) + timedelta(days=serial)
