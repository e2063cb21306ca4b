"""Papers as pictures before they are issued, and what of a certificate cannot be set as it was typed."""

import io
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from PIL import Image

from awards import permissions
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.models import User
from paritrana.display.pdf import asked_of, pictures, printable, typeset
from scoring.documents import actions, wording
from scoring.documents.certificate_actions import CertificateOrder, Press, wanting
from scoring.documents.letterhead import letterhead_of, require_complete
from scoring.documents.pages import TEMPLATES, Meeting
from scoring.documents.source import source_of
from scoring.models import Document
from scoring.standings import visibility

SMALL = 22
"""Points: a name set smaller than this is pointed out before printing."""
NO_CODE = "A" * 16
PIXELS_PER_INCH = 84


@dataclass(frozen=True)
class PaperPreview:
    """The pages of one paper as ``data:`` addresses."""

    label: str
    pages: list[str]


def minutes_previews(selection: Selection, meeting: Meeting, *, by: User) -> list[PaperPreview]:
    """Minutes and decree as they would be issued now, in the official language, marked as a preview."""
    permissions.require(by, Permission.MAKE_DOCUMENTS, selection)
    visibility.require_shown(by, selection)
    head = letterhead_of(selection)
    require_complete(head)
    at: Any = {"head": head, "paper": Document.Paper.A4, "code": ""}
    found = []
    with translation.override(settings.LANGUAGE_CODE):
        source = source_of(selection)
        for kind in (Document.Kind.MINUTES, Document.Kind.DECREE):
            _version, parts = wording.in_force(selection.edition, kind, settings.LANGUAGE_CODE)
            content = actions.content_of(source, meeting, kind, parts, **at)
            drawn = pictures(TEMPLATES[kind], content | {"draft": _("PREVIEW")}, ppi=PIXELS_PER_INCH)
            found.append(PaperPreview(str(kind.label), [_address(page) for page in drawn]))
    return found


@dataclass(frozen=True)
class CertificateProofs:
    """One certificate of each design as a picture, how many there will be, and doubts, each naming the recipient."""

    samples: list[PaperPreview]
    count: int
    doubts: list[str]


def certificate_proofs(selection: Selection, order: CertificateOrder, *, by: User) -> CertificateProofs:
    contents = _contents(selection, order, by)
    first_of: dict[str, dict[str, Any]] = {}
    for content in contents:
        first_of.setdefault(content["design"], content)
    with translation.override(settings.LANGUAGE_CODE):
        samples = [
            PaperPreview(content["name"], [_address(page) for page in pictures("certificate", content, ppi=60)])
            for content in first_of.values()
        ]
    return CertificateProofs(samples, len(contents), doubts_about(contents, order))


def doubts_about(contents: list[dict[str, Any]], order: CertificateOrder) -> list[str]:
    """One line for each name that is not printed as it was typed, or in small letters; the page says how small."""
    with translation.override(settings.LANGUAGE_CODE):
        sheet = _sheet(contents, order)
    sizes = {one["name"]: one["size"] for one in asked_of("proof-sheet", sheet, "<fitted>")}
    return [*_unprintable(contents), *_small(sizes)]


def proof_sheet(selection: Selection, order: CertificateOrder, *, by: User) -> bytes:
    """All certificates that would be made, small, eight on a page."""
    contents = _contents(selection, order, by)
    with translation.override(settings.LANGUAGE_CODE):
        return typeset("proof-sheet", _sheet(contents, order), at=timezone.now())


def _contents(selection: Selection, order: CertificateOrder, by: User) -> list[dict[str, Any]]:
    permissions.require(by, Permission.MAKE_DOCUMENTS, selection)
    visibility.require_shown(by, selection)
    require_complete(letterhead_of(selection))
    with translation.override(settings.LANGUAGE_CODE):
        press = Press(source_of(selection), order, by)
        return [
            press.content(press.subject(recipient, place), NO_CODE, label=_("Preview, no award"))
            for place, recipient in wanting(press.source, order)
        ]


def _sheet(contents: list[dict[str, Any]], order: CertificateOrder) -> dict[str, Any]:
    title = _("Proof sheet of the certificates")
    return {"title": title, "source": _("Preview, no award"), "paper": order.paper, "certificates": contents}


def _unprintable(contents: list[dict[str, Any]]) -> list[str]:
    """Names that hold letters the fonts do not have, with what would be printed instead."""
    return [
        _("%(name)s: the font lacks %(letters)s; printed is “%(printed)s”.")
        % {"name": one["name"], "letters": ", ".join(sorted(lost)), "printed": printable(one["name"])}
        for one in contents
        if (lost := set(one["name"]) - set(printable(one["name"])))
    ]


def _small(sizes: dict[str, float]) -> list[str]:
    return [
        _("%(name)s: long, so its letters are %(size)d points high instead of 33.") % {"name": name, "size": size}
        for name, size in sizes.items()
        if size < SMALL
    ]


def _address(picture: bytes) -> str:
    """Few colours are enough to look at, and a tenth of the weight."""
    with Image.open(io.BytesIO(picture)) as opened:
        small = opened.convert("RGB").convert("P", palette=Image.Palette.ADAPTIVE, colors=48)
    paper = io.BytesIO()
    small.save(paper, "PNG", optimize=True)
    return f"data:image/png;base64,{b64encode(paper.getvalue()).decode()}"
