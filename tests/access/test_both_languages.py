"""Every page is in one language: no words of the other one's catalogue stand on it."""

import re

import pytest
from django.conf import settings

from awards.editions.english import terms_of, write_english
from awards.models import Edition
from tests.access.conftest import frames_kept
from tests.access.languages import addresses, foreign_to, words_of

PRINTS_WORDS = re.compile("/inggris/$|/dokumen/$")
"""The page that asks for the English of each word, and the list of certificates as they are printed."""
FAMILIAR = re.compile(r"\b(anda|kamu)\b", re.IGNORECASE)
"""The portal says Bapak/Ibu, or nobody."""


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_speaks_the_other_language(client, world, language):
    foreign = foreign_to(language)
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
            found += [f"{address}: {each}" for each in foreign(words)]
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
