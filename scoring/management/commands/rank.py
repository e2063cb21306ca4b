"""``manage.py rank SELECTION TITLE``: compute the ranking of one title from the rows and print it."""

import csv
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from awards.models import Selection
from paritrana.schema import DatabaseCommand
from scoring.standings import rankings, store

COLUMNS = ["group", "place", "tied", "code", "name", "total"]


def selection_called(slug: str) -> Selection:
    """CommandError listing the selections when there is none of this name."""
    found = Selection.objects.select_related("edition", "province").filter(slug=slug).first()
    if found is None:
        names = ", ".join(Selection.objects.order_by("slug").values_list("slug", flat=True)) or "–"
        raise CommandError(
            _("There is no selection “%(slug)s”. Selections: %(names)s") % {"slug": slug, "names": names}
        )
    return found


class Command(DatabaseCommand):
    help = "Compute the ranking of a title afresh and print it; stores nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("selection", help="short name, as in 2024-nasional")
        parser.add_argument("title", help="short name, as in terbaik-coverage, or category/title")
        parser.add_argument("--format", choices=["table", "csv"], default="table")
        parser.add_argument("--criteria", action="store_true", help="one column per criterion")

    def handle(self, *args: Any, **options: Any) -> None:
        selection = selection_called(options["selection"])
        try:
            title = store.title_named(selection, options["title"])
        except store.UnknownTitle as error:
            raise CommandError(str(error)) from error
        (ranking,) = rankings.fresh(selection, [title])
        table = rows(ranking, with_criteria=options["criteria"])
        if options["format"] == "csv":
            csv.writer(self.stdout, lineterminator="\n").writerows(table)
        else:
            self.stdout.write("\n".join(aligned(table)))


def rows(ranking: rankings.Ranking, with_criteria: bool) -> list[list[str]]:
    """The header and one row per contender: ranked by group, place and code, then those without rank."""
    slugs = [criterion.slug for criterion in ranking.criteria] if with_criteria else []
    ranked = [line for group in ranking.groups for line in group.lines]
    table = [[*COLUMNS, *slugs, "reason"]]
    for line in [*ranked, *ranking.unranked]:
        place = "" if line.place is None else str(line.place)
        scores = [number(line.scores[slug]) for slug in slugs]
        facts = [line.group_name, place, str(int(line.is_tied)), line.code, line.name, number(line.total)]
        table.append([*facts, *scores, line.reason])
    return table


def number(hundredths: int | None) -> str:
    """5732 -> "57.32", the same in every language; None gives an empty text."""
    return "" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02d}"


def aligned(table: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
