"""The days a text may mean that is not read as one, so that a refusal can propose them."""

import re
from datetime import date, timedelta

_STARTS = "jan feb,peb mar apr mei,may jun jul agu,ags,aug sep okt,oct nov,nop des,dec"
_MONTHS = {start: month for month, starts in enumerate(_STARTS.split(), 1) for start in starts.split(",")}
"""By their first letters, in Indonesian and English."""
_SERIAL = range(36_526, 54_789)
"""The days 2000 to 2049 as spreadsheets count them."""
_FIRST = date(1899, 12, 30)
_YEAR = "([0-9]{4}|[0-9]{2})"


def meant(typed: str) -> list[date]:
    """Two of 5/6/2024, where nobody knows whether the day or the month comes first."""
    return list(dict.fromkeys(day for day in _readings(typed) if day))


def _readings(typed: str) -> list[date | None]:
    if typed.isdecimal() and typed.isascii() and int(typed[:6]) in _SERIAL and len(typed) == 5:
        return [_FIRST + timedelta(days=int(typed))]
    text = re.sub(r"^[A-Za-z]{4,9}, ", "", typed)  # the day of the week
    if match := re.fullmatch(r"([0-9]{4})([/. -]?)([0-9]{1,2})\2([0-9]{1,2})", text, re.ASCII):
        return [_day(int(match[1]), int(match[3]), int(match[4]))]
    if match := re.fullmatch(rf"([0-9]{{1,2}})[/. -]([0-9]{{1,2}})[/. -]{_YEAR}", text, re.ASCII):
        day, month, year = int(match[1]), int(match[2]), _year(match[3])
        return [_day(year, month, day), _day(year, day, month)]
    if match := re.fullmatch(rf"([0-9]{{1,2}})[ .-]*([A-Za-z]{{3,10}})[ .,-]*{_YEAR}", text, re.ASCII):
        return [_day(_year(match[3]), _MONTHS.get(match[2][:3].lower(), 0), int(match[1]))]
    if match := re.fullmatch(r"([A-Za-z]{3,10}) ([0-9]{1,2}), ([0-9]{4})", typed, re.ASCII):
        return [_day(int(match[3]), _MONTHS.get(match[1][:3].lower(), 0), int(match[2]))]
    return []


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
