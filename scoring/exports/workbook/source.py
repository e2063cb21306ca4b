"""The data of the winners workbook, read from the document that is (or would be) sealed, so that both agree.

Names of aspects come from the rubric: a document has their slugs alone.
"""

from collections import defaultdict, deque
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from awards.editions.english import texts_for_readers
from awards.models import Aspect, Edition
from scoring import verify_seal
from scoring.ranking import weighted
from scoring.standings.rankings import Ranking

Rules = dict[str, Any]
Place = tuple[str, int, str]
"""Region, year and segment of a coverage figure."""


@dataclass(frozen=True, eq=False)
class CategoryData:
    """One category: its criteria that are used, its contenders, and the rankings of its titles."""

    rules: Rules
    name: str
    criteria: list[Rules]
    contenders: list[Rules]
    rankings: list[Ranking]
    inputs: verify_seal.Inputs
    decisions: list[Rules]
    """What the plenary decided on ties of this category."""
    aspect_names: dict[str, str]

    @cached_property
    def row_of(self) -> dict[int, int]:
        """``id`` of a line -> the number of its contender; equal names are distinguished by their order."""
        found: dict[int, int] = {}
        for ranking in self.rankings:
            waiting: dict[tuple[str, str], deque[int]] = defaultdict(deque)
            for number, each in enumerate(self.contenders):
                waiting[each["region"], each["listed_as"]].append(number)
            for line in ranking.lines:
                found[id(line)] = waiting[line.code, line.name].popleft()
        return found

    @cached_property
    def regions(self) -> list[str]:
        """The location of each contender, as in its lines."""
        regions = {self.row_of[id(line)]: line.region for ranking in self.rankings for line in ranking.lines}
        return [regions.get(number, "") for number in range(len(self.contenders))]

    @cached_property
    def scores(self) -> list[dict[str, int | None]]:
        """Per contender every criterion's score in hundredths: as sealed, else computed from the document."""
        found: list[dict[str, int | None]] = [{} for _each in self.contenders]
        for ranking in self.rankings:
            for line in ranking.lines:
                found[self.row_of[id(line)]] |= line.scores
        for known, nomination in zip(found, self.contenders, strict=True):
            for one in self.criteria:
                if one["slug"] not in known:
                    known[one["slug"]] = verify_seal.score(self.inputs, one, nomination)
        return found

    @cached_property
    def aspects(self) -> dict[str, list[str]]:
        """Aspects used as tie rules -> the slugs of their criteria with a weight in the rubric."""
        named = {rule["aspect"] for title in self.rules["titles"] for rule in title["ties"] if "aspect" in rule}
        found: dict[str, list[str]] = {}
        for one in self.criteria:
            if one.get("aspect") in named and one["weight"]:
                found.setdefault(one["aspect"], []).append(one["slug"])
        return found

    def aspect_points(self, aspect: str) -> list[int | None]:
        """Per contender the points of an aspect in hundredths, by the rubric's weights; None if a score is missing."""
        if aspect not in self._points:
            weights = {one["slug"]: one["weight"] for one in self.criteria}
            self._points[aspect] = [_weighed(known, self.aspects[aspect], weights) for known in self.scores]
        return self._points[aspect]

    @cached_property
    def _points(self) -> dict[str, list[int | None]]:
        return {}

    @cached_property
    def named(self) -> dict[tuple[str, str], int]:
        return {(one["region"], one["name"]): number for number, one in enumerate(self.contenders)}

    def decisions_on(self, ranking: Ranking) -> list[Rules]:
        return [one for one in self.decisions if one["title"] == ranking.slug]

    def rules_of(self, ranking: Ranking) -> Rules:
        return next(title for title in self.rules["titles"] if title["slug"] == ranking.slug)


def _weighed(scores: dict[str, int | None], slugs: list[str], weights: dict[str, int]) -> int | None:
    parts = [(scores[slug], weights[slug]) for slug in slugs]
    known = [(score, weight) for score, weight in parts if score is not None]
    return weighted(known) if len(known) == len(parts) else None


@dataclass(frozen=True, eq=False)
class WorkbookSource:
    """The whole document: ``coverage`` by figure, ``contests`` by category."""

    document: Rules
    rankings: list[Ranking]
    contests: list[CategoryData]

    @classmethod
    def read(cls, document: Rules) -> Self:
        texts, aspects = _texts(document), _aspects(document)
        rankings = [Ranking.read(one).named(lambda words: texts.get(words, words)) for one in document["outputs"]]
        inputs = verify_seal.Inputs(document)
        contests = []
        for one in _rules(document):
            names = aspects.get((one["slug"], one["rubric_version"]), {})
            contests.append(_contest(document, one, rankings, inputs, texts, names))
        return cls(document, rankings, contests)

    @cached_property
    def year(self) -> int:
        return int(self.document["edition"]["coverage_year"])

    @cached_property
    def coverage(self) -> list[Rules]:
        return list(self.document["inputs"]["coverage"])

    @cached_property
    def coverage_rows(self) -> dict[Place, int]:
        return {(one["region"], one["year"], one["segment"]): row for row, one in enumerate(self.coverage)}


def _texts(document: Rules) -> dict[str, str]:
    """The English of the edition's words where the workbook is written in English."""
    edition = Edition.objects.filter(slug=document["edition"]["slug"]).first()
    found = texts_for_readers([edition.pk]) if edition else {}
    return {indonesian: english for (_edition, indonesian), english in found.items()}


def _aspects(document: Rules) -> dict[tuple[str, int], dict[str, str]]:
    """Category and version of its rubric -> slug -> name of its aspects, of which a sealed document has the slugs."""
    rows = Aspect.objects.filter(rubric__category__edition__slug=document["edition"]["slug"])
    found: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for category, version, slug, name in rows.values_list("rubric__category__slug", "rubric__version", "slug", "name"):
        found[category, version][slug] = name
    return found


def _rules(document: Rules) -> list[Rules]:
    return [one for one in document["rules"]["categories"] if any(title["weights"] for title in one["titles"])]


def _contest(
    document: Rules,
    rules: Rules,
    rankings: list[Ranking],
    inputs: verify_seal.Inputs,
    texts: dict[str, str],
    aspects: dict[str, str],
) -> CategoryData:
    own = [ranking for ranking in rankings if ranking.category_slug == rules["slug"]]
    weighed = {slug for title in rules["titles"] for slug in title["weights"]}
    named = {one.slug: one.name for ranking in own for one in ranking.criteria}
    said = {one["slug"]: one.get("name") or named.get(one["slug"], one["slug"]) for one in rules["criteria"]}
    criteria = [
        one | {"name": texts.get(said[one["slug"]], said[one["slug"]]), "trims": rules["trims"]}
        for one in rules["criteria"]
        if one["weight"] or one["slug"] in weighed
    ]
    contenders = [one for one in document["inputs"]["nominations"] if one["category"] == rules["slug"]]
    decisions = [one for one in document["inputs"]["decisions"] if one["category"] == rules["slug"]]
    name = own[0].category if own else rules["slug"]
    names = {slug: texts.get(aspect, aspect) for slug, aspect in aspects.items()}
    return CategoryData(rules, name, criteria, contenders, own, inputs, decisions, names)
