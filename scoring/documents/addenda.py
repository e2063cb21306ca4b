"""Correcting an issued paper: asked for by one person, confirmed by another, printed as a numbered addendum."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from awards import two_people
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts import trail, two_signatures
from paritrana.accounts.models import User
from paritrana.display.pdf import typeset
from scoring.documents import addendum_pages
from scoring.documents.actions import LANGUAGES, row, write
from scoring.documents.codes import fresh_code
from scoring.documents.letterhead import letterhead_of, require_complete
from scoring.documents.pages import TEMPLATES
from scoring.documents.source import source_of
from scoring.models import Addendum, Document
from scoring.permissions import hold
from scoring.standings import visibility

Kind = Document.Kind


def issued(selection: Selection, paper: str) -> Document | None:
    """The paper an addendum would correct, in the official language on A4."""
    rows = Document.objects.filter(seal=selection.seal, kind=paper, paper=Document.Paper.A4)
    return rows.filter(language=LANGUAGES[0]).defer("content").first()


@transaction.atomic
def ask_addendum(selection: Selection, *, paper: str, written: str, instead: str, reason: str, by: User) -> Addendum:
    """ValidationError ``not-issued``, ``same`` (nothing would change), ``open`` (another one waits)."""
    held = hold(selection, Permission.MAKE_DOCUMENTS, by)
    visibility.require_shown(by, held)
    if issued(held, paper) is None:
        raise ValidationError(_("This paper is not issued yet, so there is nothing to correct."), code="not-issued")
    if written.split() == instead.split():
        raise ValidationError(_("What it should say is what it says already."), code="same")
    texts = {"written": written, "instead": instead, "reason": reason}
    try:
        with transaction.atomic():
            asked = Addendum.objects.create(seal=held.seal, paper=paper, asked_by=by, **texts)
    except IntegrityError as error:
        raise ValidationError(_("An addendum to this paper waits for a second person already."), code="open") from error
    trail.record(by, "document.ask-addendum", asked, paper=paper, **texts)
    return asked


@transaction.atomic
def withdraw_addendum(asked: Addendum, *, by: User) -> None:
    """By anybody who may ask for one. ValidationError ``moved-on``."""
    visibility.require_shown(by, hold(asked.seal.selection, Permission.MAKE_DOCUMENTS, by))
    two_signatures.end(asked, Addendum.Outcome.WITHDRAWN, by)
    trail.record(by, "document.withdraw-addendum", asked)


@transaction.atomic
def second_addendum(asked: Addendum, *, by: User) -> list[Document]:
    """Confirm it and print it, in every language and paper size.

    ValidationError: the codes of ``two_people.REFUSALS``, ``moved-on``, ``letterhead``.
    """
    held = hold(asked.seal.selection, Permission.SECOND_SEAL, by)
    visibility.require_shown(by, held)
    two_people.require_two(asked.asked_by, by, held)
    if held.seal != asked.seal:
        raise ValidationError(_("The result was sealed anew meanwhile. Please look again."), code="moved-on")
    require_complete(letterhead_of(held))
    two_signatures.end(asked, Addendum.Outcome.GRANTED, by)
    number = 1 + Addendum.objects.filter(seal=asked.seal, paper=asked.paper, number__isnull=False).count()
    asked.refresh_from_db()
    asked.number = number
    asked.save(update_fields=["number"])
    found = _papers(held, asked, timezone.now(), by)
    write(found)
    trail.record(by, "document.addendum", asked, number=number, paper=asked.paper, count=len(found))
    return found


def _papers(selection: Selection, asked: Addendum, at: datetime, by: User) -> list[Document]:
    found = []
    original, head = issued(selection, asked.paper), letterhead_of(selection)
    for language in LANGUAGES:
        with translation.override(language):
            source = source_of(selection)
            for paper in Document.Paper:
                code = fresh_code()
                content = addendum_pages.addendum(source, asked, original, head=head, paper=paper, code=code)
                made = typeset(TEMPLATES[Kind.ADDENDUM], content, at=at)
                subject: dict[str, Any] = {"number": str(asked.number), "original": original.code if original else ""}
                whose = {"seal": asked.seal, "recipient": asked.paper, "issue": asked.number}
                found.append(row(Kind.ADDENDUM, paper, code, made, subject, by, **whose))
    return found
