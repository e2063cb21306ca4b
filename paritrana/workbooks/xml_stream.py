"""XML parts read element by element, by local names: spreadsheet programs write one vocabulary under two families of
namespaces ("transitional" and "strict").

``archive`` has refused document types before, so no part declares entities.
"""

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, iterparse  # nosec B405  (document types are refused before)


def elements(part: IO[bytes], *wanted: str, begun: str = "") -> Iterator[tuple[list[str], Element]]:
    """Each outermost element of a wanted name once it is complete; of the name ``begun``, when it begins.

    With the names of the elements it stands in, its own last. Nothing is kept of what was handed on or not wanted.
    """
    inside: list[Element] = []
    path: list[str] = []
    kept = 0
    for event, element in iterparse(part, ("start", "end")):  # nosec B314  (see above)
        if event == "start":
            inside.append(element)
            path.append(local(element.tag))
            kept += path[-1] in wanted
            if path[-1] == begun and not kept:
                yield path, element
            continue
        if path[-1] in wanted:
            kept -= 1
            if not kept:
                yield path, element
        inside.pop()
        path.pop()
        if inside and not kept:
            inside[-1].remove(element)


def local(name: str) -> str:
    return name.rpartition("}")[2]


def named(element: Element, *names: str) -> list[Element]:
    """The children of these names."""
    return [child for child in element if local(child.tag) in names]


def value(element: Element, name: str) -> str:
    """An attribute by its local name; empty without it."""
    return next((text for key, text in element.items() if local(key) == name), "")
