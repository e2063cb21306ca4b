"""What a page says, and which of its words belong to the catalogue of the other language."""

import re
from collections.abc import Callable
from html import unescape

import polib
from django.urls import reverse

from tests.access.policy import POLICY
from tests.access.policy_public import PUBLIC
from tests.catalogue import SOURCE

READERS = ("admin", "committee", "juror", "branch", "officer", "chair", "secretary", "head", "auditor", "anonymous")
SPOKEN = re.compile(r"<(script|style|kbd)\b.*?</\1>|<[^>]*>", re.DOTALL)
NAMED = re.compile(r'\s(?:aria-label|title|placeholder|alt)="([^"]+)"')
PLACES = re.compile(r"%\(\w+\)[sd]|[{}<]")
"""A message with something to fill in stands on no page as it is written."""
FILLED = re.compile(r"%\(\w+\)[sd]|\{[^}]*\}|<[^>]*>")
SHORTEST = 14
APART = {"style", "document-text", "check", "check-code", "letters", "announce-preview", *PUBLIC}
"""The page of components shows invented Indonesian words, documents are Indonesian, public pages (and their
preview) have an address in each language, and letters are shown as they were written.
"""


def words_of(html: str) -> set[str]:
    """Every text a page shows or reads aloud, piece by piece."""
    pieces = [*SPOKEN.sub("\n", html).split("\n"), *NAMED.findall(html)]
    return {" ".join(unescape(piece).split()) for piece in pieces}


def foreign_to(language: str) -> Callable[[set[str]], set[str]]:
    """Tells which pieces of a page are sentences of the other language only: whole ones, or with something filled in.

    Single words of the award are names of rows as well, and the world's rows are Indonesian in every language.
    """
    entries = polib.pofile(str(SOURCE)).translated_entries()
    english = [words for each in entries for words in (each.msgid, each.msgid_plural) if words]
    indonesian = [words for each in entries for words in (each.msgstr, *each.msgstr_plural.values()) if words]
    own, other = (english, indonesian) if language == "en" else (indonesian, english)
    # The switch names every language in that language; the world's practice candidate has these words.
    apart = {*own, "Bahasa Indonesia", "Kandidat latihan"}
    whole = {each for each in other if " " in each and not PLACES.search(each)} - apart
    parts = {part for each in other if PLACES.search(each) for part in _fixed(each)}
    parts -= {part for each in own for part in _fixed(each)}

    def foreign(pieces: set[str]) -> set[str]:
        return {each for each in pieces if each in whole or any(part in each for part in parts)}

    return foreign


def _fixed(message: str) -> list[str]:
    """What stands between the places of a message: three words and more, which no name of a row has by chance."""
    parts = (" ".join(part.split()) for part in FILLED.split(message))
    return [part for part in parts if part.count(" ") >= 2 and len(part) > SHORTEST]


def addresses(world, apart=APART):
    """(somebody who may read it, its address), once each."""
    for name, rule in POLICY.items():
        reader = next((each for each in READERS if each in rule.allow), None)
        if reader and "GET" in rule.methods and name not in apart:
            yield reader, reverse(name, kwargs=rule.of(world.bali) if rule.of else {})
