"""Results with invented winners, sealed and announced by rows alone: for what only reads them."""

import hashlib
import json

from django.db.models.functions import Now
from django.utils import timezone

from awards.models import Selection
from awards.stages import Stage
from scoring.models import Seal
from scoring.standings.rankings import Ranking, RankingLine
from tests import builders


def line(name: str, place: int | None = 1, *, group: str = "", code: str = "51.01", **more) -> RankingLine:
    facts = {"group_order": 0, "is_tied": False, "total": 8520 if place else None, "region": "Bali"}
    facts |= {"scores": {"pu": 8520}, "evidence": {}, "reasons": []}
    return RankingLine(**facts | {"group": group, "place": place, "code": code, "name": name} | more)


def ranking(*lines: RankingLine, title: str = "terbaik", category: str = "pemerintah", **more) -> Ranking:
    facts = {"grouping": "all", "awarding": "ranked", "places": 3, "harapan": 0, "criteria": []}
    names = {"slug": title, "name": title.title(), "category_slug": category, "category": category.title()}
    return Ranking(**facts | names | more, lines=list(lines))


def sealed(selection: Selection, *rankings: Ranking, **more) -> Seal:
    """Sealed, the next number; announced at once with ``public_from=Now()``."""
    payload = json.dumps({"outputs": [each.document() for each in rankings], "selection": selection.slug})
    signs = {"decree_number": "1", "decree_date": "2024-05-01", "sealed_at": timezone.now()}
    signs |= {"sealed_by": builders.person(), "seconded_by": builders.person()}
    Selection.objects.filter(pk=selection.pk).update(stage=Stage.SEALED)
    return Seal.objects.create(
        selection=selection,
        current_of=selection,
        number=selection.seals.count() + 1,
        payload=payload,
        digest=hashlib.sha256(payload.encode()).hexdigest(),
        **signs | more,
    )


def announced(selection: Selection, *rankings: Ranking, at=None) -> Seal:
    """Public from ``at`` on, or at once; the stage lags behind, as it may."""
    signs = {"public_from": at or Now(), "announced_at": timezone.now(), "announced_by": builders.person()}
    return sealed(selection, *rankings, **signs)


def withdrawn(seal: Seal) -> None:
    """Opened again by two people."""
    signs = {"reopened_at": timezone.now(), "reopened_by": builders.person(), "reopen_reason": "Salah hitung"}
    signs |= {"reopen_seconded_by": builders.person(), "current_of": None}
    Seal.objects.filter(pk=seal.pk).update(**signs)


def at_province(code: str, name: str, year: int = 2023, **more) -> Selection:
    return builders.selection(Stage.PLENARY, builders.edition(year, **more), builders.province(code, name))
