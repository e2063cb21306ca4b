"""What the words of a published list mean. Pure functions: no rows, no guessing; a doubt is a code of ``QUESTIONS``."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from awards.models import PastAward
from awards.models.editions import CandidateKind

Prize = PastAward.Prize
Kind = CandidateKind

QUESTIONS = {
    "place": _("which place it was is not told"),
    "prize": _("what was won is not understood"),
    "category": _("what kind of candidate competed is not understood"),
    "name": _("the published name is incomplete or only claimed"),
    "province": _("the province is not understood"),
    "zone": _("the zone is not understood"),
    "region": _("the region is not understood, or several have this name"),
    "candidate": _("several candidates have this name"),
    "shared": _("another candidate is published at the same place"),
    "differs": _("the sources differ about the place"),
}
"""What a person may have to settle about a past award."""

ZONES = {
    "sumatera": "Sumatera",
    "jawa bali": "Jawa-Bali",
    "kalimantan": "Kalimantan",
    "sulawesi": "Sulawesi",
    "nusa tenggara maluku papua": "Nusa Tenggara-Maluku-Papua",
    "tanpa zona": "",
    "": "",
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3}
_KINDS = [
    (r"pemerintah provinsi", Kind.PROVINCE),
    (r"pemerintah kabupaten|pemerintah kota", Kind.REGENCY),
    (r"desa|kelurahan|gampong|kampung", Kind.VILLAGE),
    (r"perguruan tinggi|universitas", Kind.UNIVERSITY),
    (r"layanan publik|pelayanan publik", Kind.PUBLIC_SERVICE),
    (r"mikro", Kind.SMALL),
    (r"usaha kecil", Kind.SMALL),
    (r"perusahaan|badan usaha", Kind.COMPANY),
]
"""The first that is found in the words of a category decides; small enterprises are called "badan usaha" too."""
_DOUBTS = ("tidak disebut", "tidak jelas", "tidak diketahui", "klaim")


class Won(NamedTuple):
    """What was won; ``place`` only where one was told."""

    prize: str
    place: int | None = None
    is_joint: bool = False
    questions: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Small letters and digits, one space between words."""
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def without_remark(text: str) -> tuple[str, str]:
    """``Jember (sumber menulis Kota Jember)`` as the words and the remarks in round brackets."""
    remarks = re.findall(r"\(([^()]*)\)", text)
    return " ".join(re.sub(r"\([^()]*\)", " ", text).split()), "; ".join(remark.strip() for remark in remarks)


def is_doubtful(remark: str) -> bool:
    return any(doubt in remark.casefold() for doubt in _DOUBTS)


def won(text: str) -> Won:
    """``1``, ``2 bersama``, ``harapan 2``, ``terbaik zona``, ``terbaik khusus``, ``penerima tunggal``, ``nominasi``."""
    words = plain(without_remark(text)[0]).split()
    number = next((_number(word) for word in words if _number(word)), None)
    is_joint = "bersama" in words
    terms = {word for word in words if not _number(word)} - {"bersama", "juara", "ke", "peringkat"}
    if terms == {"harapan"}:
        return Won(Prize.HARAPAN, number, is_joint)
    if terms in ({"terbaik"}, set()) and number:
        return Won(Prize.PLACE, number, is_joint)
    if terms in ({"terbaik"}, {"terbaik", "zona"}) and not number:
        return Won(Prize.BEST, None, is_joint)
    if "khusus" in terms:
        return Won(Prize.SPECIAL, number, is_joint)
    if terms == {"penerima", "tunggal"} or terms == {"pemenang", "tunggal"}:
        return Won(Prize.RECIPIENT, None, is_joint)
    if terms in ({"nominasi"}, {"nominator"}, {"nomine"}):
        return Won(Prize.NOMINEE)
    if terms in ({"penerima"}, {"pemenang"}):
        return Won(Prize.RECIPIENT, number, is_joint, () if number else ("place",))
    return Won(Prize.RECIPIENT, number, is_joint, ("prize",))


def _number(word: str) -> int | None:
    return _ROMAN.get(word) or (int(word) if re.fullmatch("[1-9][0-9]?", word) else None)


def kind_of(category: str) -> str:
    """The kind of candidate a category is for; empty when the words do not tell."""
    words = plain(category)
    return next((kind.value for pattern, kind in _KINDS if re.search(pattern, words)), "")


def zone_of(text: str) -> str | None:
    """The zone in the award's own words, empty for none; None when it is not one of the five."""
    words = plain(text).removeprefix("zona ")
    return ZONES.get(re.sub(r"\b(dan|zona)\b ?", "", words) if words != "tanpa zona" else words)


def sources_of(text: str) -> list[str]:
    """Several sources stand behind one another, parted by semicolons."""
    return [source for part in text.split(";") if (source := part.strip())]
