"""The winners: stored beside the sealed document, so that pages read kilobytes, and who shares a place that matters."""

from collections.abc import Iterable
from typing import Any

from awards.models import Selection, Title
from awards.models.rubrics import Awarding
from scoring.models import Seal, SpecialAward, Standing
from scoring.standings import store
from scoring.standings.rankings import Ranking, RankingLine, sealed


def bare_winners(rankings: Iterable[Ranking]) -> list[dict[str, Any]]:
    """Every title with who won it, without anything a place was made from, and with how many competed for it."""
    return [{"title": each.bare().document(), "competing": len(each.lines)} for each in rankings]


def winners_of(seal: Seal) -> list[Ranking]:
    """Every title of a sealed result with its winners alone: a few kilobytes where the document has megabytes."""
    return [Ranking.read(each["title"]) for each in stored_winners(seal)]


def stored_winners(seal: Seal) -> list[dict[str, Any]]:
    """A seal written by a release that stored no winners is read from its document."""
    return list(bare_winners(sealed(seal)) if seal.winners is None else seal.winners)


def headings(selection: Selection, titles: list[Title] | None = None) -> list[tuple[str, str, str]]:
    """(path, title, category) of every title, those without contenders last."""
    if selection.is_sealed:
        stored = [(Ranking.read(each["title"]), each["competing"]) for each in stored_winners(selection.seal)]
        known = [(each.path, each.name, each.category, bool(competing)) for each, competing in stored]
    else:
        filled = set(Standing.objects.filter(selection=selection).values_list("title", flat=True).distinct().order_by())
        filled |= set(SpecialAward.objects.filter(selection=selection).values_list("title", flat=True).order_by())
        titles = store.titles_of(selection) if titles is None else titles
        known = [(store.path_of(each), each.name, each.rubric.category.name, each.pk in filled) for each in titles]
    return [row[:3] for row in sorted(known, key=lambda row: not row[3])]


def shares_a_place(ranking: Ranking, line: RankingLine) -> bool:
    """Whether sharing its place matters: joint winners are equals, unless they become more than the places."""
    if not line.is_tied or line.place is None or ranking.awarding != Awarding.JOINT:
        return line.is_tied
    others = sum(one.place == line.place for one in ranking.equals(line))
    return ranking.wins(line) and line.place + others > ranking.places
