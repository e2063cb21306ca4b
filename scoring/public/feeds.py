"""The announced winners as JSON, CSV and Atom for other programs; nothing else is listed or counted."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from paritrana.display.links import absolute
from scoring.public import open_data
from scoring.public.addresses import address
from scoring.public.announced import Announcement, Winner, zone_of

COLUMNS = (
    *("edition", "period_start", "period_end", "selection", "level", "category", "title", "zone", "group", "award"),
    *("place", "shared", "name", "region_code", "region", "reward", "announced_at", "withdrawn", "example", "url"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def row(winner: Winner, zones: dict[tuple[int, str], str]) -> dict[str, Any]:
    """One award as plain values; the total only where the selection publishes it."""
    selection, ranking, line = winner.selection, winner.ranking, winner.line
    zone = "" if selection.province_id else zone_of(winner, zones)  # what a province awards belongs to no zone
    values = (
        *(selection.edition.label, selection.edition.period_start, selection.edition.period_end),
        *(selection.place_name, selection.level, ranking.category, ranking.name),
        *(zone or None, winner.group or None, winner.prize),
        *(line.place, line.is_tied, line.name, line.code, line.region, winner.reward or None),
        *(winner.announcement.at.isoformat(), winner.announcement.is_withdrawn, selection.edition.is_example),
        absolute(address("public-result", selection.slug)),
    )
    made = dict(zip(COLUMNS, values, strict=True))
    return made if line.total is None else made | {"total": f"{line.total // 100}.{line.total % 100:02d}"}


def as_json(winners: Iterable[Winner], zones: dict[tuple[int, str], str], language: str) -> str:
    document = {
        "title": _("Winners of the Paritrana Award"),
        "language": language,
        "source": absolute(address("public-results")),
        "licence": open_data.LICENCE,
        "attribution": open_data.ATTRIBUTION,
        "schema": absolute(address("winners-schema")),
        "winners": [row(winner, zones) for winner in winners],
    }
    return json.dumps(document, ensure_ascii=False, indent=1, default=str)


def as_csv(winners: Iterable[Winner], zones: dict[tuple[int, str], str]) -> bytes:
    """With semicolons and a mark for UTF-8, as Indonesian spreadsheets open it; text that a spreadsheet would compute
    is kept text."""
    paper = io.StringIO()
    sheet = csv.writer(paper, delimiter=";", lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    for winner in winners:
        values = row(winner, zones)
        sheet.writerow([_cell(values[name]) for name in COLUMNS])
    return paper.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


class _Feed(Atom1Feed):
    """An empty feed has the award's founding date, so that its bytes are always the same."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(2017, 1, 1, tzinfo=UTC)


def as_atom(
    announced: Iterable[Announcement], winners: Iterable[Winner], chosen: dict[str, tuple[str, str]], language: str
) -> str:
    """One entry for each announced result; a corrected one is a new entry. With a filter ``chosen``, those alone that
    it leaves a winner."""
    kept: dict[int, list[Winner]] = {}
    for winner in winners:
        kept.setdefault(winner.announcement.seal.pk, []).append(winner)
    query = "?" + urlencode({name: value for name, (value, _words) in chosen.items()}) if chosen else ""
    feed = _Feed(
        title=" · ".join([_("Winners of the Paritrana Award"), *(words for _value, words in chosen.values())]),
        link=absolute(address("public-results")) + query,
        description=_("Announced winners, selection by selection."),
        language=language,
        feed_url=absolute(address("winners-atom")) + query,
        author_name="BPJS Ketenagakerjaan",
    )
    for each in announced:
        if chosen and each.seal.pk not in kept:
            continue
        link = absolute(address("public-result", each.selection.slug))
        feed.add_item(
            title=str(each.selection),
            link=link,
            unique_id=f"{link}#{each.seal.digest[:12]}",
            description=_entry_html(each, kept.get(each.seal.pk, [])),
            pubdate=each.at,
            updateddate=each.at,
        )
    return feed.writeString("utf-8")


def _entry_html(announcement: Announcement, winners: Iterable[Winner]) -> str:
    remarks = [_("Example data")] if announcement.selection.edition.is_example else []
    remarks += [_("Withdrawn, a correction follows")] if announcement.is_withdrawn else []
    lines = format_html_join(
        "",
        "<li>{} · {}: {} – {}</li>",
        ((each.ranking.category, each.ranking.name, each.prize, each.line.name) for each in winners),
    )
    paragraphs = format_html_join("", "<p>{}</p>", ((remark,) for remark in remarks))
    return str(format_html("{}<ul>{}</ul>", paragraphs, lines))
