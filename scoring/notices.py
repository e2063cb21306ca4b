"""Notices after an announcement: who is told what, and the letters, in the portal's language with English below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from awards.models import Contact, Letter, Nomination, Selection
from scoring import results
from scoring.models import DocumentText
from scoring.papers import texts
from scoring.papers.sources import Source, source_of

KIND = DocumentText.Kind.NOTICE
RULE = "\n\n— — —\n\n"


@dataclass(frozen=True, eq=False)
class Notice:
    """What one candidate is told: its ``prizes`` in the reader's language (none for a nominee), and at whom."""

    nomination: Nomination
    prizes: list[str]
    contacts: list[Contact]

    @property
    def part(self) -> str:
        return "winner" if self.prizes else "nominee"

    @property
    def name(self) -> str:
        return results.name_of(self.nomination.candidate)


@dataclass(frozen=True, eq=False)
class Notices:
    """Everybody who competed in an announced selection, winners first."""

    selection: Selection

    @cached_property
    def source(self) -> Source:
        return source_of(self.selection)

    @cached_property
    def all(self) -> list[Notice]:
        """Four queries, however many competed."""
        won = self.prizes()
        found = [
            Notice(nomination, won.get(key, []), _reachable(nomination))
            for key, nomination in self._nominations.items()
            if key in self._competed
        ]
        return sorted(found, key=lambda notice: not notice.prizes)

    @property
    def reachable(self) -> list[Notice]:
        return [notice for notice in self.all if notice.contacts]

    @property
    def unreachable(self) -> list[Notice]:
        return [notice for notice in self.all if not notice.contacts]

    def prizes(self) -> dict[tuple[str, str, str], list[str]]:
        """Category, region and name as they were sealed -> what was won, in the language that is active."""
        won: dict[tuple[str, str, str], list[str]] = {}
        for ranking in self.source.rankings:
            for group, lines in ranking.awarded:
                for line, prize in lines:
                    told = [prize, ranking.name, group if line.group else "", ranking.category]
                    key = (ranking.category, line.code, line.name)
                    won.setdefault(key, []).append(" · ".join(filter(None, told)))
        return won

    @cached_property
    def _competed(self) -> set[tuple[str, str, str]]:
        return {(ranking.category, line.code, line.name) for ranking in self.source.rankings for line in ranking.lines}

    @cached_property
    def _nominations(self) -> dict[tuple[str, str, str], Nomination]:
        rows = Nomination.objects.filter(selection=self.selection).select_related(
            "category", "candidate__region__parent"
        )
        return {
            (each.category.name, each.candidate.region.code, results.name_of(each.candidate)): each
            for each in rows.prefetch_related("candidate__contacts")
        }

    def letters(self) -> list[Letter]:
        """One for each address of each candidate, not saved yet; the key keeps a second round from writing twice."""
        with translation.override(settings.LANGUAGE_CODE):
            _version, parts = texts.in_force(self.selection.edition, KIND)
        return [
            self._letter(notice, contact, parts)
            for notice in Notices(self.selection).all
            for contact in notice.contacts
        ]

    def _letter(self, notice: Notice, contact: Contact, parts: dict[str, str]) -> Letter:
        local = self._words(notice, contact, settings.LANGUAGE_CODE)
        english = self._words(notice, contact, "en")
        body = texts.filled(parts[notice.part], local)
        if below := parts[f"{notice.part}_english"].strip():
            body += RULE + texts.filled(below, english)
        subject = " ".join(texts.filled(parts[f"{notice.part}_subject"], local).split())
        digest = sha256(contact.email.casefold().encode()).hexdigest()[:16]
        return Letter(
            key=f"notice:{self.selection.seal.digest[:16]}:{notice.nomination.pk}:{digest}",
            selection=self.selection,
            addressee=contact.name,
            address=contact.email,
            subject=subject[:200],
            body=body,
        )

    def _words(self, notice: Notice, contact: Contact, language: str) -> dict[str, str]:
        with translation.override(language):
            nomination = notice.nomination
            key = (nomination.category.name, nomination.candidate.region.code, notice.name)
            link = settings.PARITRANA_URL.rstrip("/") + reverse("public-result", args=[self.selection.slug])
            words = {"name": notice.name, "person": contact.name, "link": link}
            return (
                Source(self.selection, self.source.document, self.source.seal).words
                | words
                | {"prizes": "\n".join(self.prizes().get(key, []))}
            )


def _reachable(nomination: Nomination) -> list[Contact]:
    """Those with an address, each address once."""
    found: dict[str, Contact] = {}
    for contact in nomination.candidate.contacts.all():
        if contact.email:
            found.setdefault(contact.email.casefold(), contact)
    return list(found.values())
