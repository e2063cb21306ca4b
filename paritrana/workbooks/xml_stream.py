"""XML parts read element by element, by local names: spreadsheet programs write one vocabulary under two families of
namespaces ("transitional" and "strict").

``archive`` has refused document types before, so no part declares entities.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import IO, cast
from xml.etree.ElementTree import Element, XMLPullParser  # nosec B405  (document types are refused before)

CHUNK = 64 * 1024


def elements(part: IO[bytes], *wanted: str, begun: str = "") -> Iterator[tuple[list[str], Element]]:
    """Each outermost element of a wanted name once it is complete; of the name ``begun``, when it begins.

    With the names of the elements it stands in, its own last. Nothing is kept of what was handed on or not wanted.
    """
    inside: list[Element] = []
    path: list[str] = []
    kept: Element | None = None
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))  # nosec B314  (see above)
    while chunk := part.read(CHUNK):
        parser.feed(chunk)
        for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
            if kept is not None:
                if element is not kept:
                    continue
                yield path, element
                kept = None
            elif event == "start":
                inside.append(element)
                path.append(local(element.tag))
                if path[-1] in wanted:
                    kept = element
                elif path[-1] == begun:
                    yield path, element
                continue
            inside.pop()
            path.pop()
            if inside:
                inside[-1].remove(element)
    parser.close()


@lru_cache(maxsize=1024)
def local(name: str) -> str:
    return name.rpartition("}")[2]


def named(element: Element, *names: str) -> list[Element]:
    """The children of these names."""
    return [child for child in element if local(child.tag) in names]


def value(element: Element, name: str) -> str:
    """An attribute by its local name; empty without it."""
    return next((text for key, text in element.items() if local(key) == name), "")
