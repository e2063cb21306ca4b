"""Zones are national: what a province prints of a result has none."""

from dataclasses import replace

from awards.models.rubrics import Grouping
from scoring.standings.rankings import Ranking


def without_zones(ranking: Ranking) -> Ranking:
    """What a province prints of a result that was sealed by zone, when provinces still were: no zone."""
    if ranking.grouping != Grouping.ZONE:
        return ranking
    return replace(ranking, grouping=Grouping.ALL, lines=[replace(line, group="") for line in ranking.lines])
