"""Every page is in one language: no words of the other one's catalogue stand on it."""

import re
from html import unescape

import polib
import pytest
from django.conf import settings
from django.urls import reverse

from awards.editions.english import terms_of, write_english
from awards.models import Edition
from tests.access.conftest import frames_kept
from tests.access.policy import POLICY
from tests.access.policy_public import PUBLIC
from tests.catalogue import SOURCE

READERS = ("admin", "committee", "juror", "branch", "officer", "chair", "secretary", "head", "auditor", "anonymous")
SPOKEN = re.compile(r"<(script|style|kbd)\b.*?</\1>|<[^>]*>", re.DOTALL)
NAMED = re.compile(r'\s(?:aria-label|title|placeholder|alt)="([^"]+)"')
PLACES = re.compile(r"%\(\w+\)[sd]|[{}<]")
"""A message with something to fill in stands on no page as it is written."""
PRINTS_WORDS = re.compile("/inggris/$|/dokumen/$")
"""The page that asks for the English of each word, and the list of certificates as they are printed."""
FAMILIAR = re.compile(r"\b(anda|kamu)\b", re.IGNORECASE)
"""The portal says Bapak/Ibu, or nobody."""
APART = {"style", "document-text", "check", "check-code", "letters", "announce-preview", *PUBLIC}
"""The page of components shows invented Indonesian words, documents are Indonesian, public pages (and their
preview) have an address in each language, and letters are shown as they were written.
"""


def words_of(html: str) -> set[str]:
    """Every text a page shows or reads aloud, piece by piece."""
    pieces = [*SPOKEN.sub("\n", html).split("\n"), *NAMED.findall(html)]
    return {" ".join(unescape(piece).split()) for piece in pieces}


@pytest.fixture(scope="module")
def catalogue():
    """(English, Indonesian) of more than one word that differ and are the words of one language only.

    Single words of the award are names of rows as well, and the world's rows are Indonesian in every language.
    """
    entries = [each for each in polib.pofile(str(SOURCE)) if each.msgstr and not PLACES.search(each.msgid)]
    english, indonesian = ({getattr(each, side) for each in entries} for side in ("msgid", "msgstr"))
    # The switch names every language in that language; the world's practice candidate has these words.
    same = {"Bahasa Indonesia", "Kandidat latihan"}
    sentences = {each for each in indonesian - english if " " in each} - same
    return {each for each in english - indonesian if " " in each}, sentences


def addresses(world):
    """(somebody who may read it, its address), once each."""
    for name, rule in POLICY.items():
        reader = next((each for each in READERS if each in rule.allow), None)
        if reader and "GET" in rule.methods and name not in APART:
            yield reader, reverse(name, kwargs=rule.of(world.bali) if rule.of else {})


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_speaks_the_other_language(client, world, catalogue, language):
    english, indonesian = catalogue
    foreign = indonesian if language == "en" else english
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    found, read = [], 0

    for reader, address in addresses(world):
        client.logout()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        if user := world.everywhere.get(reader) or world.bali.people.get(reader):
            client.force_login(user)
        with frames_kept():
            response = client.get(address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            read += 1
            words = words_of(response.content.decode())
            found += [f"{address}: {each}" for each in words & foreign]
            found += [f"{address}: {each}" for each in words if language == "id" and FAMILIAR.search(each)]

    assert read > 100
    assert found == [], "\n".join(found)


@pytest.mark.slow
@pytest.mark.once
def test_words_of_an_edition_with_an_english_text_are_spoken_on_every_page_in_english(client, world):
    terms = {words for edition in Edition.objects.all() for _part, found in terms_of(edition) for words in found}
    for edition in Edition.objects.all():
        write_english(edition, {words: f"English {number}" for number, words in enumerate(sorted(terms))})
    found, spoken = [], 0

    for reader, address in addresses(world):
        client.logout()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        if user := world.everywhere.get(reader) or world.bali.people.get(reader):
            client.force_login(user)
        with frames_kept():
            response = client.get(address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            pieces = {piece for words in words_of(response.content.decode()) for piece in words.split(" · ")}
            spoken += any(piece.startswith("English ") for piece in pieces)
            found += [f"{address}: {each}" for each in pieces & terms if not PRINTS_WORDS.search(address)]

    assert spoken > 50
    assert found == [], "\n".join(found)
