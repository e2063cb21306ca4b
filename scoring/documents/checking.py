"""Checking a printed document: what was awarded, to whom and when, and whether a file equals the stored one.

The code of a result that is not announced gets the same answer as an unknown code.
"""

from dataclasses import dataclass
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from paritrana.display import formats
from scoring.documents.codes import grouped, understood
from scoring.models import Document, Seal
from scoring.models.seals import heavy_in

IN_FORCE, REPLACED, WITHDRAWN, REPRINT, BROKEN = "in-force", "replaced", "withdrawn", "reprint", "broken"


@dataclass(frozen=True)
class Checked:
    """``state`` is one of the codes above; ``facts`` are (label, value) pairs."""

    document: Document
    state: str
    facts: list[tuple[str, str]]

    def matches(self, digest: str) -> bool:
        return self.document.sha256 == digest

    @property
    def is_example(self) -> bool:
        seal = self.document.seal
        return bool(seal and seal.selection.edition.is_example)


def checked(code: str) -> Checked | None:
    """None for an unknown code, and for one that is not public yet."""
    rows = Document.objects.checkable().select_related("seal__selection__edition", "seal__selection__province")
    rows = rows.defer(*heavy_in("seal"))
    document = rows.filter(code=understood(code)).first() if understood(code) else None
    return Checked(document, _state(document), _facts(document)) if document else None


def _state(document: Document) -> str:
    """Whether it is public by the database's clock; the stored digest is computed again."""
    if sha256(bytes(document.content)).hexdigest() != document.sha256:
        return BROKEN
    if document.seal is None:
        return REPRINT
    if sha256(document.seal.payload.encode()).hexdigest() != document.seal.digest:
        return BROKEN
    if document.seal.reopened_at is not None:
        return WITHDRAWN
    is_last = Document.objects.filter(pk=document.pk).last_issues().exists()
    return IN_FORCE if is_last else REPLACED


def _facts(document: Document) -> list[tuple[str, str]]:
    about = document.subject
    facts = [(_("Document"), _capital(str(document.get_kind_display())))]
    if document.kind == Document.Kind.CERTIFICATE:
        facts += [
            (_("Given to"), about["name"]),
            (_("Region"), about["region"]),
            (_("Award"), about["prize"] or _("Nominee")),
            (_("Title and category"), about["award"]),
        ]
    if about.get("number"):
        facts.append((_("Number"), about["number"]))
    facts += _of_seal(document.seal) if document.seal else _of_the_past(document)
    facts.append((_("Code"), grouped(document.code)))
    return [(label, value) for label, value in facts if value]


def _of_seal(seal: Seal) -> list[tuple[str, str]]:
    selection = seal.selection
    return [
        (_("Selection"), str(selection)),
        (_("Decree"), f"{seal.decree_number}, {formats.day(seal.decree_date)}"),
        (_("Sealed"), formats.moment(seal.sealed_at, selection.zone_label)),
        (_("Announced"), formats.moment(seal.public_from, selection.zone_label)),
    ]


def _of_the_past(document: Document) -> list[tuple[str, str]]:
    about = document.subject
    return [(_("Edition"), _capital(about["edition"])), (_("Published by"), "; ".join(about["sources"]))]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


MOST = 20
SECONDS = 600
"""The largest number of wrong guesses in a number of seconds; each expires on its own."""


def is_shut(request: HttpRequest) -> bool:
    return len(cache.get_many(_slots(request))) >= MOST


def missed(request: HttpRequest) -> None:
    """Count a wrong guess in one atomic step, so that two servers never use the same slot."""
    for slot in _slots(request):
        if cache.add(slot, 1, SECONDS):
            return


def _slots(request: HttpRequest) -> list[str]:
    return [f"guess:{_network(request)}:{number}" for number in range(MOST)]


def _network(request: HttpRequest) -> str:
    """The IPv4 address, or the IPv6 network of one subscriber."""
    found = ip_address(get_adapter().get_client_ip(request))
    if isinstance(found, IPv6Address):
        found = ip_network((found, 64), strict=False).network_address
    return str(found)
