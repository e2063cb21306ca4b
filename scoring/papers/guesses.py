"""Whoever asks for codes that do not exist is slowed down: by address, over all servers, for known codes as well."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MOST = 20
SECONDS = 600
"""So many misses in so many seconds; each is forgotten on its own."""


def is_shut(request: HttpRequest) -> bool:
    return len(cache.get_many(_slots(request))) >= MOST


def missed(request: HttpRequest) -> None:
    """Take the next free slot: adding is one step of the database, two servers never take the same."""
    for slot in _slots(request):
        if cache.add(slot, 1, SECONDS):
            return


def _slots(request: HttpRequest) -> list[str]:
    return [f"guess:{_network(request)}:{number}" for number in range(MOST)]


def _network(request: HttpRequest) -> str:
    """The address; of IPv6 the part one subscriber holds."""
    found = ip_address(get_adapter().get_client_ip(request))
    if isinstance(found, IPv6Address):
        found = ip_network((found, 64), strict=False).network_address
    return str(found)
