"""The meaning of the words of published lists. Pure functions that never guess; a doubt is a code of ``QUESTIONS``."""

import re
import unicodedata
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from awards.models import PastAward
from awards.models.editions import CandidateKind
from awards.names import LEGAL_WORDS

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
    "candidate": _("the portal has a candidate of this name; is it the same?"),
    "namesake": _("another winner has this name; is it the same award?"),
    "shared": _("another candidate is published at the same place"),
    "differs": _("the sources differ about the place"),
}
"""What a person may have to settle about a past award."""

ZONES = {
    "sumatera": "Sumatera",
    "sumatra": "Sumatera",
    "jawa bali": "Jawa-Bali",
    "kalimantan": "Kalimantan",
    "sulawesi": "Sulawesi",
    "nusa tenggara maluku papua": "Nusa Tenggara-Maluku-Papua",
    "nusra maluku papua": "Nusa Tenggara-Maluku-Papua",
    "tanpa zona": "",
    "": "",
}
_ORDINALS = {
    word: number
    for number, words in enumerate(
        [
            "satu pertama kesatu i 1st first",
            "dua kedua ii 2nd second",
            "tiga ketiga iii 3rd third",
            "empat keempat iv 4th",
            "lima kelima v 5th",
            "enam keenam vi 6th",
            "tujuh ketujuh vii 7th",
            "delapan kedelapan viii 8th",
            "sembilan kesembilan ix 9th",
            "sepuluh kesepuluh x 10th",
        ],
        start=1,
    )
    for word in words.split()
}
_RANKED = {
    "juara",
    "ke",
    "peringkat",
    "urutan",
    "ranking",
    "rangking",
    "rank",
    "posisi",
    "tempat",
    "nomor",
    "no",
    "place",
}
"""Words that say no more than that a place follows."""
_JOINT = {"bersama", "joint", "seri"}

_VILLAGE = r"desa|kelurahan|gampong|kampung|nagari|kalurahan|pekon|pemdes"
_ENTERPRISE = (
    r"usaha|bu|perusahaan|koperasi|bank|lembaga|bumdes|bumd|perkreditan|kredit"
    r"|toko|pasar|pabrik|industri|layanan|umkm|ukm"
)
_KINDS = [
    (r"pemerintah provinsi|pemprov|provinsi", Kind.PROVINCE),
    (r"pemerintah kabupaten|pemerintah kota|pemkab|pemkot|kabupaten|kota", Kind.REGENCY),
    (_VILLAGE, Kind.VILLAGE),
    (r"perguruan tinggi|universitas|politeknik|institut|akademi|kampus", Kind.UNIVERSITY),
]
"""What an enterprise is never called by; whole words."""
_ENTERPRISES = [
    (r"layanan publik|pelayanan publik", Kind.PUBLIC_SERVICE),
    (r"mikro|usaha kecil|skala kecil|umkm|ukm", Kind.SMALL),
    (r"perusahaan|badan usaha|bu (?:skala )?(?:besar|menengah)", Kind.COMPANY),
]
"""The first that is found decides; small enterprises are called "badan usaha" too."""
_DOUBTS = ("tidak disebut", "tidak jelas", "tidak diketahui", "klaim")


