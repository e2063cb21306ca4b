"""XML parts read as a stream, without trust: no document types, no entities, names without their namespaces.

Spreadsheet programs write one vocabulary under two families of namespaces ("transitional" and "strict"); its local
names are the same in both.
"""

from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _

from paritrana.workbooks.grid import Unreadable

CHUNK = 64 * 1024
Attributes = dict[str, str]


class XmlHandler:
    """What is done at each element; ``found`` collects what is ready to be handed on."""

    def __init__(self) -> None:
        self.found: list = []

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def stream(part: IO[bytes], handler: XmlHandler) -> Iterator:
    """What the handler finds, chunk by chunk."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: handler.start(_local(name), attributes)
    parser.EndElementHandler = lambda name: handler.end(_local(name))
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    is_last = False
    while not is_last:
        chunk = part.read(CHUNK)
        is_last = not chunk
        parser.Parse(chunk, is_last)
        ready, handler.found = handler.found, []
        yield from ready


def read(part: IO[bytes], start: Callable[[str, Attributes], None]) -> None:
    """Call ``start`` with every element of a small part."""
    handler = XmlHandler()
    handler.start = start  # type: ignore[method-assign]
    for _found in stream(part, handler):
        pass


def value(attributes: Attributes, name: str) -> str:
    """An attribute by its local name, whatever namespace it stands under."""
    return next((text for key, text in attributes.items() if key.rpartition(":")[2] == name), "")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_args: object) -> None:
    raise Unreadable(_("The workbook declares document types, which no spreadsheet program writes."))
