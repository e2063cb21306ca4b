"""Papers are made once from a seal and kept; what is taken away as a file stands in the trail."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from awards import permissions
from awards.models import PastAward, Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.typesetting import typeset
from scoring.models import Document, Seal
from scoring.papers import certificates, logos, minutes, past, texts
from scoring.papers.certificates import Recipient, Signatory
from scoring.papers.codes import fresh_code
from scoring.papers.minutes import Meeting
from scoring.papers.sources import Source, source_of
from scoring.permissions import hold

Kind, Paper = Document.Kind, Document.Paper


def draft_minutes(selection: Selection, paper: str, *, by: User) -> bytes:
    """The minutes as they would be now, marked as a draft; nothing is kept."""
    with translation.override(settings.LANGUAGE_CODE):
        source = source_of(selection)
        _version, parts = texts.in_force(selection.edition, Kind.MINUTES)
        told = minutes.minutes(source, Meeting(), minutes.roll_of(selection), parts, paper=paper, code="")
        made = typeset("minutes", told, at=timezone.now())
    with transaction.atomic():
        trail.record(by, "document.draft", selection, bytes=len(made))
    return made


def make_minutes(selection: Selection, meeting: Meeting, *, by: User) -> list[Document]:
    """The minutes and the annex of the decree, on both papers, once for each seal. ValidationError ``made``."""
    permissions.require(by, Permission.MAKE_DOCUMENTS, selection)
    with translation.override(settings.LANGUAGE_CODE):
        source = source_of(selection)
        found = [_paper(source, meeting, kind, paper, by) for kind in (Kind.MINUTES, Kind.ANNEX) for paper in Paper]
    about = {"number": meeting.number, "held_on": meeting.held_on, "venue": meeting.venue}
    with transaction.atomic():
        held = _keep(source, found, by)
        trail.record(by, "document.minutes", held, digest=source.seal.digest, count=len(found), **about)
    return found


def _paper(source: Source, meeting: Meeting, kind: str, paper: str, by: User) -> Document:
    version, parts = texts.in_force(source.selection.edition, kind)
    code = fresh_code()
    if kind == Kind.MINUTES:
        roll = minutes.roll_of(source.selection)
        told = minutes.minutes(source, meeting, roll, parts, paper=paper, code=code)
        subject = {"number": meeting.number, "held_on": str(meeting.held_on), "venue": meeting.venue}
    else:
        told, subject = minutes.annex(source, parts, paper=paper, code=code), {}
    made = typeset(minutes.TEMPLATES[kind], told, at=source.seal.sealed_at)
    return _row(kind, paper, code, made, subject | {"text_version": version}, by, seal=source.seal)


def make_certificates(
    selection: Selection,
    *,
    signatories: Iterable[Signatory],
    number: str,
    nominees: bool,
    paper: str = Paper.A4,
    again: bool = False,
    by: User,
) -> list[Document]:
    """Certificates of everybody who has none yet; ``again`` issues all of them anew, the older ones stay on record.

    ``number`` is the number on them with ``{n}`` for the place in the list. ValidationError ``nothing-new``.
    """
    permissions.require(by, Permission.MAKE_DOCUMENTS, selection)
    with translation.override(settings.LANGUAGE_CODE):
        source = source_of(selection)
        recipients = [*certificates.winners(source), *(certificates.nominees(source) if nominees else ())]
        issues = _issues(source.seal)
        wanted = [(place, each) for place, each in enumerate(recipients, 1) if again or each.key not in issues]
        if not wanted:
            raise ValidationError(_("Everybody has a certificate already."), code="nothing-new")
        press = _Press(source, tuple(signatories), paper, by)
        found = [
            press.certificate(each, number.replace("{n}", str(place)), issues.get(each.key, 0) + 1)
            for place, each in wanted
        ]
    about = {"again": again, "nominees": nominees}
    with transaction.atomic():
        held = _keep(source, found, by)
        trail.record(by, "document.certificates", held, digest=source.seal.digest, count=len(found), **about)
    return found


def _issues(seal: Seal) -> dict[str, int]:
    rows = Document.objects.filter(seal=seal, kind=Kind.CERTIFICATE).order_by("issue")
    return dict(rows.values_list("recipient", "issue"))


class _Press:
    """What all certificates of a selection share, read once."""

    def __init__(self, source: Source, signatories: tuple[Signatory, ...], paper: str, by: User) -> None:
        self.source, self.signatories, self.paper, self.by = source, signatories, paper, by
        self.version, self.parts = texts.in_force(source.selection.edition, Kind.CERTIFICATE)
        logo = certificates.logo_of(source.selection.edition)
        self.logo = logos.as_svg(bytes(logo.picture)) if logo else None

    def certificate(self, recipient: Recipient, number: str, issue: int) -> Document:
        code, subject, seal = fresh_code(), recipient.subject(number), self.source.seal
        told = certificates.certificate(
            subject,
            self.source.words,
            self.parts,
            signatories=self.signatories,
            logo=self.logo,
            label=_("Example data, no real award") if self.source.is_example else "",
            paper=self.paper,
            code=code,
        )
        made = typeset("certificate", told, at=seal.sealed_at)
        whose = {"seal": seal, "recipient": recipient.key, "issue": issue}
        subject["text_version"] = self.version
        return _row(Kind.CERTIFICATE, self.paper, code, made, subject, self.by, **whose)


def make_past(awards: Iterable[PastAward], *, by: User | None) -> list[Document]:
    """Reprints for those of these published winners that have none yet; all of theirs, in the order given."""
    awards = list(awards)
    with translation.override(settings.LANGUAGE_CODE):
        found = [_reprint(award, timezone.now(), by) for award in past.missing(awards)]
    if found:
        with transaction.atomic():
            _write(found)
            trail.record(by, "document.past", found[0].past_award, count=len(found))
    kept = {each.past_award_id: each for each in Document.objects.filter(past_award__in=awards).order_by("issue")}
    return [kept[award.pk] for award in awards]


def _reprint(award: PastAward, at: datetime, by: User | None) -> Document:
    code, about = fresh_code(), past.subject(award)
    made = typeset("certificate", past.told(about, paper=Paper.A4, code=code), at=at)
    return _row(Kind.CERTIFICATE, Paper.A4, code, made, about, by, past_award=award)


def _row(
    kind: str, paper: str, code: str, made: bytes, subject: dict[str, Any], by: User | None, **of: Any
) -> Document:
    digest = sha256(made).hexdigest()
    return Document(kind=kind, paper=paper, code=code, content=made, sha256=digest, subject=subject, made_by=by, **of)


def _keep(source: Source, found: list[Document], by: User) -> Selection:
    """Set before the transaction, so that nobody waits for the press; kept only while the same seal is in force."""
    held = hold(source.selection, Permission.MAKE_DOCUMENTS, by)
    if held.seal.pk != source.seal.pk:
        raise ValidationError(_("The result was sealed anew meanwhile. Please look again."), code="moved-on")
    _write(found)
    return held


def _write(found: list[Document]) -> None:
    try:
        with transaction.atomic():
            Document.objects.bulk_create(found)
    except IntegrityError as error:
        raise ValidationError(_("Somebody has made them already."), code="made") from error


@transaction.atomic
def take(document: Document, *, by: User) -> bytes:
    """The bytes as they were kept."""
    trail.record(by, "document.take", document, sha256=document.sha256)
    return bytes(document.content)


@transaction.atomic
def take_all(documents: list[Document], of: Any, *, by: User | None) -> bytes:
    """All of these in one zip, each under a name a person finds it by; equal documents give equal bytes."""
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_STORED) as archive:
        for number, document in enumerate(documents, 1):
            member = zipfile.ZipInfo(f"{number:03d}-{file_name(document)}", (1980, 1, 1, 0, 0, 0))
            archive.writestr(member, bytes(document.content))
    trail.record(by, "document.take-all", of, count=len(documents))
    return paper.getvalue()


def file_name(document: Document) -> str:
    """piagam-kabupaten-badung.pdf, berita-acara-f4.pdf: letters, digits and hyphens, short."""
    if document.kind == Kind.CERTIFICATE:
        return f"piagam-{slugify(document.subject['name'])[:80].strip('-') or document.code.lower()}.pdf"
    name = "berita-acara" if document.kind == Kind.MINUTES else "lampiran-sk"
    return f"{name}-{document.paper}.pdf"
