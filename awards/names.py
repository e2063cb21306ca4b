"""Names as they are compared, for the form, the file of nominations and the list of winners alike.

``PT. Contoh Jaya, Tbk``, ``CONTOH JAYA P.T.`` and a ``РT`` with a Cyrillic letter in it are one name;
``CV Contoh Jaya`` is another. Equal names are no proof that two candidates are one:
see ``awards/candidates/duplicates.py``.
"""

import re
import unicodedata
from typing import NamedTuple

from rapidfuzz import fuzz

from paritrana.display.look_alikes import latin

LONGEST = 200
FORMS = {
    "pt": "pt", "perseroan terbatas": "pt",
    "cv": "cv", "persekutuan komanditer": "cv", "commanditaire vennootschap": "cv",
    "ud": "ud", "usaha dagang": "ud",
    "fa": "fa", "firma": "fa",
    "pd": "pd", "perusahaan daerah": "pd",
    "perumda": "perumda", "perusahaan umum daerah": "perumda",
    "perum": "perum", "perusahaan umum": "perum",
    "koperasi": "koperasi", "kop": "koperasi",
    "yayasan": "yayasan", "yys": "yayasan",
    "bumdes": "bumdes", "bum desa": "bumdes", "badan usaha milik desa": "bumdes",
}  # fmt: skip
"""Legal forms as they are written, by their short form. PDAM and BPR are none: they are part of the name."""
LAST = frozenset({"pt", "cv", "ud", "fa", "pd"})
"""Forms that may stand behind the name: ``Contoh Jaya, PT``."""
SHORT_FORMS = LAST | {"perum", "perumda"}
"""Forms people leave out when they speak of somebody; nobody leaves out that it is a Koperasi or a Yayasan."""
LEGAL_WORDS = frozenset({"tbk", "persero", "perseroda", "terbuka"})
"""Who owns it and where it is traded: written or left out, it is the same candidate."""
_LONGEST_FORM = max(len(form.split()) for form in FORMS)

_APOSTROPHES = "'’‘‛`´ʻʼʽʾʿˈ′＇‵"
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.)+[^\W\d_]\b")


class Name(NamedTuple):
    """The short legal form, empty where there is none, and the words of the name."""

    form: str
    words: tuple[str, ...]

    @property
    def bare(self) -> str:
        return " ".join(self.words)

    @property
    def key(self) -> str:
        return f"{self.form} {self.bare}".strip()[:LONGEST].strip()


def tidy(text: str) -> str:
    """The name as it is written down: one space between words, nothing that cannot be seen."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) not in ("Cf", "Cc") or letter.isspace())
    return " ".join(seen.split())


def read_name(text: str) -> Name:
    words = [_folded(word) for word in _words(text)]
    bare = [word for word in words if word not in LEGAL_WORDS] or words
    form, rest = _first_form(bare)
    if not form and len(bare) > 1 and bare[-1] in LAST:
        form, rest = bare[-1], bare[:-1]
    if not rest:
        form, rest = "", bare
    if not rest and text.strip():
        return Name("", (tidy(text).casefold(),))
    return Name(form, tuple(rest))


def name_key(text: str) -> str:
    """What two spellings of one name have in common: legal form and words, without case, accents and punctuation."""
    return read_name(text).key


def name_of_key(key: str) -> Name:
    """The name with this key, without reading its letters again."""
    words = key.split()
    form, rest = _first_form(words)
    return Name(form, tuple(rest)) if rest else Name("", tuple(words))


def likeness(one: Name, other: Name) -> float:
    """0 to 1, whatever the legal form; words in another order and a name inside another count as alike."""
    if sorted(one.words) == sorted(other.words):
        return 1.0
    shorter, longer = sorted((one.bare, other.bare), key=len)
    if len(shorter) >= 8 and f" {shorter} " in f" {longer} ":
        return 0.95
    joined = fuzz.ratio(one.bare.replace(" ", ""), other.bare.replace(" ", ""))
    return max(joined, fuzz.ratio(one.bare, other.bare)) / 100


def may_be_one(one: Name, other: Name) -> bool:
    """Whether nothing in the legal forms speaks against it: they are equal, or one is not told."""
    return one.form == other.form or not one.form or not other.form


def _words(text: str) -> list[str]:
    """The runs of letters, marks and digits of any script; single letters with dots between them are one."""
    plain = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", _APOSTROPHE.sub("", tidy(text))))
    plain = _INITIALS.sub(lambda found: found[0].replace(".", ""), plain).replace("&", " dan ")
    kept = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in plain)
    return kept.split()


def _folded(word: str) -> str:
    """The word in small Latin letters where every letter of it looks Latin; in its own script otherwise."""
    base = "".join(letter for letter in unicodedata.normalize("NFKD", latin(word)) if not _is_accent(letter))
    return (base if base.isascii() else unicodedata.normalize("NFKC", word)).casefold()


def _is_accent(letter: str) -> bool:
    return "\u0300" <= letter <= "\u036f"


def _first_form(words: list[str]) -> tuple[str, list[str]]:
    """The legal form the words begin with, written out, short, or in single letters, and the words behind it."""
    if len(words) > 1 and len(words[0]) == len(words[1]) == 1 and "".join(words[:2]) in LAST:
        return "".join(words[:2]), words[2:]
    for length in range(min(_LONGEST_FORM, len(words)), 0, -1):
        form = FORMS.get(" ".join(words[:length]))
        if form:
            return form, words[length:]
    return "", words
