"""Every page of the portal as one person got it, put before the browser once more."""

import mimetypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.policy import POLICY
from tests.access.policy_library import LIBRARY
from tests.access.world import World

ATTRIBUTES = re.compile(r'\s(?:id|for|href|action|value|name|content|nonce|data-[\w-]+|aria-[\w-]+by)="[^"]*"')


class Page(NamedTuple):
    address: str
    response: HttpResponse


def addresses(world: World, persona: str) -> Iterator[str]:
    """Where the policy lets this person read, with the objects of Bali."""
    for name, rule in POLICY.items():
        if persona in rule.allow and "GET" in rule.methods:
            yield reverse(name, kwargs=rule.of(world.bali) if rule.of else {})
    for name, page in LIBRARY.items():
        if page.is_for_everybody == (persona == "anonymous"):
            yield reverse(name, kwargs=page.arguments)


def pages(client: Client, world: World, persona: str) -> Iterator[Page]:
    """The answers that are whole pages; files, pictures, fragments and redirections are not."""
    for address in addresses(world, persona):
        response = client.get(address)
        is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html")
        if is_page and response.content.lstrip()[:9].lower() == b"<!doctype":
            yield Page(address, response)


def shape(page: Page) -> frozenset[str]:
    """Equal for pages made of the same kinds of elements: they have the same faults, or none.

    The frame around them is a person's own, so the home page brings it in whole.
    """
    whole = page.response.content.decode()
    inner = whole if page.address == reverse("home") else whole.partition("<main")[2].partition("</main>")[0]
    return frozenset(ATTRIBUTES.sub("", tag) for tag in re.findall(r"<[a-z][^>]*>", inner))


class FromMemory(BaseHTTPRequestHandler):
    """Pages by path with their own headers; files from their folders, and the browser may keep those."""

    protocol_version = "HTTP/1.1"
    shown: dict[str, HttpResponse] = {}

    def do_GET(self):
        path = self.path.partition("?")[0]
        if found := self.shown.get(self.path):
            self.answer(200, found.content, dict(found.items()))
        elif path.startswith("/static/") and (file := finders.find(path.removeprefix("/static/"))):
            kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
            self.answer(200, Path(file).read_bytes(), {"Content-Type": kind, "Cache-Control": "max-age=3600"})
        else:
            self.answer(404, b"", {})

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        """Say nothing."""


@contextmanager
def served(shown: dict[str, HttpResponse]) -> Iterator[str]:
    """The address at which a browser finds what ``shown`` holds by then."""
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (FromMemory,), {"shown": shown})) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
