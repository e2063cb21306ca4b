"""Finds a region by a misspelled or shortened name: "jembarana", "kab. hst", "pare pare", "kalsel", "5103"."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from regions.models import Region

LONGEST = 80
CLOSE_ENOUGH = 0.5
NEARLY_AS_CLOSE = 0.08
SIMILAR = 0.7
"""Likeness from which a name may be misspelt; 1 is the name itself."""
_NOISE = {
    "kab": "kabupaten",
    "kabupatén": "kabupaten",
    "prov": "provinsi",
    "propinsi": "provinsi",
    "adm": "",
    "kep": "kepulauan",
}
_KINDS = {"kabupaten", "kota", "provinsi"}
_UNSPOKEN = {"administrasi", "kepulauan", "daerah"}


def normalise(text: str) -> str:
    """The form in which names and queries are compared: lower case letters and digits, single spaces."""
    plain = unicodedata.normalize("NFKD", text[: 2 * LONGEST]).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    return " ".join(filter(None, (_NOISE.get(word, word) for word in words)))


def find(text: str, limit: int = 20) -> list[Region]:
    """Regions that ``text`` may mean, best first, provinces before their kabupaten and kota; two queries.

    What is written right hides what is merely similar; a word for the kind ("kab.", "kota") keeps only that kind,
    unless nothing of that kind fits.
    """
    from regions.models import Region

    words = normalise(text).split()
    wanted = " ".join(word for word in words if word not in _KINDS)
    kinds = {word for word in words if word in _KINDS}
    if not wanted:
        return []
    other = other_names()
    scored = []
    for pk, code, kind, key, short in Region.objects.values_list("pk", "code", "kind", "search_key", "short_name"):
        names = {_bare(key)} | ({normalise(short)} if kind == "provinsi" or "administrasi" in key else set())
        penalty = min(_distance(wanted, name) for name in names)
        if wanted.replace(" ", "") == code.replace(".", ""):
            penalty = 0.0
        if wanted.replace(" ", "") in other.get(code, ()):
            penalty = min(penalty, 0.05 if kind == "provinsi" else 0.0)
        if penalty < 1:
            scored.append((penalty, bool(kinds) and kind not in kinds, kind != "provinsi", code, pk))
    if any(not foreign for _, foreign, *_rest in scored):
        scored = [row for row in scored if not row[1]]
    nearest = min((row[0] for row in scored), default=1.0)
    reach = CLOSE_ENOUGH if nearest < CLOSE_ENOUGH else nearest + NEARLY_AS_CLOSE
    scored = [row for row in scored if row[0] < reach]
    best = [row[-1] for row in sorted(scored)[:limit]]
    found = Region.objects.select_related("parent", "regional_office", "parent__regional_office").in_bulk(best)
    return [found[pk] for pk in best]


def _bare(key: str) -> str:
    """A normalised name without its kind."""
    return " ".join(word for word in key.split() if word not in _KINDS)


def _distance(wanted: str, name: str) -> float:
    """0 for the name itself, below CLOSE_ENOUGH for a part or an abbreviation of it, below 1 when similar, else 1."""
    joined, target = wanted.replace(" ", ""), name.replace(" ", "")
    if joined == target:
        return 0.0
    if name.startswith(wanted) or target.startswith(joined):
        return 0.1
    spoken = [word for word in name.split() if word not in _UNSPOKEN]
    if any(_abbreviates(joined, words) for words in (name.replace(" dan ", " ").split(), spoken)):
        return 0.2
    if f" {wanted}" in f" {name}" or all(f" {word}" in f" {name}" for word in wanted.split()):
        return 0.3
    if len(joined) >= 4 and joined in target:
        return 0.4
    alike = max(fuzz.ratio(joined, target), fuzz.ratio(joined, "".join(spoken))) / 100
    return 1.0 if alike < SIMILAR else 0.5 + (1 - alike) / 2


def _abbreviates(short: str, words: list[str]) -> bool:
    """Whether ``short`` is one beginning of every word after the other: "hst", "kalsel", "pangkep"."""
    if not words:
        return not short
    first, rest = words[0], words[1:]
    longest = 0
    while longest < min(len(first), len(short)) and first[longest] == short[longest]:
        longest += 1
    return len(words) <= len(short) and any(_abbreviates(short[n:], rest) for n in range(1, longest + 1))


@cache
def other_names() -> dict[str, set[str]]:
    """Nicknames and former names of the regions by their code, without spaces and without the kind."""
    from regions.naming import formers, nicknames

    found: dict[str, set[str]] = defaultdict(set)
    for code, name in [*nicknames(), *((former.code, former.name) for former in formers())]:
        found[code].add(_bare(normalise(name)).replace(" ", ""))
    return dict(found)
