"""Converts a version of a rubric between rows and the normalised document of ``rubric_schema``."""

from typing import Any

from awards.models import (
    Answer,
    Aspect,
    Category,
    Contest,
    Criterion,
    Evidence,
    Exemption,
    Nomination,
    Rubric,
    TieRule,
    Title,
    TitleWeight,
)
from paritrana.accounts.models import User
from regions.models import Segment

_CRITERION = (
    ("slug", "name", "kind", "weight", "rules", "guidance")
    + ("evidence", "evidence_required", "minimum", "legal_basis")
)  # fmt: skip
_TITLE = ("slug", "name", "grouping", "awarding", "places", "harapan", "among_places")
EMPTY: dict[str, Any] = {"rubric": [], "titles": [], "trims": False}

TITLES = ("titles__weights__criterion", "titles__among", "titles__ties__aspect", "titles__ties__criterion")
"""The relations of titles that ``rubric_document`` reads."""


def rubric_document(rubric: Rubric) -> dict[str, Any]:
    """``{"rubric": [aspects], "titles": [titles], "trims": bool}``: equal documents mean equal rows."""
    return {
        "rubric": [
            {
                "slug": aspect.slug,
                "name": aspect.name,
                "criteria": [_criterion_document(criterion) for criterion in aspect.criteria.all()],
            }
            for aspect in rubric.aspects.all()
        ],
        "titles": [
            {
                **{key: getattr(title, key) for key in _TITLE},
                "among": title.among.slug if title.among else None,
                "weights": dict(sorted((row.criterion.slug, row.weight) for row in title.weights.all())),
                "ties": [{rule.kind: rule.named.slug} for rule in title.ties.all()],
            }
            for title in rubric.titles.all()
        ],
        "trims": rubric.trims,
    }


def _criterion_document(criterion: Criterion) -> dict[str, Any]:
    return {
        **{key: getattr(criterion, key) for key in _CRITERION},
        "segments": sorted(segment.code for segment in criterion.segments.all()),
    }


def present(category: Category) -> Rubric | None:
    """The latest version with everything ``rubric_document`` reads, in a fixed number of queries."""
    return category.rubrics.newest().prefetch_related("aspects__criteria__segments", *TITLES).first()


def write_rubric(
    category: Category, wanted: dict[str, Any], *, version: int, reason: str = "", by: User | None = None
) -> Rubric:
    """Create the rows of one version; ``wanted`` is a document read by ``rubric_schema``."""
    rubric = Rubric.objects.create(
        category=category, version=version, reason=reason, created_by=by, trims=wanted["trims"]
    )
    segments = {segment.code: segment for segment in Segment.objects.all()}
    for place, one in enumerate(wanted["rubric"], start=1):
        aspect = Aspect.objects.create(rubric=rubric, slug=one["slug"], name=one["name"], order=place)
        for order, row in enumerate(one["criteria"], start=1):
            fields = {key: row[key] for key in _CRITERION}
            criterion = Criterion.objects.create(aspect=aspect, order=order, **fields)
            criterion.segments.set(segments[code] for code in row["segments"])
    _write_titles(rubric, wanted["titles"])
    return rubric


def _write_titles(rubric: Rubric, wanted: list[dict[str, Any]]) -> None:
    criteria = {one.slug: one for one in Criterion.objects.filter(aspect__rubric=rubric)}
    aspects = {one.slug: one for one in rubric.aspects.all()}
    titles: dict[str, Title] = {}
    for order, one in enumerate(wanted, start=1):
        fields = {key: one[key] for key in _TITLE} | {"among": titles.get(one["among"] or "")}
        title = titles[one["slug"]] = Title.objects.create(rubric=rubric, order=order, **fields)
        TitleWeight.objects.bulk_create(
            TitleWeight(title=title, criterion=criteria[slug], weight=weight) for slug, weight in one["weights"].items()
        )
        TieRule.objects.bulk_create(
            TieRule(
                title=title,
                order=place,
                aspect=aspects[rule["aspect"]] if "aspect" in rule else None,
                criterion=criteria[rule["criterion"]] if "criterion" in rule else None,
            )
            for place, rule in enumerate(one["ties"], start=1)
        )


def erase(rubric: Rubric) -> None:
    """Delete a version that nothing refers to, see ``is_in_use``."""
    for title in rubric.titles.order_by("-order"):  # a title limited to another's winners comes after it
        title.delete()
    rubric.delete()


def is_answered_or_locked(rubric: Rubric) -> bool:
    return rubric.locked_at is not None or Answer.objects.filter(criterion__aspect__rubric=rubric).exists()


def is_in_use(rubric: Rubric) -> bool:
    """Whether marks, answers, evidence, nominations or a pinned selection refer to this version."""
    following = Contest.objects.filter(category=rubric.category_id, rubric=None)
    nominated = Nomination.objects.filter(category=rubric.category_id, selection__in=following.values("selection"))
    return (
        is_answered_or_locked(rubric)
        or rubric.contests.exists()
        or Evidence.objects.filter(criterion__aspect__rubric=rubric).exists()
        or Exemption.objects.filter(criterion__aspect__rubric=rubric).exists()
        or nominated.exists()
    )
