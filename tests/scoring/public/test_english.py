"""English texts of an edition are data: filled in on a page, kept in its file, and what public pages in English say."""

import re
from html import unescape

import polib
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.editions import english
from awards.editions.documents import edition_document, load_edition
from awards.editions.export import exported
from awards.models import EnglishText
from scoring.public.addresses import address
from tests import builders
from tests.catalogue import SOURCE
from tests.scoring.public import announced as make

pytestmark = pytest.mark.django_db

TEXTS = {
    "Periode 2023": "Period 2023",
    "Pemerintah Kabupaten": "Regency governments",
    "Terbaik": "Best",
    "Sektor Jasa": "Services",
    "Sumatera Raya": "Greater Sumatra",
    "PU": "Wage earners",
}
PAGES = ("home", "public-results", "public-map", "public-data", "past-winners", "public-calendar", "public-about")


@pytest.fixture
def bali():
    selection = make.at_province("51", "Bali")
    edition = selection.edition
    builders.title(builders.rubric(builders.category(edition, "pemerintah-kabupaten")))
    builders.zone(edition, "Sumatera Raya", selection.province)
    english.write_english(edition, TEXTS)
    return selection


@pytest.fixture
def announced(bali):
    line = make.line("PT Menang", group="Sektor Jasa")
    make.announced(bali, make.ranking(line, category="pemerintah kabupaten", grouping="sector"))
    return bali


def words(html: str) -> set[str]:
    html = re.sub(r"<(script|style)\b.*?</\1>", "\n", html, flags=re.DOTALL)
    shown = re.sub(r"<[^>]*>", "\n", html).split("\n")
    named = re.findall(r'\s(?:aria-label|title|placeholder|alt|content)="([^"]+)"', html)
    return {" ".join(unescape(piece).split()) for piece in [*shown, *named]}


def body(client, name, *args, language="en"):
    return client.get(address(name, *args, language=language)).content.decode()


def test_no_public_page_in_english_has_an_indonesian_text_that_has_an_english_one(client, announced):
    entries = [each for each in polib.pofile(str(SOURCE)) if " " in each.msgstr and "%(" not in each.msgid]
    english_ones = {each.msgid for each in entries}
    catalogue = {each.msgstr for each in entries} - english_ones - {"Bahasa Indonesia"}
    recipient = ("51.01", "pt-menang")
    bodies = {name: body(client, name) for name in PAGES}
    bodies["result"] = body(client, "public-result", announced.slug)
    bodies["recipient"] = body(client, "public-recipient", *recipient)

    for name, html in bodies.items():
        assert not words(html) & catalogue, name
        assert not [text for text in TEXTS if text != "PU" and text in html], name
    assert "Regency governments" in bodies["result"] and "Services" in bodies["result"]
    assert "Greater Sumatra" in bodies["public-about"]


def test_indonesian_pages_keep_the_words_of_the_award_and_what_has_no_english_is_shown_as_it_is(client, announced):
    assert "Pemerintah Kabupaten" in body(client, "public-result", announced.slug, language="id")

    EnglishText.objects.all().delete()

    assert "Pemerintah Kabupaten" in body(client, "public-result", announced.slug)


def test_the_texts_are_typed_on_one_page_saved_and_recorded(client, bali):
    edition = bali.edition
    client.force_login(builders.administrator())
    page = reverse("edition-english", args=[edition.slug])
    form = client.get(page).context["form"]
    box = next(name for name, text in form.names.items() if text == "Pemerintah Kabupaten")

    typed = {name: form[name].value() or "" for name in form.names}
    client.post(page, typed | {"seen": form["seen"].value(), box: "Regencies"})

    assert english.english_of(edition)["Pemerintah Kabupaten"] == "Regencies"

    answer = client.post(page, typed | {"seen": form["seen"].value(), box: "Districts"})

    assert answer.status_code == 409
    assert english.english_of(edition)["Pemerintah Kabupaten"] == "Regencies"


def test_they_are_exported_imported_and_copied_and_a_file_without_them_leaves_them(bali):
    document = exported(bali.edition)
    copy = load_edition(document | {"slug": "lain"})

    assert edition_document(copy)["english"] == english.english_of(bali.edition) == dict(sorted(TEXTS.items()))

    load_edition({key: value for key, value in exported(copy).items() if key != "english"})

    assert english.english_of(copy) == dict(sorted(TEXTS.items()))


@pytest.mark.parametrize("texts", [{"Terbaik": ""}, {"Terbaik": 5}, {"Terbaik": "x" * 601}, {"": "Best"}])
def test_texts_of_a_file_that_cannot_be_stored_are_named(bali, texts):
    with pytest.raises(ValidationError):
        load_edition(exported(bali.edition) | {"slug": "lain", "english": texts})
