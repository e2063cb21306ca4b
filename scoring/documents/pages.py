"""What minutes, decree and annex share: the meeting, the footer, the mark of a draft and the proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from scoring.documents.codes import proof
from scoring.documents.source import BLANK, DocumentSource
from scoring.models import Document, Seat
from scoring.standings.rankings import Ranking, RankingLine

TEMPLATES = {
    Document.Kind.MINUTES: "minutes",
    Document.Kind.DECREE: "decree",
    Document.Kind.ANNEX: "annex",
    Document.Kind.CERTIFICATE: "certificate",
    Document.Kind.ADDENDUM: "addendum",
}


@dataclass(frozen=True)
class Meeting:
    """What the secretary adds: the number of the minutes, day and venue, and which seats were absent.

    ``absent`` is None where nobody has said yet who came.
    """

    number: str = BLANK
    held_on: date | None = None
    venue: str = BLANK
    absent: frozenset[int] | None = None

    def signing(self, seats: list[Seat]) -> list[Seat]:
        return [seat for seat in seats if seat.pk not in (self.absent or ())]

    def attendance_of(self, seat: Seat) -> str:
        if self.absent is None:
            return BLANK
        return _("absent") if seat.pk in self.absent else _("present")


def source_line(source: DocumentSource) -> str:
    lines = [_("Example data")] if source.is_example else []
    digest = source.seal.digest[:12] if source.seal else _("not sealed")
    return " · ".join([*lines, str(source.selection), digest, *source.trail_lines])


def draft_mark(source: DocumentSource) -> str:
    return "" if source.seal else _("DRAFT")


def proof_of(source: DocumentSource, code: str) -> dict[str, Any]:
    if source.seal is None:
        return proof("", (_("Result"), _("not sealed")))
    digest = (_("Digest of the result (sha256)"), source.seal.digest)
    return proof(code, digest, (_("Head of the trail"), source.document["trail_head"]))


def tells_regions(ranking: Ranking, lines: Sequence[RankingLine]) -> bool:
    """Whether a column of regions says more than the names, and more than one region over and over."""
    return ranking.shows_regions and (len(lines) == 1 or len({line.region for line in lines}) > 1)


def named(ranking: Ranking) -> str:
    return f"{ranking.category} · {ranking.name}"
