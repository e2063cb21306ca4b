"""Certificates are made in every language and stored: of a selection from its seal, of past periods as reprints."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from awards import permissions
from awards.models import PastAward, Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.display.pdf import boxed, typeset
from scoring.documents import certificates, logos, past, wording
from scoring.documents.actions import LANGUAGES, keep, row, write
from scoring.documents.certificates import CertificateRecipient, Signing
from scoring.documents.codes import fresh_code
from scoring.documents.letterhead import (
    head_data,
    letterhead_of,
    place_and_day,
    require_complete,
    scans_of,
    signatories_of,
)
from scoring.documents.source import DocumentSource, source_of
from scoring.models import Document, Seal
from scoring.standings import visibility

Kind, Paper = Document.Kind, Document.Paper
Teller = Callable[[int, int], None]
"""Called after each certificate with how many are made, and of how many."""


@dataclass(frozen=True)
class CertificateOrder:
    """What was typed to make certificates, for the letterhead in force.

    ``number`` is their number with ``{n}`` for the place in the list, ``dated`` the day printed on them (ISO).
    """

    number: str
    dated: str = ""
    nominees: bool = False
    paper: str = Paper.A4
    again: bool = False

    def reused(self) -> dict[str, Any]:
        """The initial values of the next order."""
        return {"number": self.number, "paper": self.paper, "dated": self.dated}

    def recipients(self, source: DocumentSource) -> list[CertificateRecipient]:
        return [*certificates.winners(source), *(certificates.nominees(source) if self.nominees else ())]


def _silent(*_progress: int) -> None:
    """A callback that does nothing."""


def make_certificates(
    selection: Selection,
    order: CertificateOrder,
    *,
    by: User,
    tell: Teller = _silent,
    made: Callable[[], None] = _silent,
) -> list[Document]:
    """Certificates for everybody without one; ``again`` issues all anew and keeps the older ones on record.

    ``made`` is called in the transaction that keeps them.
    ValidationError ``nothing-new``, ``undated``, ``letterhead``.
    """
    permissions.require(by, Permission.MAKE_DOCUMENTS, selection)
    visibility.require_shown(by, selection)
    require_complete(letterhead_of(selection))
    if not order.dated:
        raise ValidationError(_("A certificate bears a day: type the day it is given."), code="undated")
    source = source_of(selection)
    issues, found = _issues(source.sealed), []
    wanted = wanting(source, order, issues)
    if not wanted:
        raise ValidationError(_("Everybody has a certificate already."), code="nothing-new")
    for language in LANGUAGES:
        with translation.override(language):
            press = Press(source.anew(), order, by)
            for place, recipient in wanting(press.source, order, issues):
                found.append(press.certificate(recipient, place, issues.get(recipient.key, 0) + 1))
                tell(len(found), len(wanted) * len(LANGUAGES))
    about = {"again": order.again, "nominees": order.nominees}
    with transaction.atomic():
        held = keep(source, found, by)
        trail.record(by, "document.certificates", held, digest=source.sealed.digest, count=len(found), **about)
        made()
    return found


def wanting(
    source: DocumentSource, order: CertificateOrder, issues: dict[str, int] | None = None
) -> list[tuple[int, CertificateRecipient]]:
    """Who still needs a certificate, with the place in the list of all."""
    known = _issues(source.sealed) if issues is None else issues
    numbered = enumerate(order.recipients(source), 1)
    return [(place, each) for place, each in numbered if order.again or each.key not in known]


def _issues(seal: Seal) -> dict[str, int]:
    rows = Document.objects.filter(seal=seal, kind=Kind.CERTIFICATE).order_by("issue")
    return dict(rows.values_list("recipient", "issue"))


def asked_before(selection: Selection, user: User) -> dict[str, Any]:
    """The last order: of this selection, else of one this person may see with the same signing office."""
    alike = Selection.objects.visible_to(user).filter(province=selection.province)
    rows = Document.objects.filter(seal__selection__in=alike, kind=Kind.CERTIFICATE)
    own = rows.filter(seal__selection=selection)
    newest = (each.order_by("-pk").values_list("asked_for", flat=True).first() for each in (own, rows))
    return next(filter(None, newest), {})


class Press:
    """What all certificates of a selection share in the active language, read once."""

    def __init__(self, source: DocumentSource, order: CertificateOrder, by: User) -> None:
        self.source, self.order, self.by = source, order, by
        edition = source.selection.edition
        self.version, self.parts = wording.in_force(edition, Kind.CERTIFICATE, translation.get_language())
        logo = certificates.logo_of(edition)
        self.logo = logos.as_svg(bytes(logo.picture)) if logo else None
        head = letterhead_of(source.selection)
        self.signing = Signing(
            _("%(place)s, %(day)s") % place_and_day(head, date.fromisoformat(order.dated)),
            signatories_of(head),
            scans_of(source.selection),
            head_data(head)["emblem"],
            " ".join(source.trail_lines),
        )

    def subject(self, recipient: CertificateRecipient, place: int) -> dict[str, Any]:
        return recipient.subject(self.order.number.replace("{n}", str(place)))

    def content(self, subject: dict[str, Any], code: str, label: str = "") -> dict[str, Any]:
        """The data of the page; an example is labelled as one whatever else it is."""
        return certificates.certificate(
            subject,
            self.source.values,
            self.parts,
            signing=self.signing,
            logo=self.logo,
            label=_("Example data, no real award") if self.source.is_example else label,
            paper=self.order.paper,
            code=code,
        )

    def certificate(self, recipient: CertificateRecipient, place: int, issue: int) -> Document:
        code, seal, paper = fresh_code(), self.source.sealed, self.order.paper
        subject = self.subject(recipient, place)
        made = boxed(typeset("certificate", self.content(subject, code), at=seal.sealed_at))
        whose = {"seal": seal, "recipient": recipient.key, "issue": issue, "asked_for": self.order.reused()}
        return row(Kind.CERTIFICATE, paper, code, made, subject | {"text_version": self.version}, self.by, **whose)


def make_past(
    awards: Iterable[PastAward],
    *,
    by: User | None,
    language: str = settings.LANGUAGE_CODE,
    tell: Teller = _silent,
    made: Callable[[], None] = _silent,
) -> list[Document]:
    """Reprints for those of these published rows that have none in this language; all of theirs, in the order given.

    Whose province is not known yet gets none. ``made`` is called in the transaction that keeps them.
    """
    awards, found = [award for award in awards if not award.is_unplaced], []
    wanted = past.missing(awards, language)
    with translation.override(language):
        for award in wanted:
            found.append(_reprint(award, timezone.now(), by))
            tell(len(found), len(wanted))
    with transaction.atomic():
        if found:
            write(found)
            trail.record(by, "document.past", cast(PastAward, found[0].past_award), count=len(found), language=language)
        made()
    rows = Document.objects.filter(past_award__in=awards, language=language).order_by("issue")
    certificates_made = {each.past_award_id: each for each in rows}
    return [certificates_made[award.pk] for award in awards]


def _reprint(award: PastAward, at: datetime, by: User | None) -> Document:
    code, about = fresh_code(), past.subject(award)
    made = boxed(typeset("certificate", past.certificate_content(about, paper=Paper.A4, code=code), at=at))
    return row(Kind.CERTIFICATE, Paper.A4, code, made, about, by, past_award=award)
