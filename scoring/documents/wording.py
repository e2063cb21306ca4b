"""The wording of documents: editable per edition, plain text with placeholders like ``{known_words}``.

A text is filled in and typeset as plain text: nothing becomes markup, and unknown placeholders are refused.
"""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Edition
from scoring.documents import decree_wording, letter_wording
from scoring.documents.parts import Part
from scoring.models import Document, DocumentText

LONGEST = 6000
_WORD = re.compile(r"\{([^{}]*)\}")


_COMMON = ("edition", "period", "level", "place", "authority")
_DECREE = ("decree_number", "decree_date")

KNOWN: dict[str, tuple[str, ...]] = {
    Document.Kind.MINUTES: (
        *_COMMON,
        *_DECREE,
        *("number", "day", "date", "date_words", "venue"),
        *("panel_decree_number", "panel_decree_date", "members", "present", "candidates"),
    ),
    Document.Kind.DECREE: (*_COMMON, *_DECREE, "minutes_number", "minutes_date"),
    Document.Kind.ANNEX: (*_COMMON, *_DECREE),
    Document.Kind.CERTIFICATE: (*_COMMON, "award", "prize", "title", "category", "group", "number"),
    DocumentText.Kind.NOTICE: (*_COMMON, "name", "person", "prizes", "link"),
}
"""The placeholders of each kind of document."""

PARTS: dict[str, tuple[Part, ...]] = {
    Document.Kind.MINUTES: (
        Part(
            "opening",
            gettext_lazy("Opening"),
            gettext_lazy(
                "On this day, {day}, {date_words}, at {venue}, the panel of the Paritrana Award, {level}, held its "
                "plenary on {edition} and states the following. {present} of {members} members were present; "
                "{candidates} candidates were judged."
            ),
        ),
        Part(
            "legal",
            gettext_lazy("Legal basis"),
            gettext_lazy(
                "Law number 40 of 2004 on the national social security system.\n"
                "Law number 24 of 2011 on social security agencies.\n"
                "Presidential instruction number 2 of 2021 on optimising employment social security.\n"
                "Decree number {panel_decree_number} of {panel_decree_date} on the panel of the Paritrana Award."
            ),
            True,
        ),
        Part(
            "method",
            gettext_lazy("Method"),
            gettext_lazy(
                "Every criterion gives a score from 0 to 100; the score times its weight is what it adds, and the sum "
                "is the total. Every figure shown is rounded half up to two decimals and the next step uses the "
                "figure shown, so that anybody can check every total. What is missing is never zero: the "
                "candidate is listed apart, with the reason."
            ),
        ),
        Part(
            "closing",
            gettext_lazy("Closing"),
            gettext_lazy("These minutes were drawn up truthfully, to be used as they should be."),
        ),
        Part(
            "attachments",
            gettext_lazy("Attachments"),
            gettext_lazy(
                "Attendance list of the plenary.\n"
                "Recapitulation of the scores (winners workbook) of the sealed result.\n"
                "Decree number {decree_number} of {decree_date} with its annex."
            ),
            True,
        ),
    ),
    Document.Kind.DECREE: decree_wording.PARTS,
    Document.Kind.ANNEX: (
        Part(
            "opening",
            gettext_lazy("Head"),
            gettext_lazy(
                "Annex of the decree of the {authority}\nNumber {decree_number}\nof {decree_date}\n"
                "on the determination of the winners of the Paritrana Award, {level}, {edition}"
            ),
            True,
        ),
        Part("subject", gettext_lazy("Subject"), gettext_lazy("Winners of the Paritrana Award, {level}, {edition}")),
        Part("closing", gettext_lazy("Above the signature"), gettext_lazy("{authority},"), True),
    ),
    Document.Kind.CERTIFICATE: (
        Part(
            "issuer", gettext_lazy("Who gives it"), gettext_lazy("{authority} together with BPJS Ketenagakerjaan"), True
        ),
        Part("heading", gettext_lazy("Heading"), gettext_lazy("CERTIFICATE OF AWARD"), True),
        Part("number", gettext_lazy("Number"), gettext_lazy("Number: {number}"), True),
        Part("given_to", gettext_lazy("Above the name"), gettext_lazy("is given to"), True),
        Part("winner", gettext_lazy("Of a winner"), gettext_lazy("as {prize}"), True),
        Part("nominee", gettext_lazy("Of a nominee"), gettext_lazy("as nominee"), True),
        Part(
            "award",
            gettext_lazy("Below"),
            gettext_lazy("{award}\nParitrana Award, {level}, {edition}"),
            True,
        ),
    ),
    DocumentText.Kind.NOTICE: letter_wording.PARTS,
}


def defaults(kind: str) -> dict[str, str]:
    """The default wording, in the active language."""
    return {part.name: str(part.default) for part in PARTS[kind]}


def in_force(edition: Edition, kind: str, language: str) -> tuple[int, dict[str, str]]:
    """The current version and its parts, in that language; version 0 is the default wording."""
    last = DocumentText.objects.filter(edition=edition, kind=kind, language=language).first()
    with translation.override(language):
        shipped = defaults(kind)
    return (last.version, shipped | last.parts) if last else (0, shipped)


def check(kind: str, text: str) -> None:
    """ValidationError ``unknown-word`` naming the placeholder, or ``brace`` for an unclosed one."""
    for word in _WORD.findall(text):
        if word not in KNOWN[kind]:
            known = ", ".join(f"{{{each}}}" for each in KNOWN[kind])
            values = {"word": f"{{{word}}}", "known": known}
            raise ValidationError(
                _("%(word)s is not filled in here. Known are %(known)s.") % values, code="unknown-word"
            )
    if re.search(r"[{}]", _WORD.sub("", text)):
        raise ValidationError(_("A brace has no partner: write {word} for what is to be filled in."), code="brace")


def filled(text: str, words: Mapping[str, str]) -> str:
    """Each ``{word}`` replaced once; inserted text is not scanned again."""
    return _WORD.sub(lambda found: words[found[1]], text)


def lines(text: str, words: Mapping[str, str]) -> list[str]:
    """The filled text line by line, without empty lines."""
    return [line.strip() for line in filled(text, words).splitlines() if line.strip()]


def common_words(edition: str, period: str, province: str | None) -> dict[str, str]:
    """The placeholders of every document; ``province`` is None for the national selection."""
    words = {"edition": edition, "period": period}
    if province is None:
        texts = (_("Indonesia"), _("national level"), _("National Committee of the Paritrana Award"))
    else:
        of = {"province": province}
        texts = (province, _("level of the province of %(province)s") % of, _("Governor of %(province)s") % of)
    return words | dict(zip(("place", "level", "authority"), texts, strict=True))
