"""All of Indonesia in one workbook: the national selection, and the provinces' winners by zone."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import cast

from django.utils.translation import gettext as _

from awards.models import Edition, Selection, ZoneProvince
from paritrana.display import formats
from scoring.exports.workbook.book import Book, BookColumn, book
from scoring.exports.workbook.cells import Cell
from scoring.models import Seal
from scoring.standings.winners import winners_of


def nation(
    edition: Edition,
    selections: Sequence[Selection],
    *,
    exporter: str,
    at: datetime,
    tell: Callable[[int, int], None],
) -> bytes:
    """``selections`` of the edition, sealed or not; only sealed ones have winners to show."""
    target = io.BytesIO()
    seals = {cast(int, seal.current_of_id): seal for seal in Seal.objects.filter(current_of__in=selections)}
    members = ZoneProvince.objects.filter(edition=edition).select_related("zone").order_by("zone__order")
    zone_of = {member.province_id: member.zone.name for member in members}
    title = _("Winners of all Indonesia: %(edition)s") % {"edition": edition}
    labels = [_("Example data")] if edition.is_example else []
    with book(target, title, labels=labels, exporter=exporter, at=at) as made:
        cover = made.sheet(_("Cover"))
        parts, done = _parts(selections, zone_of), 0
        rows: dict[str, list[list[Cell]]] = {name: [] for name in parts}
        for name, found in parts.items():
            for one in found:
                rows[name] += _winners(one, seals[one.pk]) if one.pk in seals else []
                tell(done := done + 1, len(selections))
        for name, lines in rows.items():
            made.table(made.sheet(name), f"{title} · {name}", _head(), lines)
        _overview(made, selections, seals, zone_of)
        cover.write_string(0, 0, title, made.big)
        facts: dict[str, Cell] = {
            _("Edition"): edition.label,
            _("Sealed"): _("%(sealed)d of %(all)d selections") % {"sealed": len(seals), "all": len(selections)},
            _("Exported"): formats.moment(at),
            _("Exported by"): exporter,
        }
        last = made.facts(cover, 2, facts)
        for row, label in enumerate(labels, last + 1):
            cover.write_string(row, 0, label, made.warning)
    return target.getvalue()


def _parts(selections: Sequence[Selection], zone_of: dict[int, str]) -> dict[str, list[Selection]]:
    """Sheet -> its selections: the national one first, then by zone, provinces without a zone last."""
    found: dict[str, list[Selection]] = {_("National"): [one for one in selections if one.province_id is None]}
    for name in dict.fromkeys(zone_of.values()):
        found[name] = [one for one in selections if one.province_id and zone_of.get(one.province_id) == name]
    found[_("In no zone")] = [one for one in selections if one.province_id and one.province_id not in zone_of]
    return {name: members for name, members in found.items() if members}


def _head() -> list[BookColumn]:
    names = [_("Selection"), _("Category"), _("Title"), _("Group"), _("Award")]
    columns = [
        BookColumn(_("Code")),
        BookColumn(_("Name")),
        BookColumn(_("Region")),
        BookColumn(_("Total"), "points"),
        BookColumn(_("Reason")),
    ]
    return [*map(BookColumn, names), BookColumn(_("Place"), "whole"), *columns]


def _winners(selection: Selection, seal: Seal) -> list[list[Cell]]:
    """From what is stored beside the sealed document, which has megabytes."""
    return [
        [
            *(selection.place_name, ranking.category, ranking.name, group.name, ranking.prize_of(line), line.place),
            *(line.code, line.name, line.region, None if line.total is None else line.total / 100, line.honour),
        ]
        for ranking in winners_of(seal)
        for group in ranking.winners
        for line in group.lines
    ]


def _overview(made: Book, selections: Sequence[Selection], seals: dict[int, Seal], zone_of: dict[int, str]) -> None:
    head = [_("Selection"), _("Zone"), _("Stage"), _("Sealed"), _("Digest (sha256)")]
    rows: list[list[Cell]] = []
    for one in selections:
        seal = seals.get(one.pk)
        sealed = [formats.moment(seal.sealed_at, one.zone_label), seal.digest] if seal else [formats.DASH, formats.DASH]
        zone = zone_of.get(one.province_id, formats.DASH) if one.province_id else _("National")
        rows.append([one.place_name, zone, one.get_stage_display(), *sealed])
    made.table(made.sheet(_("Selections")), _("Selections"), list(map(BookColumn, head)), rows)
