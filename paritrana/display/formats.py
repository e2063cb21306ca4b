"""Formats figures and moments in the active language; ``None`` is shown as a dash.

Units: *hundredths* are scores or percentages times 100, *basis points* are weights (100.00 % = 10000), as stored.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from operator import index
from zoneinfo import ZoneInfo

from django.utils import dateformat, formats, translation
from django.utils.translation import gettext as _

DASH = "–"
NARROW = "\N{NO-BREAK SPACE}"
ZONES = {"WIB": ZoneInfo("Asia/Jakarta"), "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}
_LABELS = {zone.key: label for label, zone in ZONES.items()}


def count(value: int | None) -> str:
    """1234567 -> "1.234.567" (id), "1,234,567" (en)."""
    return DASH if value is None else formats.number_format(index(value), decimal_pos=0, force_grouping=True)


def hundredths(value: int | None) -> str:
    """5868 -> "58,68" (id), "58.68" (en). TypeError for a float, which is not exact."""
    if value is None:
        return DASH
    return _with_decimals(index(value), 2)


def millionths(value: int | None) -> str:
    """The exact product of a score and a weight, two decimals at least:

    12500000 -> "12,50", 12345678 -> "12,345678".
    """
    if value is None:
        return DASH
    places = 6
    while places > 2 and value % 10 == 0:
        value, places = value // 10, places - 1
    return _with_decimals(value, places)


def _with_decimals(value: int, places: int) -> str:
    thousand, decimal = _separators(translation.get_language())
    whole, rest = divmod(abs(value), 10**places)
    return f"{'-' if value < 0 else ''}{f'{whole:,}'.replace(',', thousand)}{decimal}{rest:0{places}d}"


@cache
def _separators(language: str | None) -> tuple[str, str]:
    """Cached, since every figure of a page needs them."""
    return formats.get_format("THOUSAND_SEPARATOR", language), formats.get_format("DECIMAL_SEPARATOR", language)


def percent(value: int | None) -> str:
    """Hundredths of a percent, or basis points of a weight: 5868 -> "58,68 %"."""
    return DASH if value is None else f"{hundredths(value)}{NARROW}%"


def points(value: int | None) -> str:
    """Hundredths of a point: 5868 -> "58,68 poin"."""
    return DASH if value is None else _("%(figure)s points") % {"figure": hundredths(value)}


def signed(value: int | None) -> str:
    """Hundredths with their sign, zero without one: 327 -> "+3,27"."""
    return f"+{hundredths(value)}" if value is not None and value > 0 else hundredths(value)


def quotient(part: int, whole: int) -> int:
    """Share of ``part`` in ``whole`` as hundredths of a percent, rounded half up; both >= 0, ``whole`` > 0."""
    return (20000 * index(part) + index(whole)) // (2 * index(whole))


def day(value: date | None, zone: str = "") -> str:
    """9 Maret 2025; of a moment the day in a time zone, WIB, WITA or WIT."""
    if value is None:
        return DASH
    if isinstance(value, datetime) and zone:
        value = value.astimezone(ZONES[zone])
    return dateformat.format(value, "j F Y")


def clock(value: datetime | None, zone: str = "WIB") -> str:
    """14.30 WITA (id), 14:30 WITA (en); ``zone`` is WIB, WITA, WIT or the IANA name of one of them."""
    if value is None:
        return DASH
    label = _LABELS.get(str(zone), str(zone))
    pattern = "H.i" if (translation.get_language() or "").startswith("id") else "H:i"
    return f"{dateformat.format(value.astimezone(ZONES[label]), pattern)} {label}"


def moment(value: datetime | None, zone: str = "WIB") -> str:
    """9 Maret 2025 14.30 WITA; the day is the day in that time zone."""
    if value is None:
        return DASH
    label = _LABELS.get(str(zone), str(zone))
    return f"{day(value, label)} {clock(value, label)}"


def everywhere(value: datetime | None) -> str:
    """The moment in all three time zones: "9 Maret 2025 23.59 WIB / 10 Maret 2025 00.59 WITA / 01.59 WIT"."""
    if value is None:
        return DASH
    parts, days = [], [day(value, label) for label in ZONES]
    for place, label in enumerate(ZONES):
        is_same_day = place > 0 and days[place] == days[place - 1]
        time = clock(value, label).replace(" ", NARROW)  # a no-break space between time and zone
        parts.append(time if is_same_day else f"{days[place]} {time}")
    return " / ".join(parts)


def ranges(numbers: Iterable[int] | None, most: int | None = None) -> str:
    """2, 5, 6, 7 -> "2, 5–7"; of more than ``most`` runs the first."""
    if numbers is None:
        return DASH
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    named = [f"{first}–{last}" if first != last else str(first) for first, last in runs[:most]]
    return ", ".join([*named, "…"] if len(named) < len(runs) else named)
