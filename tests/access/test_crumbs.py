"""Where a page stands: one heading, a way back on which every link opens for its reader, and a title that says nothing
twice.
"""

import re
from html import unescape

import pytest
from django.urls import reverse

from tests.access.conftest import frames_kept
from tests.access.languages import addresses

TRAIL = re.compile(r'<nav class="crumbs".*?</nav>', re.DOTALL)
CRUMB = re.compile(r"<li(?: [^>]*)?>(.*?)</li>", re.DOTALL)
LINK = re.compile(r'<a href="([^"#]*)')
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def faults(html: str) -> list[str]:
    """What is wrong with heading, crumbs and title of a page."""
    crumbs = CRUMB.findall(TRAIL.search(html)[0])
    named = [words(each) for each in crumbs]
    titled = [part.strip() for part in re.split(r" [·–] ", words(TITLE.search(html)[1]))]
    found = {
        "headings": html.count("<h1") != 1,
        "nameless crumb": not all(named),
        "last crumb leads on": "<a " in crumbs[-1],
        "crumb twice": len(set(named)) < len(named),
        "title twice": len(set(titled)) < len(titled),
    }
    return [fault for fault, is_there in found.items() if is_there]


@pytest.mark.complete
@pytest.mark.once
def test_every_page_says_where_it_stands_and_its_crumbs_open_for_its_reader(client, world):
    found, read, opened = {}, 0, {}

    for reader, address in addresses(world):
        if address == reverse("home"):
            continue  # the top of every trail
        client.logout()
        if user := world.everywhere.get(reader) or world.bali.people.get(reader):
            client.force_login(user)
        with frames_kept():
            page = client.get(address)
            if page.status_code != 200 or 'class="frame"' not in (html := text_of(page)):
                continue
            read += 1
            for link in map(unescape, LINK.findall(TRAIL.search(html)[0])):
                if (reader, link) not in opened:
                    opened[reader, link] = client.get(link).status_code
                if opened[reader, link] not in {200, 302}:
                    found.setdefault(address, []).append(f"{reader}: {link}")
        if wrong := faults(html):
            found.setdefault(address, []).extend(wrong)

    assert read > 100
    assert found == {}


def text_of(page) -> str:
    is_page = page["Content-Type"].startswith("text/html") and not page.streaming
    return page.content.decode() if is_page else ""


@pytest.mark.parametrize(
    ("title", "crumbs", "heading", "wrong"),
    [
        ("Nilai · Bali – Paritrana", '<a href="/">Beranda</a></li><li aria-current="page">Nilai', "<h1>Nilai</h1>", []),
        ("Nilai – Paritrana", "Beranda</li><li>Nilai", "", ["headings"]),
        ("Nilai – Paritrana", 'Nilai</li><li><a href="/">Nilai</a>', "<h1>", ["last crumb leads on", "crumb twice"]),
        ("Bali · Bali – Paritrana", "Beranda</li><li>", "<h1>Bali</h1>", ["nameless crumb", "title twice"]),
    ],
)
def test_each_fault_of_a_page_is_noticed(title, crumbs, heading, wrong):
    html = f'<title>{title}</title><nav class="crumbs"><ol><li>{crumbs}</li></ol></nav>{heading}'

    assert faults(html) == wrong
