"""The result as a plain list for other systems: a workbook, a CSV file for Excel in this language, or JSON."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from scoring.exports.workbook.book import BookColumn, book
from scoring.standings.rankings import Group, Ranking, RankingLine

Entry = dict[str, Any]
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet read a text of a CSV file as a formula."""
LOOKS = {"place": "whole", "total": "points"}


def entries(rankings: Iterable[Ranking]) -> list[Entry]:
    """Everybody with a place or a special award; the keys are the columns. ``total`` is in points."""
    return [
        _entry(ranking, group, line)
        for ranking in rankings
        for group in (ranking.winners if ranking.is_special else ranking.groups)
        for line in group.lines
    ]


def _entry(ranking: Ranking, group: Group, line: RankingLine) -> Entry:
    return {
        "category": ranking.category_slug,
        "title": ranking.slug,
        "title_name": ranking.name,
        "group": group.name,
        "place": line.place,
        "shared": line.is_tied,
        "award": ranking.prize_of(line) if ranking.wins(line) else "",
        "code": line.code,
        "name": line.name,
        "region": line.region,
        "total": None if line.total is None else line.total / 100,
        "reason": line.honour,
    }


def as_json(found: list[Entry], facts: Entry) -> bytes:
    """``facts`` describe the selection; totals are numbers with at most two decimals."""
    return json.dumps(facts | {"entries": found}, ensure_ascii=False, indent=2).encode()


def as_csv(found: list[Entry]) -> bytes:
    """With a byte order mark; an apostrophe is added before texts that look like formulas.

    Semicolons and decimal commas; in English commas and decimal points.
    """
    point = get_format("DECIMAL_SEPARATOR")
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";" if point == "," else ",", lineterminator="\r\n")
    writer.writerow(found[0] if found else [])
    writer.writerows([_typed(value, point) for value in entry.values()] for entry in found)
    return target.getvalue().encode("utf-8-sig")


def _typed(value: Any, point: str) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", point)
    if isinstance(value, str) and value.startswith(FORMULAS):
        return f"'{value}"
    return "" if value is None else str(value)


def as_workbook(found: list[Entry], title: str, *, labels: list[str], exporter: str, at: datetime) -> bytes:
    target = io.BytesIO()
    with book(target, title, labels=labels, exporter=exporter, at=at) as made:
        names = found[0] if found else {"category": "", "title": ""}
        columns = [BookColumn(name, LOOKS.get(name, "text")) for name in names]
        rows = [[int(v) if isinstance(v, bool) else v for v in entry.values()] for entry in found]
        made.table(made.sheet(_("List")), title, columns, rows)
    return target.getvalue()
