"""Documents are made once from a seal, in every language, and stored; every download is recorded in the trail."""

import io
import zipfile
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from awards import permissions
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.display.pdf import typeset
from scoring.documents import decree, minutes, wording
from scoring.documents.codes import fresh_code
from scoring.documents.letterhead import letterhead_of, require_complete
from scoring.documents.pages import TEMPLATES, Meeting
from scoring.documents.roll import roll_of
from scoring.documents.source import DocumentSource, source_of
from scoring.models import Document, Letterhead
from scoring.permissions import hold
from scoring.standings import visibility

Kind, Paper = Document.Kind, Document.Paper
FILE_NAMES: dict[str, str] = {Kind.MINUTES: "berita-acara", Kind.DECREE: "keputusan", Kind.ANNEX: "lampiran-sk"}
LANGUAGES = tuple(dict(settings.LANGUAGES))


def draft_minutes(selection: Selection, paper: str, *, by: User, language: str = settings.LANGUAGE_CODE) -> bytes:
    """The minutes from the present figures, marked as a draft; nothing is stored."""
    with translation.override(language):
        source = source_of(selection)
        _version, parts = wording.in_force(selection.edition, Kind.MINUTES, language)
        head = letterhead_of(selection)
        content = minutes.minutes(source, Meeting(), roll_of(selection), parts, head=head, paper=paper, code="")
        made = typeset("minutes", content, at=timezone.now())
    with transaction.atomic():
        trail.record(by, "document.draft", selection, bytes=len(made), language=language)
    return made


def make_minutes(selection: Selection, meeting: Meeting, *, by: User) -> list[Document]:
    """The minutes, the decree and its annex alone, in both languages and paper sizes, once for each seal.

    ValidationError ``made``, ``letterhead``.
    """
    permissions.require(by, Permission.MAKE_DOCUMENTS, selection)
    visibility.require_shown(by, selection)
    head = letterhead_of(selection)
    require_complete(head)
    source, found = source_of(selection), []
    for language in LANGUAGES:
        with translation.override(language):
            current = source.anew()
            found += [
                _paper(current, meeting, kind, paper, by, head)
                for kind in (Kind.MINUTES, Kind.DECREE, Kind.ANNEX)
                for paper in Paper
            ]
    about = {"number": meeting.number, "held_on": meeting.held_on, "venue": meeting.venue}
    with transaction.atomic():
        held = keep(source, found, by)
        trail.record(by, "document.minutes", held, digest=source.sealed.digest, count=len(found), **about)
    return found


def _paper(source: DocumentSource, meeting: Meeting, kind: str, paper: str, by: User, head: Letterhead) -> Document:
    """In the active language."""
    version, parts = wording.in_force(source.selection.edition, kind, translation.get_language())
    code = fresh_code()
    content = content_of(source, meeting, kind, parts, head=head, paper=paper, code=code)
    made = typeset(TEMPLATES[Kind(kind)], content, at=source.sealed.sealed_at)
    return row(kind, paper, code, made, _subject(meeting, kind) | {"text_version": version}, by, seal=source.seal)


def content_of(
    source: DocumentSource,
    meeting: Meeting,
    kind: str,
    parts: dict[str, str],
    *,
    head: Letterhead,
    paper: str,
    code: str,
) -> dict[str, Any]:
    at: Any = {"head": head, "paper": paper, "code": code}
    if kind == Kind.MINUTES:
        return minutes.minutes(source, meeting, roll_of(source.selection), parts, **at)
    if kind == Kind.ANNEX:
        return decree.annex(source, parts, **at)
    _version, annex_parts = wording.in_force(source.selection.edition, Kind.ANNEX, translation.get_language())
    return decree.decree(source, meeting, parts, annex_parts, **at)


def _subject(meeting: Meeting, kind: str) -> dict[str, str]:
    if kind == Kind.MINUTES:
        return {"number": meeting.number, "held_on": str(meeting.held_on), "venue": meeting.venue}
    return {}


def row(kind: str, paper: str, code: str, made: bytes, subject: dict[str, Any], by: User | None, **of: Any) -> Document:
    """The document in the active language as an unsaved row."""
    facts = {"kind": kind, "paper": paper, "language": translation.get_language(), "code": code, "subject": subject}
    return Document(**facts, content=made, sha256=sha256(made).hexdigest(), made_by=by, **of)


def keep(source: DocumentSource, found: list[Document], by: User) -> Selection:
    """Store documents that were typeset before the transaction; only while the same seal is in force."""
    held = hold(source.selection, Permission.MAKE_DOCUMENTS, by)
    visibility.require_shown(by, held)
    if held.seal != source.sealed:
        raise ValidationError(_("The result was sealed anew meanwhile. Please look again."), code="moved-on")
    write(found)
    return held


def write(found: list[Document]) -> None:
    try:
        with transaction.atomic():
            Document.objects.bulk_create(found)
    except IntegrityError as error:
        raise ValidationError(_("Somebody has made them already."), code="made") from error


@transaction.atomic
def take(document: Document, *, by: User) -> bytes:
    """The stored bytes of a document, recorded as a download."""
    trail.record(by, "document.take", document, sha256=document.sha256)
    return bytes(document.content)


@transaction.atomic
def take_all(documents: list[Document], of: Any, *, by: User | None) -> bytes:
    """All of these in one zip with descriptive names; equal documents give equal bytes."""
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_STORED) as archive:
        for number, document in enumerate(documents, 1):
            member = zipfile.ZipInfo(f"{number:03d}-{file_name(document)}", (1980, 1, 1, 0, 0, 0))
            archive.writestr(member, bytes(document.content))
    trail.record(by, "document.take-all", of, count=len(documents))
    return paper.getvalue()


def file_name(document: Document) -> str:
    """piagam-kabupaten-badung.pdf, berita-acara-f4-en.pdf: letters, digits and hyphens, limited length."""
    edition = "" if document.language == settings.LANGUAGE_CODE else f"-{document.language}"
    if document.kind == Kind.CERTIFICATE:
        name = slugify(document.subject["name"])[:80].strip("-") or document.code.lower()
        return f"piagam-{name}{edition}.pdf"
    if document.kind == Kind.ADDENDUM:
        return f"adendum-{document.issue}-{FILE_NAMES[document.recipient]}-{document.paper}{edition}.pdf"
    return f"{FILE_NAMES[document.kind]}-{document.paper}{edition}.pdf"
