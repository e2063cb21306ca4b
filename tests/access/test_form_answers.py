"""What every form answers: in the language of its reader, and an empty box by its own name."""

import copy
from http.cookies import SimpleCookie
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.translation import gettext

from tests.access.languages import APART, READERS, addresses, foreign_to, words_of
from tests.access.page_forms import forms_of
from tests.access.personas import whoever
from tests.access.policy import POLICY
from tests.once import taken_back

GENERAL = "This field is required."
KEPT = {"account_logout", "set_language", "theme"}
"""Frame of every page: leaving, its language and its colours."""
LETTERS = {"letter-retry", "person-share-link", "chair-nudge-share"}
"""They show a letter or a message as it was written, in the language of whoever gets it."""


def reader_of(rule):
    writers = rule.allow if rule.write is None else rule.write
    return next((each for each in READERS if each in writers), None)


def is_page(response):
    return response.status_code < 500 and response.get("Content-Type", "").startswith("text/html")


class FormSender:
    """Reads and sends as any persona of the world, in one language; nothing of what is sent stays."""

    def __init__(self, client, world, language):
        self.client, self.world, self.language = client, world, language
        self.cookies: dict[str, SimpleCookie] = {}

    def become(self, persona):
        if persona not in self.cookies:
            self.client.logout()
            self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = self.language
            if user := whoever(self.world, persona):
                self.client.force_login(user)
            self.cookies[persona] = copy.deepcopy(self.client.cookies)
        self.client.cookies = copy.deepcopy(self.cookies[persona])

    def read(self, persona, address):
        self.become(persona)
        return self.client.get(address)

    def send(self, persona, address, body):
        self.become(persona)
        with taken_back():
            return self.client.post(address, body, follow=True)


def visits(visitor):
    """(persona, address, body): nothing at all, as no page sends it; every form empty, and as it is."""
    known = set()
    for name, rule in POLICY.items():
        if "POST" in rule.methods and name not in APART | KEPT and (persona := reader_of(rule)):
            yield persona, reverse(name, kwargs=rule.of(visitor.world.bali) if rule.of else {}), {}
    for persona, page in addresses(visitor.world):
        response = visitor.read(persona, page)
        for form in forms_of(response.content.decode()) if is_page(response) else ():
            address = urljoin(page, form.action)
            key = address.partition("?")[0], frozenset(form.values())
            if form.is_post and key not in known and address not in map(reverse, KEPT):
                known.add(key)
                yield persona, address, form.emptied()
                yield persona, address, form.values()


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("language", ["id", pytest.param("en", marks=pytest.mark.complete)])
def test_every_answer_speaks_its_readers_language_and_names_the_empty_box(client, world, language):
    visitor, foreign = FormSender(client, world, language), foreign_to(language)
    with translation.override(language):
        general = gettext(GENERAL)
    found, read = set(), 0

    for persona, address, body in visits(visitor):
        response = visitor.send(persona, address, body)
        if is_page(response) and resolve(address.partition("?")[0]).url_name not in LETTERS:
            read += 1
            words = words_of(response.content.decode())
            found |= {f"{address}: {each}" for each in foreign(words)}
            found |= {f"{address}: {each}" for each in words if body and general in each}

    assert read > 200
    assert not found, "\n".join(sorted(found))
