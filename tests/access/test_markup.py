"""What people typed is never markup: every text of the world holds some, and no page has it as a tag or attribute."""

from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import Error, models, transaction

from tests.access.conftest import frames_kept
from tests.access.languages import addresses

TYPED = "\"'><img src=x onerror=alert(1)>"
READ_BY_CODE = {"code", "slug", "key", "digest", "verb", "path", "email", "password", "session_key"}
"""Not typed by anybody, or typed and checked: an address, a name of a file in the storage, a key."""


def spoil() -> int:
    """Write markup into every text somebody types, except where a guard refuses it; the number of columns."""
    spoilt = 0
    for model in apps.get_models():
        if model._meta.app_label not in {"accounts", "regions", "awards", "scoring"}:
            continue
        for field in model._meta.local_concrete_fields:
            if is_typed(field):
                rows = [written(model, field, row) for row in model._base_manager.all()]  # every one is tried
                spoilt += any(rows)
    return spoilt


def is_typed(field: models.Field) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices and field.editable
    parts = set(field.name.split("_")) | {field.name}
    return is_text and parts.isdisjoint(READ_BY_CODE) and (field.max_length or 1_000) > len(TYPED) + 10


def written(model: type[models.Model], field: models.Field, row: models.Model) -> bool:
    try:
        with transaction.atomic():
            return bool(model._base_manager.filter(pk=row.pk).update(**{field.name: f"{TYPED}{row.pk}"}))
    except Error:  # a sealed row, or a rule of the database about this column
        return False


class _Finder(HTMLParser):
    found = False

    def handle_starttag(self, tag, pairs):
        self.found = self.found or any(name == "onerror" for name, _value in pairs)


def has_markup(html: str) -> bool:
    finder = _Finder()
    finder.feed(html)
    return finder.found


@pytest.mark.complete
@pytest.mark.once
def test_no_page_has_what_somebody_typed_as_markup(client, world):
    visits = [*addresses(world, apart=frozenset())]
    assert spoil() > 60
    found, read = [], 0

    for reader, address in visits:
        client.logout()
        if user := world.everywhere.get(reader) or world.bali.people.get(reader):
            client.force_login(user)
        with frames_kept():
            response = client.get(address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            read += 1
            found += [address] if has_markup(response.content.decode()) else []

    assert read > 100
    assert found == []


def test_the_search_notices_markup():
    assert has_markup(f"<p>{TYPED}</p>")
    assert has_markup(f'<input value="{TYPED}">')
    assert not has_markup("<p>&quot;&gt;&lt;img src=x onerror=alert(1)&gt;</p>")
