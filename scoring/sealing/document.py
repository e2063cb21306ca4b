"""The sealed document: the inputs, rules and outputs of a selection.

It has no primary keys and no names of jurors: anybody with the document can compute the result again without this
database.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any, Protocol

from django.db.models import F

from awards.criteria import answers
from awards.criteria.segments import untranslated
from awards.models import Nomination, Selection, Title
from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions.models import Coverage, Justification
from scoring.models import Seal, SealRequest, SubPanel, TieDecision
from scoring.sealing.review import Review
from scoring.standings import rankings, store
from scoring.standings.rankings import Ranking
from scoring.standings.scores import Field

FORMAT = Seal.Format.CUT


class DocumentInputs(Protocol):
    """What a document is made from: a review, the rows as they are, or a single title."""

    @property
    def fields(self) -> list[Field]: ...
    @property
    def rankings(self) -> list[Ranking]: ...


def document(
    selection: Selection, review: Review, *, request: SealRequest, seconded_by: User, number: int, at: datetime
) -> dict[str, Any]:
    """``request`` is the confirmed request."""
    return substance(selection, review) | {
        "format": FORMAT.value,
        "sealed_at": at.isoformat(),
        "number": number,
        "sealed_by": _person(request.asked_by),
        "seconded_by": _person(seconded_by),
        "decree": {"number": request.decree_number, "date": str(request.decree_date)},
        "trail_head": str(trail.head()),
        "remarks": {remark.code: len(remark.items) for remark in review.notes if remark.check.binds},
        "overrides": [
            {"code": one.code, "count": len(one.items), "reason": request.overrides[one.code]}
            for one in review.blockers
        ],
    }


def _person(user: User) -> dict[str, str]:
    return {"name": user.name, "office": user.office}


def substance(selection: Selection, review: DocumentInputs) -> dict[str, Any]:
    """Inputs, rules and outputs as in the review: the data of workbooks, sealed or not."""
    edition = selection.edition
    return {
        "selection": {
            "slug": selection.slug,
            "level": selection.level,
            "province": selection.province.code if selection.province else None,
        },
        "edition": {
            "slug": edition.slug,
            "label": edition.label,
            "coverage_year": edition.coverage_year,
            "is_example": edition.is_example,
        },
        "rules": rules(selection, review),
        "inputs": inputs(selection, review),
        "outputs": [ranking.document() for ranking in review.rankings],
    }


def rules(selection: Selection, of: DocumentInputs) -> dict[str, Any]:
    titles = store.titles_of(selection)
    zones, rooms = _zones(selection), _rooms(selection)
    found = {"zones": zones, "categories": [_rules(field, titles) for field in of.fields]}
    return found | {"rooms": rooms} if rooms else found


def inputs(selection: Selection, of: DocumentInputs) -> dict[str, Any]:
    return {
        "nominations": [_nomination(field, each) for field in of.fields for each in field.nominations],
        "coverage": _coverage(of.fields),
        "decisions": _decisions(selection, of),
    }


def _zones(selection: Selection) -> dict[str, list[str]]:
    zones = selection.edition.zones.prefetch_related("provinces")
    return {zone.name: sorted(province.code for province in zone.provinces.all()) for zone in zones}


def _rooms(selection: Selection) -> list[dict[str, Any]]:
    """The sub-panels with the numbers of their seats; without rooms there are none, and no entry."""
    rows = SubPanel.objects.filter(panel__selection=selection).select_related("category").prefetch_related("seats")
    return [
        {
            "room": one.room,
            "category": one.category.slug,
            "quorum": one.quorum,
            "seats": sorted(seat.order for seat in one.seats.all()),
        }
        for one in rows.order_by("room", "category__slug")
    ]


def _rules(field: Field, titles: list[Title]) -> dict[str, Any]:
    return {
        "slug": field.rubric.category.slug,
        "rubric_version": field.rubric.version,
        "trims": field.rubric.trims,
        "criteria": [
            {
                "slug": criterion.slug,
                "name": criterion.name,
                "aspect": criterion.aspect.slug,
                "kind": criterion.kind,
                "weight": criterion.weight,
                "segments": [segment.code for segment in criterion.segments.all()],
                "rules": criterion.rules,
            }
            for criterion in field.criteria
        ],
        "titles": [
            {
                "slug": title.slug,
                "grouping": field.selection.grouping_of(title),
                "awarding": title.awarding,
                "places": title.places,
                "harapan": title.harapan,
                "among": [title.among.slug, title.among_places] if title.among else None,
                "weights": {weight.criterion.slug: weight.weight for weight in title.weights.all()},
                "ties": [{rule.kind: rule.named.slug} for rule in title.ties.all()],
            }
            for title in titles
            if title.rubric_id == field.rubric.pk
        ],
    }


def _nomination(field: Field, nomination: Nomination) -> dict[str, Any]:
    evidence, interview = field.evidence, field.evidence.interviews.get(nomination.pk)
    slugs = {criterion.pk: criterion.slug for criterion in field.criteria}
    room = {"room": evidence.rooms[nomination.pk]} if nomination.pk in evidence.rooms else {}
    return room | {
        "category": field.rubric.category.slug,
        "region": nomination.candidate.region.code,
        "name": nomination.candidate.name,
        "listed_as": rankings.name_of(nomination.candidate),
        "scale": answers.DAY_LABOUR if nomination.candidate.is_day_labour else nomination.candidate.scale,
        "sector": nomination.sector.slug if nomination.sector else None,
        "state": nomination.state,
        "version": nomination.version,
        "answers": {
            slug: evidence.answers[nomination.pk, key]
            for key, slug in slugs.items()
            if (nomination.pk, key) in evidence.answers
        },
        "attendance": {"level": interview.attended, "online": interview.is_online} if interview else None,
        "marks": {
            slug: {str(seat): value for seat, value in evidence.marks[nomination.pk, key].items()}
            for key, slug in slugs.items()
            if (nomination.pk, key) in evidence.marks
        },
        "exemptions": {
            slug: evidence.exemptions[nomination.pk, key]
            for key, slug in slugs.items()
            if (nomination.pk, key) in evidence.exemptions
        },
    }


def _decisions(selection: Selection, review: DocumentInputs) -> list[dict[str, Any]]:
    """The plenary's decisions on ties that apply; candidates by ``[region, name]`` as in nominations."""
    used = {
        (ranking.path, line.group, line.decided_by["version"])
        for ranking in review.rankings
        for line in ranking.lines
        if line.decided_by.get("by") == "plenary"
    }
    named = {
        each.pk: [each.candidate.region.code, each.candidate.name]
        for field in review.fields
        for each in field.nominations
    }
    made = TieDecision.objects.filter(selection=selection).select_related("title__rubric__category", "decided_by")
    return [
        {
            "category": row.title.rubric.category.slug,
            "title": row.title.slug,
            "group": row.group,
            "tied": [named[key] for key in row.tied],
            "total": row.total,
            "agreed": [[named[key] for key in sharing] for sharing in row.agreed],
            "reason": row.reason,
            "votes": [row.votes_for, row.votes_against, row.votes_abstaining],
            "version": row.version,
            "decided_at": row.decided_at.isoformat(),
            "decided_by": _person(row.decided_by),
        }
        for row in made
        if (store.path_of(row.title), row.group, row.version) in used
    ]


def _coverage(fields: list[Field]) -> list[dict[str, Any]]:
    """The figures, each with its justifications."""
    figures = {figure.pk: figure for field in fields for figure in field.evidence.coverage.values()}
    ordered = sorted(figures.values(), key=lambda figure: (figure.region.code, figure.year, figure.segment.order))
    notes: dict[int, list[dict[str, str]]] = defaultdict(list)
    for note in Justification.objects.filter(coverage__in=figures, version=F("coverage__version")):
        notes[note.coverage_id].append({"code": note.code, "note": note.note})
    return [_figure(figure) | {"notes": notes[figure.pk]} for figure in ordered]


def _figure(figure: Coverage) -> dict[str, Any]:
    return {
        "region": figure.region.code,
        "year": figure.year,
        "segment": figure.segment.code,
        "participants": figure.participants,
        "workers": figure.workers,
        "definition": untranslated(figure.definition),
        "version": figure.version,
        "is_verified": figure.verified_at is not None,
    }
