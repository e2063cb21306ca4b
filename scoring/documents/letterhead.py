"""The letterhead in force, what papers still lack of it, and its parts as the templates take them."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards.models import Selection
from paritrana.accounts.models import User
from paritrana.display import formats
from scoring.documents import logos
from scoring.documents.source import BLANK
from scoring.documents.wording import common_words
from scoring.models import Letterhead, SignatureScan


@dataclass(frozen=True)
class Signatory:
    """``number`` is the NIP without a label, ``scan`` the sha256 of a stored signature."""

    name: str
    office: str
    number: str = ""
    rank: str = ""
    scan: str = ""


TEXTS = ("institution", "address", "decree_institution", "place", "legal_basis")
"""What is typed, besides who signs."""
EMBLEMS = ("emblem", "decree_emblem")


def letterhead_of(selection: Selection) -> Letterhead:
    """The version in force; before the first one, version 0 with the institution as it would be called."""
    found = Letterhead.objects.filter(selection=selection).first()
    return found or Letterhead(selection=selection, version=0, institution=_shipped(selection))


def _shipped(selection: Selection) -> str:
    province = selection.province.name if selection.province else None
    words = common_words("", "", province)
    return _("Paritrana Award panel, %(level)s") % words


def suggested(selection: Selection, user: User) -> Letterhead:
    """Before the first version: that of the last selection of the same office this person may see; no scans."""
    present = letterhead_of(selection)
    if present.version:
        return present
    alike = Selection.objects.visible_to(user).filter(province=selection.province).exclude(pk=selection.pk)
    earlier = Letterhead.objects.filter(selection__in=alike).order_by("-set_at").first()
    if earlier is None:
        return present
    people = [one | {"scan": ""} for one in earlier.signatories]
    copied = {name: getattr(earlier, name) for name in (*TEXTS, *EMBLEMS)}
    return Letterhead(selection=selection, version=0, signatories=people, **copied)


def signatories_of(head: Letterhead) -> tuple[Signatory, ...]:
    return tuple(Signatory(**one) for one in head.signatories)


def lacking(head: Letterhead) -> list[str]:
    """What an official paper needs and this letterhead does not say."""
    first = head.signatories[0] if head.signatories else {}
    needed = [
        (head.version and head.institution, _("the institution")),
        (head.place, _("the place where papers are signed")),
        (first.get("name"), _("the name of who signs")),
        (first.get("office"), _("the office of who signs")),
    ]
    return [words for there, words in needed if not there]


def require_complete(head: Letterhead) -> None:
    """ValidationError ``letterhead`` that names everything missing."""
    if missing := lacking(head):
        raise ValidationError(
            _("No paper is issued without signatory, place and date. The letterhead lacks: %(missing)s.")
            % {"missing": ", ".join(missing)},
            code="letterhead",
        )


def head_data(head: Letterhead) -> dict[str, Any]:
    """The head of a page as the templates take it."""
    return _drawn(head.institution, head.address, head.emblem)


def decree_head(head: Letterhead) -> dict[str, Any]:
    """The head of a decree: its own where it has one, the emblem above who issues it; else that of all papers.

    Without an emblem of its own it bears that of all papers.
    """
    if not (head.decree_institution or head.decree_emblem):
        return head_data(head)
    issuer, emblem = head.decree_institution or head.institution, head.decree_emblem or head.emblem
    return _drawn(issuer, "", emblem) | {"is_office": True}


def _drawn(institution: str, address: str, emblem: "bytes | memoryview[int] | None") -> dict[str, Any]:
    """``is_office`` where a person in office issues the paper, and not an institution."""
    return {
        "institution": lines(institution),
        "address": lines(address),
        "emblem": logos.as_svg(bytes(emblem)) if emblem else None,
        "alt": _("Emblem"),
        "is_office": False,
    }


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def place_and_day(head: Letterhead, day: date | None) -> dict[str, str]:
    return {"place": head.place or BLANK, "day": formats.day(day) if day else BLANK}


def signed(one: Signatory, scans: dict[str, str]) -> dict[str, Any]:
    """One block of a signature: office, scan, name, rank and NIP."""
    number = _("NIP %(number)s") % {"number": one.number} if one.number else ""
    return asdict(one) | {"number": number, "scan": scans.get(one.scan)}


def scans_of(selection: Selection) -> dict[str, str]:
    """sha256 -> the signature as SVG."""
    rows = SignatureScan.objects.filter(selection=selection)
    return {row.sha256: logos.as_svg(bytes(row.picture)) for row in rows}
