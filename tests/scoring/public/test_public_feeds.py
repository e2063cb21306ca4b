"""The feeds, read back by readers that know nothing of the portal."""

import csv
import io
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from scoring.public.addresses import address
from tests.scoring.public import announced as make

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def bali():
    made = make.at_province("51", "Bali")
    make.announced(made, make.ranking(make.line("=PT A;B", 1, is_tied=True), make.line('PT "C", Tbk', 1, is_tied=True)))
    return made


def table(client, **query) -> list[dict[str, str]]:
    text = client.get(reverse("winners-csv"), query).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_json_and_csv_tell_the_same(client, bali):
    winners = client.get(reverse("winners-json")).json()["winners"]
    rows = table(client)

    assert [(row["name"], row["place"], row["shared"]) for row in winners] == [
        ("=PT A;B", 1, True),
        ('PT "C", Tbk', 1, True),
    ]
    assert [list(row) for row in rows] == [list(row) for row in winners]
    assert [row["region_code"] for row in rows] == [row["region_code"] for row in winners] == ["51.01", "51.01"]


def test_a_name_a_spreadsheet_would_compute_stays_text(client, bali):
    assert [row["name"] for row in table(client)] == ["'=PT A;B", 'PT "C", Tbk']


def test_feeds_name_their_language_and_speak_it(client, bali):
    told = {code: client.get(address("winners-json", language=code)).json() for code in ("id", "en")}
    feeds = {
        code: ElementTree.fromstring(client.get(address("winners-atom", language=code)).content)
        for code in ("id", "en")
    }

    assert {code: document["language"] for code, document in told.items()} == {"id": "id", "en": "en"}
    assert told["id"]["winners"][0]["award"] != told["en"]["winners"][0]["award"]
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert {code: feed.get(lang) for code, feed in feeds.items()} == {"id": "id", "en": "en"}


def test_atom_has_one_entry_for_each_announced_result(client, bali):
    feed = ElementTree.fromstring(client.get(reverse("winners-atom")).content)
    (entry,) = feed.findall(f"{ATOM}entry")

    assert entry.find(f"{ATOM}link").get("href") == f"http://127.0.0.1:8000/hasil/{bali.slug}/"
    assert "=PT A;B" in entry.find(f"{ATOM}summary").text


def test_a_feed_without_winners_is_the_same_whenever_it_is_asked_for(client):
    first, second = (client.get(reverse("winners-atom")).content for _ in range(2))

    assert (first, ElementTree.fromstring(first).findall(f"{ATOM}entry")) == (second, [])


def test_a_withdrawn_result_says_so_in_every_feed(client, bali):
    make.withdrawn(bali.seals.get())

    assert {row["withdrawn"] for row in client.get(reverse("winners-json")).json()["winners"]} == {True}
    assert {row["withdrawn"] for row in table(client)} == {"1"}


def test_the_sitemap_lists_pages_that_are_there_and_robots_names_it(client, bali):
    root = ElementTree.fromstring(client.get(reverse("sitemap")).content)
    found = [each.text.removeprefix("http://127.0.0.1:8000") for each in root.iter(f"{SITE}loc")]

    assert {client.get(each).status_code for each in found} == {200}
    assert {reverse("public-result", args=[bali.slug]), reverse("en:public-result", args=[bali.slug])} <= set(found)
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in client.get(reverse("robots")).content.decode()


def test_a_province_has_a_feed_of_its_own_and_its_page_leads_there(client, bali):
    papua = make.at_province("91", "Papua")
    make.announced(papua, make.ranking(make.line("PT Papua", code="91.01")))
    page = client.get(reverse("public-result", args=[papua.slug])).content.decode()
    own = f"{reverse('winners-atom')}?province=91"

    feed = ElementTree.fromstring(client.get(own).content)

    assert page.count(f'href="{own}"') == 2
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [str(papua)]
    assert feed.find(f"{ATOM}link[@rel='self']").get("href").endswith("?province=91")
    assert "Papua" in feed.findtext(f"{ATOM}title")


def test_a_filter_that_means_nothing_leaves_the_whole_feed(client, bali):
    whole, odd = (client.get(reverse("winners-atom"), query).content for query in ({}, {"province": "tidak-ada"}))

    assert odd == whole
