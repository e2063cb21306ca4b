"""Letters after an announcement: the recipients, and the texts in the portal's language and English."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from awards.models import Contact, Letter, Nomination, Selection
from awards.models.editions import GOVERNMENTS
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.display.english import in_english
from paritrana.display.links import absolute
from scoring.documents import wording
from scoring.documents.source import DocumentSource, source_of
from scoring.models import DocumentText, Seal
from scoring.permissions import hold

KIND = DocumentText.Kind.NOTICE
RULE = "\n\n— — —\n\n"


Sealed = tuple[str, str, str]
"""Category, region and name, as a sealed ranking identifies a candidate."""


class Addressee(NamedTuple):
    name: str
    email: str


@dataclass(frozen=True, eq=False)
class Notice:
    """One recipient: the candidate's ``prizes`` in the reader's language (none for a nominee), and its contacts.

    ``nomination`` and ``candidate`` are keys: thousands of recipients are counted, a page names a few.
    """

    nomination: int
    candidate: int
    sealed: Sealed
    prizes: list[str]
    contacts: list[Addressee]

    @property
    def part(self) -> str:
        return "winner" if self.prizes else "nominee"

    @property
    def name(self) -> str:
        return self.sealed[-1]


@dataclass(frozen=True)
class _LetterTexts:
    """The texts for all letters in one language: the common words, and who won what."""

    values: dict[str, str]
    prizes: dict[Sealed, list[str]]

    def values_for(self, notice: Notice, contact: Addressee) -> dict[str, str]:
        prizes = "\n".join(self.prizes.get(notice.sealed, []))
        return self.values | {"name": notice.name, "person": contact.name, "prizes": prizes}


@dataclass(frozen=True, eq=False)
class Notices:
    """Everybody who competed in an announced selection, winners first."""

    selection: Selection

    @cached_property
    def source(self) -> DocumentSource:
        return source_of(self.selection)

    @cached_property
    def all(self) -> list[Notice]:
        """Two queries for any number of candidates."""
        won, reached = self.prizes(), self._addressees()
        found = [
            Notice(nomination, candidate, key, won.get(key, []), reached.get(candidate, []))
            for key, (nomination, candidate) in self._nominations().items()
            if key in self._competed
        ]
        return sorted(found, key=lambda notice: not notice.prizes)

    @property
    def unreachable(self) -> list[Notice]:
        return [notice for notice in self.all if not notice.contacts]

    def prizes(self) -> dict[Sealed, list[str]]:
        """Category, region and name as sealed -> prizes in the active language."""
        won: dict[Sealed, list[str]] = {}
        for ranking in self.source.rankings:
            for group, lines in ranking.awarded:
                for line, prize in lines:
                    parts = [prize, *map(in_english, (ranking.name, group if line.group else "", ranking.category))]
                    key = (ranking.category, line.code, line.name)
                    won.setdefault(key, []).append(" · ".join(filter(None, parts)))
        return won

    @cached_property
    def _competed(self) -> set[Sealed]:
        return {(ranking.category, line.code, line.name) for ranking in self.source.rankings for line in ranking.lines}

    def _nominations(self) -> dict[Sealed, tuple[int, int]]:
        """As sealed -> the keys of nomination and candidate, in the order of a list of nominations."""
        rows = Nomination.objects.filter(selection=self.selection)
        place = ("candidate__kind", "candidate__region__code", "candidate__region__name", "candidate__name")
        return {
            (category, code, region if kind in GOVERNMENTS else name): (nomination, candidate)
            for nomination, candidate, category, kind, code, region, name in rows.values_list(
                "pk", "candidate", "category__name", *place
            )
        }

    def _addressees(self) -> dict[int, list[Addressee]]:
        """Candidate -> its contacts with an address, each address once."""
        rows = Contact.objects.filter(candidate__nominations__selection=self.selection).exclude(email="").distinct()
        found: dict[int, dict[str, Addressee]] = {}
        for _pk, candidate, name, email in rows.order_by("pk").values_list("pk", "candidate", "name", "email"):
            found.setdefault(candidate, {}).setdefault(email.casefold(), Addressee(name, email))
        return {candidate: list(of.values()) for candidate, of in found.items()}

    @cached_property
    def to_write(self) -> list[tuple[Notice, Addressee]]:
        """Each address of each candidate."""
        return [(notice, contact) for notice in self.all for contact in notice.contacts]

    def key_of(self, notice: Notice, contact: Addressee) -> str:
        """It prevents writing twice."""
        digest = sha256(contact.email.casefold().encode()).hexdigest()[:16]
        return f"{self.key}{notice.nomination}:{digest}"

    @property
    def key(self) -> str:
        """What the keys of all letters about this result begin with."""
        return f"notice:{self.selection.seal.digest[:16]}:"

    def letters(self, to: Iterable[tuple[Notice, Addressee]] | None = None) -> list[Letter]:
        """Unsaved letters to these addresses, or to all."""
        _version, parts = wording.in_force(self.selection.edition, KIND, settings.LANGUAGE_CODE)
        texts = self._texts_in(settings.LANGUAGE_CODE), self._texts_in("en")
        chosen = self.to_write if to is None else to
        return [self._letter(notice, contact, parts, *texts) for notice, contact in chosen]

    def _texts_in(self, language: str) -> _LetterTexts:
        with translation.override(language):
            link = absolute(reverse("public-result", args=[self.selection.slug]))
            values = self.source.anew().values
            return _LetterTexts(values | {"link": link}, self.prizes())

    def _letter(
        self, notice: Notice, contact: Addressee, parts: dict[str, str], local: _LetterTexts, english: _LetterTexts
    ) -> Letter:
        body = wording.filled(parts[notice.part], local.values_for(notice, contact))
        if below := parts[f"{notice.part}_english"].strip():
            body += RULE + wording.filled(below, english.values_for(notice, contact))
        subject = wording.filled(parts[f"{notice.part}_subject"], local.values_for(notice, contact))
        return Letter(
            key=self.key_of(notice, contact),
            selection=self.selection,
            addressee=contact.name,
            address=contact.email,
            subject=" ".join(subject.split())[:200],
            body=body,
        )


@transaction.atomic
def write_notices(selection: Selection, *, by: User) -> int:
    """Write to everybody with an address who has no letter yet; the outbox sends them. Returns how many.

    ValidationError ``not-public`` before the time of the announcement. PermissionDenied: see ``hold``.
    """
    held = hold(selection, Permission.NOTIFY, by)
    if not Seal.objects.public().filter(current_of=held).exists():
        raise ValidationError(_("The result is not public yet."), code="not-public")
    letters = Notices(held).letters()
    there = set(Letter.objects.filter(key__in=[letter.key for letter in letters]).values_list("key", flat=True))
    new = [letter for letter in letters if letter.key not in there]
    Letter.objects.bulk_create(new)
    if new:
        trail.record(by, "notice.write", held, letters=len(new), digest=held.seal.digest)
    return len(new)
