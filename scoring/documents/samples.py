"""A document with invented winners, to preview wording before it is saved."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from awards.models import Appointment, Edition, Role, Selection
from awards.models.selections import Level
from paritrana.accounts.models import User
from scoring.documents import certificates, decree, logos, minutes, wording
from scoring.documents.letterhead import Signatory
from scoring.documents.pages import Meeting
from scoring.documents.roll import Roll
from scoring.documents.source import DocumentSource
from scoring.models import Document, Letterhead, Panel, Seat
from scoring.standings.rankings import Ranking, RankingLine

TOTALS = (9250, 8840, 8840, 7915)


def sample_content(edition: Edition, kind: str, parts: dict[str, str], paper: str) -> dict[str, Any]:
    """The data of this kind's template with these texts."""
    source = _source(edition)
    meeting = Meeting("000/XX/2000", date(2000, 1, 3), "…", frozenset())
    head = Letterhead(institution=_("Institution"), address=_("Address"), place=_("Place"))
    if kind == Document.Kind.MINUTES:
        return minutes.minutes(source, meeting, Roll(_seats()), parts, head=head, paper=paper, code="")
    if kind == Document.Kind.ANNEX:
        return decree.annex(source, parts, head=head, paper=paper, code="")
    if kind == Document.Kind.DECREE:
        _version, annex_parts = wording.in_force(edition, Document.Kind.ANNEX, translation.get_language())
        return decree.decree(source, meeting, parts, annex_parts, head=head, paper=paper, code="")
    logo = certificates.logo_of(edition)
    return certificates.certificate(
        next(certificates.winners(source)).subject("001/XX/2000"),
        source.values,
        parts,
        signing=certificates.Signing(
            f"{_('Place')}, 3.1.2000", (Signatory(_("Name of who signs"), _("Office held"), "0000", _("Rank")),)
        ),
        logo=logos.as_svg(bytes(logo.picture)) if logo else None,
        label=_("Preview, no award"),
        paper=paper,
        code="A" * 16,
    )


def letters(edition: Edition, parts: dict[str, str]) -> str:
    """Every letter of the edition with these texts, one after another."""
    values = _source(edition).values | {
        "name": _("Candidate %(number)s") % {"number": 1},
        "person": _("Name of who is written to"),
        "prizes": " · ".join([_("Place %(number)s") % {"number": 1}, _("Title"), _("Category")]),
        "link": settings.PARITRANA_URL,
    }
    rule = "\n\n" + "=" * 60 + "\n\n"
    return rule.join(wording.filled(text, values) for text in parts.values())


def _source(edition: Edition) -> DocumentSource:
    selection = Selection(edition=edition, level=Level.NATIONAL, slug="contoh")
    lines = [_line(number, total) for number, total in enumerate(TOTALS, 1)]
    ranking = Ranking("contoh", _("Category"), "contoh", _("Title"), "all", "ranked", 3, 0, [], lines)
    document = {
        "edition": {"label": edition.label, "is_example": edition.is_example},
        "rules": {"categories": []},
        "inputs": {"nominations": []},
        "outputs": [ranking.document()],
    }
    return DocumentSource(selection, document, None)


def _line(number: int, total: int) -> RankingLine:
    name = _("Candidate %(number)s") % {"number": number}
    place = 1 + sum(more > total for more in TOTALS)
    is_tied = TOTALS.count(total) > 1
    return RankingLine("", 0, place, is_tied, total, f"00.0{number}", name, _("Province"), {}, {}, [])


def _seats() -> list[Seat]:
    panel = Panel(decree_number="000/XX/2000", decree_date=date(2000, 1, 1))
    found = []
    for number, role in enumerate((Role.CHAIR, Role.SECRETARY, Role.JUROR, Role.JUROR), 1):
        user = User(name=_("Member %(number)s") % {"number": number}, office=_("Office held"))
        appointment = Appointment(user=user, role=role)
        found.append(Seat(pk=number, panel=panel, appointment=appointment, element=_("Element"), order=number))
    return found
