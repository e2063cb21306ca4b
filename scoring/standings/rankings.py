"""A ranking as shown, printed and exported: live from the stored standings, or sealed from its seal."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import groupby
from typing import Any, Self, cast

from awards.models import Candidate, Selection, Title
from awards.models.editions import GOVERNMENTS
from awards.models.rubrics import Awarding, Grouping
from awards.models.selections import SelectionQuerySet
from regions.models import Region
from scoring.models import Seal, SpecialAward, Standing
from scoring.standings import explanations, prizes, store


@dataclass(frozen=True)
class Weighed:
    """A criterion in a title; ``weight`` in basis points."""

    slug: str
    name: str
    kind: str
    weight: int


@dataclass(frozen=True)
class RankingLine:
    """One contender: ``place`` and ``total`` (hundredths) are None without a rank; then ``reasons`` say why.

    ``honour`` is the plenary's reason for a special award, which has neither place nor total.
    """

    group: str
    group_order: int
    place: int | None
    is_tied: bool
    total: int | None
    code: str
    name: str
    region: str
    scores: dict[str, int | None]
    evidence: dict[str, dict[str, Any]]
    reasons: list[list[Any]]
    honour: str = ""
    decided_by: dict[str, Any] = field(default_factory=dict)

    @property
    def ranked(self) -> tuple[int, int]:
        """(place, total) of a contender that is ranked. Raises ValueError for one that is not."""
        if self.place is None or self.total is None:
            raise ValueError(f"{self.name} is not ranked")
        return self.place, self.total

    @property
    def group_name(self) -> str:
        return self.group or str(Grouping.ALL.label)

    @property
    def reason(self) -> str:
        return explanations.reasons(self.reasons)

    @property
    def definitions(self) -> set[str]:
        return set().union(*map(explanations.definitions, self.evidence.values()))


@dataclass(frozen=True)
class Group:
    name: str
    lines: list[RankingLine]


@dataclass(frozen=True)
class Ranking:
    """One title of one selection."""

    category_slug: str
    category: str
    slug: str
    name: str
    grouping: str
    awarding: str
    places: int
    harapan: int
    criteria: list[Weighed]
    lines: list[RankingLine]

    def named(self, words: Callable[[str], str]) -> Self:
        """A copy whose title, category and criteria have other names; groups keep theirs, decisions refer to them."""
        criteria = [replace(one, name=words(one.name)) for one in self.criteria]
        return replace(self, name=words(self.name), category=words(self.category), criteria=criteria)

    @property
    def path(self) -> str:
        return f"{self.category_slug}/{self.slug}"

    @cached_property
    def groups(self) -> list[Group]:
        """The ranked, by group, best first."""
        ranked = sorted(
            (line for line in self.lines if line.place),
            key=lambda line: (line.group_order, line.place, line.code, line.name),
        )
        named = groupby(ranked, key=lambda line: (line.group_order, line.group_name))
        return [Group(name, list(lines)) for (_order, name), lines in named]

    @cached_property
    def unranked(self) -> list[RankingLine]:
        unranked = (line for line in self.lines if not line.place and not line.honour)
        return sorted(unranked, key=lambda line: (line.group_order, line.code, line.name))

    @cached_property
    def winners(self) -> list[Group]:
        """The winners by group: shared places may make them more than the places. Special awards are one group."""
        if self.is_special:
            return [Group(str(Grouping.ALL.label), self.lines)] if self.lines else []
        return [Group(each.name, [line for line in each.lines if self.wins(line)]) for each in self.groups]

    @property
    def is_special(self) -> bool:
        return self.awarding == Awarding.SPECIAL

    def wins(self, line: RankingLine) -> bool:
        return bool(line.honour or (line.place and line.place <= self.places + self.harapan))

    @property
    def awarded(self) -> list[tuple[str, list[tuple[RankingLine, str]]]]:
        """The winners for a page: the group's name, and each line with its prize as text."""
        return [(group.name, [(line, self.prize_of(line)) for line in group.lines]) for group in self.winners]

    def equals(self, line: RankingLine) -> list[RankingLine]:
        """The others of the group with the same total, in the order of the places."""
        return [one for one in self._by_total.get((line.group, line.total), []) if one is not line]

    @cached_property
    def _by_total(self) -> dict[tuple[str, int | None], list[RankingLine]]:
        found: dict[tuple[str, int | None], list[RankingLine]] = {}
        for line in (line for group in self.groups for line in group.lines):
            found.setdefault((line.group, line.total), []).append(line)
        return found

    def tie_of(self, line: RankingLine) -> str:
        """Who has the same total and what decided, as text; empty without a tie, and for joint winners as equals."""
        if self.awarding == Awarding.JOINT and not line.decided_by:
            return ""
        others = [other.name for other in self.equals(line)]
        return explanations.tie(line.total or 0, others, line.decided_by) if others else ""

    def prize_of(self, line: RankingLine) -> str:
        return prizes.prize(self.awarding, self.places, self.harapan, line.place)

    @property
    def shows_regions(self) -> bool:
        """False when every region is the name itself."""
        return any(line.region != line.name for line in self.lines)

    @cached_property
    def usual_definitions(self) -> set[str]:
        """The definitions most figures have; figures with others get a remark."""
        counted: dict[str, int] = {}
        for line in self.lines:
            for definition in line.definitions:
                counted[definition] = counted.get(definition, 0) + 1
        return most_frequent(counted)

    def unusual_definitions(self, usual: set[str]) -> list[tuple[RankingLine, list[str]]]:
        remarks = ((line, sorted(line.definitions - usual)) for line in self.lines)
        return sorted(((line, odd) for line, odd in remarks if odd), key=lambda remark: remark[0].code)

    def document(self) -> dict[str, Any]:
        """As plain values, without copying what a line holds: thousands of lines are compared and sealed."""
        criteria, lines = ([_plain(one) for one in rows] for rows in (self.criteria, self.lines))
        return _plain(self) | {"criteria": criteria, "lines": lines}

    def bare(self) -> Self:
        """The winners alone, without anything their places were made from."""
        nothing: dict[str, Any] = {"scores": {}, "evidence": {}, "reasons": [], "decided_by": {}}
        lines = [replace(line, **nothing) for line in self.lines if self.wins(line)]
        return replace(self, criteria=[], lines=lines)

    @classmethod
    def read(cls, document: dict[str, Any]) -> Self:
        """The inverse of ``document``, also after conversion to and from JSON."""
        facts = dict(document)
        facts["criteria"] = [Weighed(**criterion) for criterion in facts["criteria"]]
        facts["lines"] = [RankingLine(**line) for line in facts["lines"]]
        return cls(**facts)


