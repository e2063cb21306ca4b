"""What a signed-in reader of English sees in place of words that were typed, such as those of an edition.

Only pages show it: whatever is written (seals, papers, the trail, files of an edition) keeps the words as they are.
A page may show several editions, and rows rarely know theirs: where two give a text to the same words, the newer one
stands.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import lazy


@dataclass
class _Page:
    """What a page says in English: ``texts`` are asked once something is to be said; ``is_read`` once it is made."""

    texts: Callable[[], Mapping[str, str]]
    is_read: bool


_page: ContextVar[_Page | None] = ContextVar("page in English", default=None)


@contextmanager
def page_in_english(texts: Callable[[], Mapping[str, str]], *, is_read: bool) -> Iterator[None]:
    """Within this block names are shown in English: at once if the request only reads, else from ``now_read`` on."""
    token = _page.set(_Page(texts, is_read))
    try:
        yield
    finally:
        _page.reset(token)


def now_read() -> None:
    """From here on the request only makes the page of its answer."""
    if page := _page.get():
        page.is_read = True


def in_english(words: str) -> str:
    """The English text of these words of an edition while a page in English is made; otherwise the words.

    A text of several lines has an English text for each of them.
    """
    page = _page.get()
    if page is None or not page.is_read or not (translation.get_language() or "").startswith("en"):
        return words
    texts = page.texts()
    return "\n".join(texts.get(line, line) for line in words.splitlines())


told_in_english = lazy(in_english, str)
"""The same for the label of a field: looked up when the page is made, not when the form is."""
