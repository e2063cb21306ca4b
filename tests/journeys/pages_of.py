"""Every page of the portal as one person gets it, put before the browser without a server between them."""

import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.policy import POLICY
from tests.access.world import World

HOST = "http://paritrana.example"
OF_THE_LIBRARY = ("account_email", "account_change_password", "mfa_index", "mfa_activate_totp", "account_logout")
AT_THE_DOOR = ("account_login", "account_reset_password")
ATTRIBUTES = re.compile(r'\s(?:id|for|href|action|value|name|content|nonce|data-[\w-]+|aria-[\w-]+by)="[^"]*"')


class Page(NamedTuple):
    address: str
    response: HttpResponse


def addresses(world: World, persona: str) -> Iterator[str]:
    """Where the policy lets this person read, with the objects of Bali."""
    for name, rule in POLICY.items():
        if persona in rule.allow and "GET" in rule.methods:
            yield reverse(name, kwargs=rule.of(world.bali) if rule.of else {})
    for name in AT_THE_DOOR if persona == "anonymous" else OF_THE_LIBRARY:
        yield reverse(name)


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


def serve(context, shown: dict[str, HttpResponse]) -> None:
    """Answer the browser from memory: pages from ``shown`` by path with their own headers, files from their folders."""

    def answer(route):
        path = route.request.url.removeprefix(HOST)
        if found := shown.get(path):
            route.fulfill(status=200, headers=dict(found.items()), body=found.content)
        elif path.startswith("/static/") and (file := finders.find(path.removeprefix("/static/").partition("?")[0])):
            kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
            route.fulfill(status=200, content_type=kind, body=Path(file).read_bytes())
        else:
            route.fulfill(status=404, body="")

    context.route("**/*", answer)
