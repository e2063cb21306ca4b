"""The chosen figure of the verification desk: its neighbours in the list, its past years, what the keys lead to."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from regions.models import Coverage

Row = dict[str, Any]
PAST_YEARS = 6


def chosen(rows: Sequence[Row], request: HttpRequest) -> dict[str, Any]:
    """The figure that was asked for, or the first; with the addresses of the one before and after it on the page."""
    if not rows:
        return {"chosen": None}
    asked = request.GET.get("figure")
    at = next((number for number, row in enumerate(rows) if str(row["figure"].pk) == asked), 0)
    after = rows[at + 1] if at + 1 < len(rows) else None
    return {
        "chosen": rows[at],
        "here_url": _address(rows[at], request),
        "past": _past(rows[at]["figure"]),
        "before_url": _address(rows[at - 1], request) if at else "",
        "after_url": _address(after, request) if after else "",
        "after": after["figure"].pk if after else "",
    }


def _address(row: Row, request: HttpRequest) -> str:
    query = request.GET.copy()
    query["figure"] = str(row["figure"].pk)
    return f"?{query.urlencode()}"


def _past(figure: Coverage) -> list[Coverage]:
    """The years before, newest first."""
    years = Coverage.objects.filter(region=figure.region, segment=figure.segment, year__lt=figure.year)
    return list(years.with_context().order_by("-year")[:PAST_YEARS])
