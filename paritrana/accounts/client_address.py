"""The address of the client that sent a request, behind a known number of trusted proxies."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address seen by the outermost trusted proxy; None where no address can be read.

    Every proxy appends the address it sees to X-Forwarded-For, so only the last ``PARITRANA_PROXIES`` entries are
    trusted; entries before them come from the browser. With fewer entries than proxies, the first entry is used.
    """
    proxies = settings.PARITRANA_PROXIES or 0
    seen = [entry for entry in request.headers.get("X-Forwarded-For", "").split(",") if entry.strip()]
    believed = seen[-proxies:][:1] if proxies else []
    for written in [*believed, request.META.get("REMOTE_ADDR", "")]:
        if found := _read(written.strip()):
            return found
    return None


def _read(written: str) -> str | None:
    """Parse an address with or without a port; IPv4 written as IPv6 counts as IPv4."""
    if written.startswith("["):
        written = written[1:].partition("]")[0]
    elif written.count(":") == 1:
        written = written.partition(":")[0]
    try:
        found = ip_address(written)
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(found)
