"""Everything a newsroom needs of one announced result, in one file: texts, tables, pictures, in both languages."""

import io
import zipfile
from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify

from paritrana.display.links import absolute
from paritrana.uploads import stored_files
from scoring.models import WinnerStory
from scoring.public import feeds, open_data, pictures
from scoring.public.addresses import LANGUAGES, address
from scoring.public.announced import Announcement, announcements, zones_of
from scoring.public.stories import stories_of
from scoring.showcase.photos import stored_photo


def press_kit(announcement: Announcement) -> bytes:
    """A zip; the same announcement gives the same bytes."""
    paper = io.BytesIO()
    moment = announcement.at.timetuple()[:6]
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as kit:
        for name, content in _files(announcement):
            kit.writestr(zipfile.ZipInfo(name, moment), content, zipfile.ZIP_DEFLATED)
    return paper.getvalue()


def _files(announcement: Announcement) -> Iterator[tuple[str, bytes]]:
    stories = stories_of([announcement])
    rows = sorted(stories.values(), key=lambda row: str(row.nomination))
    for language in LANGUAGES:
        with translation.override(language):
            announcement = next(iter(announcements(pk=announcement.seal.pk)), announcement)
            yield f"{language}/{_word('teks', 'text')}.txt", _text(announcement, rows).encode()
            winners, zones = list(announcement.winners), zones_of([announcement])
            yield f"{language}/{_word('pemenang', 'winners')}.csv", feeds.as_csv(winners, zones)
            yield f"{language}/{_word('pemenang', 'winners')}.json", feeds.as_json(winners, zones, language).encode()
            yield f"{language}/{_word('gambar', 'picture')}.png", pictures.of_result(announcement)
    yield from _photos(rows)


def _word(indonesian: str, english: str) -> str:
    return english if translation.get_language() == "en" else indonesian


def _text(announcement: Announcement, rows: list[WinnerStory]) -> str:
    context = {
        "announcement": announcement,
        "selection": announcement.selection,
        "stories": rows,
        "licence": open_data.LICENCE,
        "attribution": open_data.ATTRIBUTION,
        "link": absolute(address("public-result", announcement.selection.slug)),
    }
    return render_to_string("scoring/public/press.txt", context)


def _photos(rows: list[WinnerStory]) -> Iterator[tuple[str, bytes]]:
    """Each with a line about what it shows and who took it; a damaged file is left out."""
    captions = []
    for story in rows:
        if not story.photo_key:
            continue
        name = f"foto/{slugify(str(story.nomination)) or story.nomination_id}-{story.nomination_id}.jpg"
        try:
            with stored_files.opened(stored_photo(story)) as content:
                yield name, content.read()
        except stored_files.Damaged:
            continue
        captions.append(f"{name}: {story.photo_alt} ({story.photo_credit or '-'})")
    if captions:
        yield "foto/foto.txt", "\n".join(captions).encode()