class Won(NamedTuple):
    """What was won; ``place`` only where one was given."""

    prize: str
    place: int | None = None
    is_joint: bool = False
    questions: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Small letters and digits, one space between words."""
    return " ".join(re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKC", text).casefold()))


def without_remark(text: str) -> tuple[str, str]:
    """``Jember (sumber menulis Kota Jember)`` as the words and the remarks in round brackets.

    What belongs to a legal name stays: ``(Persero)``, and brackets with more of the name behind them.
    """
    remarks: list[str] = []

    def judge(bracket: re.Match[str]) -> str:
        is_name = plain(bracket[1]) in LEGAL_WORDS or re.search(
            r"\w", re.sub(r"\([^()]*\)", " ", text[bracket.end() :])
        )
        if is_name and bracket.start() > 0:
            return bracket[0]
        remarks.append(bracket[1].strip())
        return " "

    words = re.sub(r"\(([^()]*)\)", judge, text)
    return " ".join(words.split()), "; ".join(remarks)


def is_doubtful(remark: str) -> bool:
    return any(doubt in remark.casefold() for doubt in _DOUBTS)


def won(text: str) -> Won:
    """``1``, ``Juara pertama``, ``2 bersama``, ``harapan II``, ``terbaik zona``, ``penerima tunggal``, ``nominasi``."""
    bare, remark = re.sub(r"\([^()]*\)", " ", text), " ".join(re.findall(r"\(([^()]*)\)", text))
    words = plain(bare).split() or plain(text).split()
    is_joint = bool(_JOINT & {*words, *plain(remark).split()})
    numbers = {number for word in words if (number := _number(word))}
    said = {word for word in words if not _number(word)} - _JOINT - _RANKED
    if len(numbers) > 1:
        return Won(Prize.RECIPIENT, None, is_joint, ("prize",))
    number = next(iter(numbers), None)
    return _prize(said, number, is_joint, "juara" in words)


def _prize(said: set[str], number: int | None, is_joint: bool, is_winner: bool) -> Won:
    if said == {"harapan"}:
        return Won(Prize.HARAPAN, number, is_joint)
    if said in ({"terbaik"}, {"pemenang"}, set()) and number:
        return Won(Prize.PLACE, number, is_joint)
    if said == {"runner", "up"} and not number:
        return Won(Prize.PLACE, 2, is_joint)
    if said in ({"terbaik"}, {"terbaik", "zona"}) and not number:
        return Won(Prize.BEST, None, is_joint)
    if "khusus" in said:
        return Won(Prize.SPECIAL, number, is_joint)
    if said in ({"penerima", "tunggal"}, {"pemenang", "tunggal"}):
        return Won(Prize.RECIPIENT, None, is_joint)
    if said in ({"nominasi"}, {"nominator"}, {"nomine"}):
        return Won(Prize.NOMINEE)
    if said in ({"penerima"}, {"pemenang"}) or is_winner and not said:
        return Won(Prize.RECIPIENT, number, is_joint, () if number else ("place",))
    return Won(Prize.RECIPIENT, None, is_joint, ("prize",))


def _number(word: str) -> int | None:
    return _ORDINALS.get(word) or (int(word) if re.fullmatch("0?[1-9]|[1-9][0-9]", word) else None)


def kind_of(category: str) -> str:
    """The kind of candidate a category is for, by whole words; empty when they do not tell.

    Brackets explain: only the size of an enterprise is read from them.
    """
    everything = plain(category)
    words = plain(re.sub(r"\([^()]*\)", " ", category)) or everything
    if not _has(_ENTERPRISE, words):
        found = [kind for pattern, kind in _KINDS if _has(pattern, words)]
        return found[0].value if found else ""
    small = next((kind for pattern, kind in _ENTERPRISES[:2] if _has(pattern, words)), None)
    if small is None and _has(r"mikro|kecil|umkm|ukm", everything) and _has("usaha|perusahaan", words):
        small = Kind.SMALL
    found = [small] if small else [kind for pattern, kind in _ENTERPRISES if _has(pattern, words)]
    if found == [Kind.COMPANY] and _has(_VILLAGE, words):
        return ""
    return found[0].value if found else ""


def _has(pattern: str, words: str) -> bool:
    return re.search(rf"\b(?:{pattern})\b", words) is not None


def zone_of(text: str) -> str | None:
    """The zone's official name, empty for none; None when it is not one of the five."""
    words = re.sub(r"^(zona|wilayah|regional) ", "", plain(text))
    return ZONES.get(re.sub(r"\b(dan|zona)\b ?", "", words) if words != "tanpa zona" else words)


def sources_of(text: str) -> list[str]:
    """Several sources stand behind one another, parted by semicolons; none is listed twice."""
    return list(dict.fromkeys(source for part in text.split(";") if (source := part.strip())))
