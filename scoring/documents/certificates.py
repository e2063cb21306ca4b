"""Certificates (piagam): the recipients of a sealed result, and the data of one page."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from awards.models import Edition
from awards.models.selections import Level
from scoring.documents import wording
from scoring.documents.codes import grouped, qr_picture
from scoring.documents.letterhead import Signatory, signed
from scoring.documents.source import DocumentSource
from scoring.models import CertificateLogo

BREAK = "\N{ZERO WIDTH SPACE}"
LONGEST_WORD = 40


HONOUR = "honour"
"""The design of honourable mentions (Harapan) and nominees; places have that of their level."""


def design_of(level: str) -> str:
    return "national" if level == Level.NATIONAL else "provincial"


@dataclass(frozen=True)
class CertificateRecipient:
    """One certificate: a winner of a title, or a nominee of a category (without prize and title).

    ``design`` names the entry of ``certificate-designs.typ`` it is drawn by.
    """

    name: str
    code: str
    region: str
    category: str
    title: str = ""
    group: str = ""
    prize: str = ""
    reward: str = ""
    design: str = ""

    @property
    def key(self) -> str:
        return sha256("\n".join([self.category, self.title, self.group, self.code, self.name]).encode()).hexdigest()

    @property
    def award(self) -> str:
        return " · ".join(filter(None, [self.title, self.group, self.category]))

    def subject(self, number: str) -> dict[str, Any]:
        return asdict(self) | {"award": self.award, "number": number}


@dataclass(frozen=True)
class Signing:
    """The foot and the emblem of a certificate. ``scans`` is sha256 -> signature as SVG; a reprint has none of it."""

    given_at: str = ""
    signatories: tuple[Signatory, ...] = ()
    scans: dict[str, str] = field(default_factory=dict)
    emblem: str | None = None
    trail: str = ""

    def data(self) -> dict[str, Any]:
        signatories = [signed(each, self.scans) for each in self.signatories]
        return {"given_at": self.given_at, "emblem": self.emblem, "signatories": signatories, "trail": self.trail}


def winners(source: DocumentSource) -> Iterator[CertificateRecipient]:
    """In the order of titles and places; a candidate with two titles gets two certificates."""
    for ranking in source.rankings:
        for _name, lines in ranking.awarded:
            for line, prize in lines:
                won = (ranking.category, ranking.name, line.group, prize, source.reward_of(ranking, line))
                is_place = bool(line.honour) or (line.place or 0) <= ranking.places
                design = design_of(source.selection.level) if is_place else HONOUR
                yield CertificateRecipient(line.name, line.code, line.region, *won, design)


def nominees(source: DocumentSource) -> Iterator[CertificateRecipient]:
    """The candidates of a category without any of its titles."""
    won = {(each.category, each.code, each.name) for each in winners(source)}
    seen: set[tuple[str, str, str]] = set()
    for ranking in source.rankings:
        for line in ranking.lines:
            key = (ranking.category, line.code, line.name)
            if key not in won and key not in seen:
                seen.add(key)
                yield CertificateRecipient(line.name, line.code, line.region, ranking.category, design=HONOUR)


def certificate(
    subject: dict[str, Any],
    words: dict[str, str],
    parts: dict[str, str],
    *,
    signing: Signing,
    logo: str | None,
    label: str,
    paper: str,
    code: str,
) -> dict[str, Any]:
    """The data for ``certificate.typ``.

    ``words`` are the common texts of the selection, ``label`` marks examples and reprints.
    """
    words = words | {name: subject[name] for name in ("award", "prize", "title", "category", "group", "number")}

    def filled(part: str) -> str:
        return "\n".join(wording.lines(parts[part], words))

    return {
        "paper": paper,
        "design": subject["design"],
        "title": f"{filled('heading')} – {subject['name']}",
        "logo": logo,
        "label": label,
        "issuer": filled("issuer"),
        "heading": filled("heading"),
        "number": filled("number") if subject["number"] else "",
        "given_to": filled("given_to"),
        "name": breakable(subject["name"]),
        "place": subject["region"] if subject["region"] != subject["name"] else "",
        "prize": filled("winner") if subject["prize"] else filled("nominee"),
        "award": filled("award"),
        "reward": _("with %(reward)s") % {"reward": subject["reward"]} if subject.get("reward") else "",
        **signing.data(),
        "qr": qr_picture(code),
        "code": grouped(code),
        "words": _words(),
    }


def _words() -> dict[str, str]:
    """What the pictures are, for who does not see them."""
    qr = _("QR code that leads to the check of this document")
    return {"logo": _("Logo"), "emblem": _("Emblem"), "scan": _("Signature"), "qr": qr}


def breakable(name: str) -> str:
    """The name with line breaks allowed inside words that are longer than a line."""
    words = [
        BREAK.join(word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD))
        for word in name.split()
    ]
    return " ".join(words)


def logo_of(edition: Edition) -> CertificateLogo | None:
    """The current logo; None when there is none, or it was removed."""
    last = CertificateLogo.objects.filter(edition=edition).first()
    return last if last and last.picture else None