def _plain(row: Any) -> dict[str, Any]:
    """Its fields alone, not copied: whatever is cached beside them is no part of a document."""
    return {one.name: getattr(row, one.name) for one in fields(row)}


def most_frequent(counted: dict[str, int]) -> set[str]:
    most = max(counted.values(), default=0)
    return {definition for definition, times in counted.items() if times == most}


def ranking_from(selection: Selection, title: Title, rows: Iterable[Standing]) -> Ranking:
    """Rows need their nomination's candidate and region loaded; a special title is read from the awards given."""
    criteria = [
        Weighed(weight.criterion.slug, weight.criterion.name, weight.criterion.kind, weight.weight)
        for weight in title.weights.all()
    ]
    return Ranking(
        category_slug=title.rubric.category.slug,
        category=title.rubric.category.name,
        slug=title.slug,
        name=title.name,
        grouping=selection.grouping_of(title),
        awarding=title.awarding,
        places=title.places,
        harapan=title.harapan,
        criteria=criteria,
        lines=_honoured(selection, title) if title.awarding == Awarding.SPECIAL else [_line(row) for row in rows],
    )


def _honoured(selection: Selection, title: Title) -> list[RankingLine]:
    given = SpecialAward.objects.filter(selection=selection, title=title)
    return [
        _line(Standing(nomination=award.nomination), honour=award.reason)
        for award in given.select_related("nomination__candidate__region__parent")
    ]


def _line(row: Standing, honour: str = "") -> RankingLine:
    candidate = row.nomination.candidate
    region = candidate.region
    is_government = candidate.kind in GOVERNMENTS
    return RankingLine(
        group=row.group,
        group_order=row.group_order,
        place=row.place,
        is_tied=row.is_tied,
        total=row.total,
        code=region.code,
        name=name_of(candidate),
        region=_place_of(region, is_government),
        scores=row.scores,
        evidence=row.evidence,
        reasons=row.reasons,
        honour=honour,
        decided_by=row.decided_by,
    )


def name_of(candidate: Candidate) -> str:
    """Its name in a ranking: for a government that of its region."""
    return candidate.region.name if candidate.kind in GOVERNMENTS else candidate.name


def _place_of(region: Region, is_government: bool) -> str:
    """The location of a contender; for a government its province."""
    if region.is_province:
        return region.name
    province = cast(Region, region.parent)
    return province.name if is_government else f"{region.name}, {province.name}"


def live(selection: Selection, title: Title) -> Ranking:
    """From the stored standings; nothing is computed."""
    rows = Standing.objects.filter(selection=selection, title=title)
    return ranking_from(selection, title, rows.select_related("nomination__candidate__region__parent"))


def fresh(selection: Selection, titles: list[Title] | None = None) -> list[Ranking]:
    """Computed from the rows now, for exports and commands; stores nothing."""
    return [ranking_from(selection, title, rows) for title, rows in store.fresh(selection, titles)]


def sealed(seal: Seal) -> list[Ranking]:
    """From the sealed document; later changes are not included."""
    return [Ranking.read(document) for document in _outputs(seal)]


def _outputs(seal: Seal) -> list[dict[str, Any]]:
    return list(json.loads(seal.payload)["outputs"])


def titled(selection: Selection, name: str) -> Ranking:
    """The figures of one title: sealed or else stored; LookupError unless ``store.title_named`` knows ``name``."""
    if not selection.is_sealed:
        return live(selection, store.title_named(selection, name))
    found = [one for one in _outputs(selection.seal) if name in {one["slug"], f"{one['category_slug']}/{one['slug']}"}]
    found = [each for each in found if each["lines"]] or found
    if not found:
        raise LookupError(name)
    return Ranking.read(found[0])


def announced() -> SelectionQuerySet:
    """The selections the public may know the winners of, newest edition first."""
    public = Seal.objects.public().values("selection")
    rows = Selection.objects.filter(pk__in=public).select_related("edition", "province")
    return rows.order_by("-edition__period_end", "level", "province__code")
