"""Candidates that may be the one just being typed: the same NPP, or a name alike in the same place."""

from __future__ import annotations

from difflib import SequenceMatcher

from awards.models import Candidate
from awards.models.candidates import CandidateQuerySet
from awards.models.editions import CandidateKind
from awards.names import name_key
from regions.models import Region

ALIKE = 0.82
"""Ratio of equal letters from which two names are shown beside each other; 1 is the same name."""
SHORTEST = 3
MOST = 5


def similar(
    among: CandidateQuerySet, kind: str, *, name: str, npp: str = "", region: Region | None, but: int | None = None
) -> list[Candidate]:
    """The likeliest of ``among`` (what the reader may see), best first; villages within their kabupaten/kota only,
    where one name is borne by many, others within their province."""
    rows = among.current().filter(kind=kind).exclude(pk=but).select_related("region")
    found = list(rows.filter(npp=npp)) if npp else []
    key = name_key(name)
    if region is None or len(key) < SHORTEST:
        return found
    same_place = {"region": region} if kind == CandidateKind.VILLAGE else {"region__code__startswith": region.code[:2]}
    scored = [(_likeness(key, row.name_key), row) for row in rows.filter(**same_place) if row not in found]
    alike = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1].name))
    return (found + [row for _score, row in alike])[:MOST]


def _likeness(one: str, other: str) -> float:
    """1 for one name, 0 for nothing in common; words in another order and a name inside another count as alike."""
    if one == other or sorted(one.split()) == sorted(other.split()):
        return 1.0
    if min(len(one), len(other)) >= 8 and (f" {one} " in f" {other} " or f" {other} " in f" {one} "):
        return 0.95
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0
