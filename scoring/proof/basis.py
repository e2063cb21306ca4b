"""The data behind one title: from the sealed document, or before the seal as it would be sealed now.

Pages that prove a result read nothing else, so they work alike for live and sealed figures.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from awards.criteria.kinds import KINDS
from awards.models import Criterion, Nomination, Selection, Title
from scoring import verify_seal
from scoring.sealing import document as sealing_document
from scoring.standings import rankings as standing_rankings
from scoring.standings import store
from scoring.standings.inputs import contenders, gather
from scoring.standings.rankings import Ranking, RankingLine, Weighed
from scoring.standings.scores import Field, field_of

Facts = dict[str, Any]


class _Shown(NamedTuple):
    """What a document is made from, as a review has it."""

    fields: list[Field]
    rankings: list[Ranking]


@dataclass(frozen=True, eq=False)
class TitleBasis:
    """One title: its ranking, and the rules and inputs of its category as in the sealed document."""

    ranking: Ranking
    document: Facts

    @cached_property
    def category(self) -> Facts:
        """The rules of the category: its criteria, titles, and whether marks are trimmed."""
        return self._named(self.document["rules"]["categories"], self.ranking.category_slug)

    @cached_property
    def title(self) -> Facts:
        """The rules of the title: its weights and tie rules."""
        return self._named(self.category["titles"], self.ranking.slug)

    @property
    def decisions(self) -> list[Facts]:
        """The plenary's decisions on ties of this title that apply."""
        of = (self.ranking.category_slug, self.ranking.slug)
        return [row for row in self.document["inputs"]["decisions"] if (row["category"], row["title"]) == of]

    @cached_property
    def criteria(self) -> dict[str, Facts]:
        return {criterion["slug"]: criterion for criterion in self.category["criteria"]}

    @cached_property
    def figures(self) -> dict[tuple[str, int, str], Facts]:
        """(region, year, segment) -> the coverage figure that was used."""
        rows = self.document["inputs"]["coverage"]
        return {(row["region"], row["year"], row["segment"]): row for row in rows}

    @cached_property
    def _nominations(self) -> dict[tuple[str, str], Facts]:
        rows = self.document["inputs"]["nominations"]
        mine = [row for row in rows if row["category"] == self.ranking.category_slug]
        return {(row["region"], row["listed_as"]): row for row in mine}

    def inputs_of(self, line: RankingLine) -> Facts:
        """The inputs of the contender of a line."""
        return self._nominations[line.code, line.name]

    def line_of(self, nomination: Nomination) -> RankingLine | None:
        """The line by region and name; for a candidate renamed after the seal, the only line of its region."""
        code, name = nomination.candidate.region.code, standing_rankings.name_of(nomination.candidate)
        here = [line for line in self.ranking.lines if line.code == code]
        named = [line for line in here if line.name == name] or here
        return named[0] if len(named) == 1 else None

    def score(self, line: RankingLine, slug: str) -> int | None:
        """Any criterion of the rubric, also one without weight in this title that breaks its ties."""
        if slug in line.scores:
            return line.scores[slug]
        criterion = self.criteria[slug] | {"trims": self.trims}
        return verify_seal.score(verify_seal.Inputs(self.document), criterion, self.inputs_of(line))

    def may_exceed_full(self, criterion: Weighed) -> bool:
        """Whether this criterion may earn more than 100.00 by the rules of the document."""
        rules, cuts = self.criteria[criterion.slug]["rules"], verify_seal.Inputs(self.document).cuts_shares
        return KINDS[criterion.kind].may_exceed_full(rules, cuts_shares=cuts)

    @property
    def trims(self) -> bool:
        return bool(self.category["trims"])

    @property
    def year(self) -> int:
        """The year whose coverage counts."""
        return int(self.document["edition"]["coverage_year"])

    @staticmethod
    def _named(rows: list[Facts], slug: str) -> Facts:
        return next(row for row in rows if row["slug"] == slug)


def basis_of(selection: Selection, name: str, *, only: Nomination | None = None) -> TitleBasis:
    """``name`` as in ``rankings.titled``; LookupError for an unknown title.

    Before the seal and with ``only``, the inputs are those of one nomination.
    """
    if selection.is_sealed:
        return TitleBasis(standing_rankings.titled(selection, name), json.loads(selection.seal.payload))
    title = store.title_named(selection, name)
    shown = standing_rankings.live(selection, title)
    field = _alone(selection, title, only) if only else field_of(selection, title.rubric)
    return TitleBasis(shown, sealing_document.substance(selection, _Shown([field], [shown] if only is None else [])))


def _alone(selection: Selection, title: Title, nomination: Nomination) -> Field:
    """The field with one contender and no columns: its scores are in its standing."""
    criteria = list(
        Criterion.objects.filter(aspect__rubric=title.rubric)
        .select_related("aspect")
        .order_by("aspect__order", "order")
        .prefetch_related("segments")
    )
    found = contenders(selection, title.rubric, criteria).filter(pk=nomination.pk)
    return Field(selection, title.rubric, list(found), criteria, [], gather(selection, title.rubric, found))
