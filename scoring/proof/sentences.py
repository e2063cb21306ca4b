"""Explains a place in one or two sentences."""

from typing import Any

from django.utils.translation import gettext as _

from paritrana.display import formats
from scoring.proof.basis import TitleBasis
from scoring.standings import explanations
from scoring.standings.rankings import Ranking, RankingLine

MOST_NAMED = 2
"""The largest number of criteria named as the difference."""


def why(basis: TitleBasis, line: RankingLine) -> list[str]:
    """The place with its total and lead; the criteria that made the difference; the tie rule that decided, if any."""
    ranking = basis.ranking
    if not line.place:
        return [_("Not ranked: %(reason)s") % {"reason": line.reason}]
    group = next(each for each in ranking.groups if line in each.lines)
    rivals = [other for other in group.lines if other is not line]
    sentences = [_place(ranking, line, rivals)]
    equals = [other.name for other in rivals if other.total == line.total]
    if equals:
        sentences.append(explanations.tie(line.ranked[1], equals, line.decided_by) + ".")
    rival = _nearest(line, rivals)
    if rival and rival.total != line.total:
        sentences.append(_difference(ranking, line, rival))
    return [sentence for sentence in sentences if sentence]


def named(ranking: Ranking, line: RankingLine) -> str:
    """Its prize, or its place without a prize."""
    return ranking.prize_of(line) or _("Rank %(number)s") % {"number": line.place}


def _nearest(line: RankingLine, rivals: list[RankingLine]) -> RankingLine | None:
    """Whom it is compared with: for the first the best behind, for others the last ahead."""
    place, _total = line.ranked
    ahead = [other for other in rivals if other.ranked[0] < place]
    behind = [other for other in rivals if other.ranked[0] > place]
    if ahead:
        return ahead[-1]
    return behind[0] if behind else None


def _place(ranking: Ranking, line: RankingLine, rivals: list[RankingLine]) -> str:
    values: dict[str, Any] = {"place": named(ranking, line), "total": formats.hundredths(line.total)}
    rival = _nearest(line, rivals)
    if rival is None or rival.total == line.total:
        return _("%(place)s with the total %(total)s.") % values
    values |= {"name": rival.name, "theirs": formats.hundredths(rival.total)}
    values["gap"] = formats.hundredths(abs(line.ranked[1] - rival.ranked[1]))
    if line.place == 1:
        return (
            _("%(place)s because its total of %(total)s is %(gap)s more than that of %(name)s (%(theirs)s).") % values
        )
    return _("%(place)s because its total of %(total)s is %(gap)s less than that of %(name)s (%(theirs)s).") % values


def _difference(ranking: Ranking, line: RankingLine, rival: RankingLine) -> str:
    """The one or two criteria with most of the lead, or of the gap."""
    sign = 1 if line.ranked[1] > rival.ranked[1] else -1
    pairs = [(line.scores[each.slug], rival.scores[each.slug], each) for each in ranking.criteria]
    gaps = [
        (sign * (own - theirs) * each.weight, each)
        for own, theirs, each in pairs
        if own is not None and theirs is not None
    ]
    most = sorted((gap for gap in gaps if gap[0] > 0), key=lambda gap: -gap[0])[:MOST_NAMED]
    if not most:
        return ""
    points = ", ".join(f"{each.name} ({'+' if sign > 0 else '−'}{_exact(gap)})" for gap, each in most)
    if sign > 0:
        return _("What made the difference: %(points)s.") % {"points": points}
    return _("What it was lacking: %(points)s.") % {"points": points}


def _exact(millionths: int) -> str:
    return explanations.contribution(millionths, 1)
